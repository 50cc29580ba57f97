import type {
  ActionsService,
  CatalogSourcesService,
  ConfigService,
  StateService,
} from '../../../../api';
import type { SourceNode } from '..';

/** Services for the Sources view and its commands. */
export interface SourcesContext {
  readonly actions: ActionsService;
  readonly sources: CatalogSourcesService;
  readonly config: ConfigService;
  readonly state: StateService;
  /** Returns the focused row, for keyboard shortcuts only. */
  readonly findFocused: () => Promise<SourceNode | undefined>;
  /** Reveals the view, even without sources. */
  readonly showView: () => Promise<void>;
}

export const sourceCommandIds = [
  'callboard.sources.show',
  'callboard.sources.add',
  'callboard.sources.refresh',
  'callboard.sources.refreshAll',
  'callboard.sources.cancelFetch',
  'callboard.sources.remove',
  'callboard.sources.signIn',
  'callboard.sources.signOut',
  'callboard.sources.setToken',
  'callboard.sources.removeToken',
  'callboard.sources.allowKinds',
  'callboard.sources.openInBrowser',
  'callboard.sources.copyUrl',
  'callboard.sources.forget',
  'callboard.sources.openSettings',
  'callboard.sources.clone',
] as const;

export type SourceCommandId = (typeof sourceCommandIds)[number];
