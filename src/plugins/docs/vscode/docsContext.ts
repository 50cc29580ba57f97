import type { ActionsService, CatalogService, PortalService, TechDocsService } from '../../../api';

/** What the view and the commands of documentation work with. */
export interface DocsContext {
  readonly actions: ActionsService;
  readonly catalog: CatalogService;
  readonly portal: PortalService;
  readonly techdocs: TechDocsService;
}

/** `callboard.docs.` before them makes the ids of commands. */
export const docsCommandNames = [
  'open',
  'openFile',
  'openConfig',
  'openEntity',
  'openEditPage',
] as const;

export type DocsCommand = (typeof docsCommandNames)[number];
