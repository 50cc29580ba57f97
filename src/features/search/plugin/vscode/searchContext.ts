import type { ActionsService, Logger, PortalService, SearchService } from '../../../../api';

/** Services for the search commands. */
export interface SearchContext {
  readonly actions: ActionsService;
  readonly logger: Logger;
  readonly portal: PortalService;
  readonly search: SearchService;
}

export const searchCommandIds = [
  'callboard.search.find',
  'callboard.search.showPage',
  'callboard.search.rebuild',
  'callboard.search.preview',
  'callboard.search.openToSide',
  'callboard.search.openFile',
] as const;

export type SearchCommandId = (typeof searchCommandIds)[number];
