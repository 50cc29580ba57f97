import type { ActionsService, CatalogService, PortalService, TechDocsService } from '../../../api';

/** What the view and the commands of documentation work with. */
export interface DocsContext {
  readonly actions: ActionsService;
  readonly catalog: CatalogService;
  readonly portal: PortalService;
  readonly techdocs: TechDocsService;
}

export const docsCommandIds = [
  'callboard.docs.open',
  'callboard.docs.preview',
  'callboard.docs.openFile',
  'callboard.docs.openConfig',
  'callboard.docs.openEntity',
  'callboard.docs.openEditPage',
] as const;

export type DocsCommandId = (typeof docsCommandIds)[number];
