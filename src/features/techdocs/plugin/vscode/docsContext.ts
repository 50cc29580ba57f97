import type {
  ActionsService,
  CatalogService,
  EditsService,
  PortalService,
  TechDocsBuilderService,
  TechDocsService,
} from '../../../../api';

/** Services of the Docs view and its commands. */
export interface DocsContext {
  readonly actions: ActionsService;
  readonly catalog: CatalogService;
  readonly portal: PortalService;
  readonly techdocs: TechDocsService;
  readonly builder: TechDocsBuilderService;
  readonly edits: EditsService;
}

export const docsCommandIds = [
  'callboard.docs.open',
  'callboard.docs.preview',
  'callboard.docs.openFile',
  'callboard.docs.openConfig',
  'callboard.docs.openEntity',
  'callboard.docs.openEditPage',
  'callboard.docs.add',
  'callboard.docs.build',
] as const;

export type DocsCommandId = (typeof docsCommandIds)[number];
