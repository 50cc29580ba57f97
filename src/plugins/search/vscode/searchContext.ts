import type { ActionsService, PortalService, SearchService, StateService } from '../../../api';
import type { Logger } from '../../../base';

/** What the commands of the search work with. */
export interface SearchContext {
  readonly actions: ActionsService;
  readonly logger: Logger;
  readonly portal: PortalService;
  readonly search: SearchService;
  readonly state: StateService;
}

export const searchCommandIds = [
  'callboard.search.find',
  'callboard.search.showPage',
  'callboard.search.preview',
  'callboard.search.openToSide',
  'callboard.search.openFile',
] as const;

export type SearchCommandId = (typeof searchCommandIds)[number];
