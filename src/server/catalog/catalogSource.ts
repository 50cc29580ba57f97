import type { PrepareRenameResult, WorkspaceEdit } from 'vscode-languageserver';
import type { Disposable, Event, Result } from '../../base';
import type {
  CatalogView,
  LanguageProvider,
  PositionRequest,
} from '../../features/authoring/language';
import type { Release } from '../../model';
import type { FileChange } from '../../platform/core/ports';
import type { ClientSettings } from '../clientSettings';
import type { ServerSettings } from '../serverSettings';
import type { OpenTexts } from '../texts/openTexts';
import type { FindInSources } from './sourceEntityFinder';

/** A source of the server's catalog. */
export interface CatalogSource extends Disposable {
  readonly view: CatalogView;
  /**
   * Fires when the catalog is complete again after a change, with the URIs of the files whose problems may have
   * changed.
   */
  readonly onDidSettle: Event<ReadonlySet<string>>;
  /** Called with the client's folders (URIs), initially and on each change. */
  open(roots: readonly string[]): Promise<void>;
  /** Called when files have changed. */
  changed(changes: readonly FileChange[]): void;
  /** Called when a file is opened, so that its problems are computed. */
  opened(file: string): Promise<void>;
  /** Whether an app-config.yaml (URI) configures the catalog, which then reports its problems. */
  isMadeBy(config: string): boolean;
  /** Called when the text of an open file has changed or was closed. */
  edited(file: string): void;
}

export interface AppConfigProviderDeps {
  /** URIs of the workspace folders. */
  readonly roots: () => readonly string[];
  /** Release of the Backstage; undefined: the latest one. */
  readonly release?: () => Release | undefined;
  /** Whether something else reports the problems of a config (URI). */
  readonly reportsProblems: (uri: string) => boolean;
}

/** Language support for documentation. */
export interface DocsLanguage extends LanguageProvider {
  /**
   * Called when files have changed.
   *
   * @returns whether open texts have to be checked again
   */
  filesChanged(changes: readonly FileChange[]): boolean;
  /** Returns the range to rename; undefined in a text that isn't a documentation page. */
  prepareRename(request: PositionRequest): Promise<Result<PrepareRenameResult> | undefined>;
  rename(request: PositionRequest, newName: string): Promise<Result<WorkspaceEdit> | undefined>;
  /** Returns the edits to make before files move; paths are URIs. */
  willMove(
    moves: readonly { readonly from: string; readonly to: string }[],
    request: Pick<PositionRequest, 'context' | 'signal'>,
  ): Promise<WorkspaceEdit | undefined>;
}

/** Dependencies for clients without a catalog. */
export interface Standalone {
  /** Opens the catalog of the client's folders. */
  openCatalog(parts: {
    readonly texts: OpenTexts;
    readonly settings: ServerSettings;
  }): CatalogSource;
  /** Undefined if there are no sources. */
  readonly findInSources?: FindInSources | undefined;
  /** Creates a provider of problems and links for app-config.yaml files. */
  appConfigProvider(deps: AppConfigProviderDeps): LanguageProvider;
  /** Loads language support for documentation, with the first open page or config. */
  loadDocs(settings: Pick<ClientSettings, 'get'>): Promise<DocsLanguage>;
  /** Returns the page that explains a problem code. */
  documentationOf(code: string): string | undefined;
}
