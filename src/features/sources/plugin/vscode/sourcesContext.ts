import type {
  ActionsService,
  CatalogSourcesService,
  ConfigService,
  StateService,
} from '../../../../api';
import type { SourceNode } from '..';

/** What the view and the commands of sources work with. */
export interface SourcesContext {
  readonly actions: ActionsService;
  readonly sources: CatalogSourcesService;
  readonly config: ConfigService;
  readonly state: StateService;
  /** The row with the keyboard's focus, for keys only. */
  readonly findFocused: () => Promise<SourceNode | undefined>;
  /** Puts the view before the user, also where there are no sources yet. */
  readonly showView: () => Promise<void>;
}

export const sourceCommandIds = [
  'callboard.sources.show',
  'callboard.sources.add',
  'callboard.sources.refresh',
  'callboard.sources.refreshAll',
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
