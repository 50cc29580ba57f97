import type { PrepareRenameResult, WorkspaceEdit } from 'vscode-languageserver';
import type { Disposable, Event, Result } from '../../base';
import type {
  CatalogView,
  LanguageProvider,
  PositionRequest,
} from '../../features/authoring/language';
import type { FileChange } from '../../platform/core/ports';
import type { ServerSettings } from '../serverSettings';
import type { OpenTexts } from '../texts/openTexts';
import type { FindInSources } from './namesElsewhere';

/** Where the server has its catalog from. */
export interface CatalogSource extends Disposable {
  readonly view: CatalogView;
  /**
   * Fires when the catalog is complete again after a change, with the URIs of the files whose problems
   * may have become others.
   */
  readonly onDidSettle: Event<ReadonlySet<string>>;
  /** Called with the client's folders (URIs), and whenever they are others. */
  open(roots: readonly string[]): Promise<void>;
  /** Called when files have changed. */
  changed(changes: readonly FileChange[]): void;
  /** Called when a file is opened, so that its problems are known. */
  opened(file: string): Promise<void>;
  /** Whether the catalog is made by an app-config.yaml (URI): then it knows what is wrong with that. */
  isMadeBy(config: string): boolean;
  /** Called when the text of an open file has changed, or counts no more. */
  edited(file: string): void;
}

export interface AppConfigProviderDeps {
  /** URIs of the workspace folders. */
  readonly roots: () => readonly string[];
  /** Whether somebody else says what is wrong with a config (URI). */
  readonly isJudged: (uri: string) => boolean;
}

/** What there is to say of documentation. */
export interface DocsLanguage extends LanguageProvider {
  /**
   * Called when files have changed.
   *
   * @returns whether open texts have to be looked at again
   */
  filesChanged(changes: readonly FileChange[]): boolean;
  /** What would be renamed; undefined in a text that is no page of documentation. */
  prepareRename(request: PositionRequest): Promise<Result<PrepareRenameResult> | undefined>;
  rename(request: PositionRequest, newName: string): Promise<Result<WorkspaceEdit> | undefined>;
  /** What has to be written before files move; URIs. */
  willMove(
    moves: readonly { readonly from: string; readonly to: string }[],
    request: Pick<PositionRequest, 'context' | 'signal'>,
  ): Promise<WorkspaceEdit | undefined>;
}

/** What a server has for clients that have no catalog. */
export interface Standalone {
  /** The catalog of the client's folders. */
  openCatalog(parts: {
    readonly texts: OpenTexts;
    readonly settings: ServerSettings;
  }): CatalogSource;
  /** Undefined where there are no sources. */
  readonly findInSources?: FindInSources | undefined;
  /** Says what is wrong with an app-config.yaml, and where it leads. */
  appConfigProvider(deps: AppConfigProviderDeps): LanguageProvider;
  /** What knows documentation, loaded with the first page or config of it that is open. */
  loadDocs(): Promise<DocsLanguage>;
  /** The page that explains a code. */
  documentationOf(code: string): string | undefined;
}
