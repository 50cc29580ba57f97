import {
  type Connection,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
  ResourceOperationKind,
} from 'vscode-languageserver';
import {
  type Disposable,
  DisposableStore,
  isRecord,
  isWithin,
  type Logger,
  setDisplayLanguage,
} from '../base';
import { contributedSchemaIn } from '../features/authoring/core/schemas';
import {
  type ClientEdits,
  contributedSchema,
  type LanguageContext,
} from '../features/authoring/language';
import {
  type CallboardInitialization,
  contributedSchemaText,
  type LanguageSettings,
  languageSettings,
} from '../features/authoring/protocol';
import type { CustomKind, Problem } from '../model';
import type { ModelLayer } from '../model/layers';
import { KindRegistry } from '../model/validation';
import { OverlayFileSystem } from '../platform/core/files';
import type { Clock, FileChange, FileSystem } from '../platform/core/ports';
import type { CatalogSource, Standalone } from './catalog/catalogSource';
import { ClientCatalog, findInClientSources } from './catalog/clientCatalog';
import { SourceEntityFinder } from './catalog/sourceEntityFinder';
import { ClientSettings } from './clientSettings';
import { DiagnosticsPublisher } from './diagnosticsPublisher';
import { createFeatures, declaredKinds } from './features';
import { lazyDocs } from './lazyDocs';
import { Boundaries } from './requests/boundaries';
import { capabilities, docsCapabilities } from './requests/capabilities';
import { answerRefactorings, refactorCommand } from './requests/refactorings';
import { Requests } from './requests/requests';
import { answerWorkspaceRequests } from './requests/workspaceRequests';
import { ServerSettings } from './serverSettings';
import { answerFileMoves, fileMovesOf } from './texts/fileMoves';
import { canonicalUri, fetchText, isYaml, OpenTexts } from './texts/openTexts';
import { SkeletonDocuments } from './texts/skeletonDocuments';
import { WorkspaceFolders } from './workspaceFolders';

export interface LanguageServerDeps {
  readonly connection: Connection;
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly version: string;
  /** For clients without a catalog; omitted if all clients have one. */
  readonly standalone?: Standalone;
}

/** A server for one client, from its first message to its last. */
export class LanguageServer implements Disposable {
  #deps: LanguageServerDeps;
  #store = new DisposableStore();
  #texts: OpenTexts;
  #settings = new ServerSettings();

  constructor(deps: LanguageServerDeps) {
    this.#deps = deps;
    const { connection } = deps;
    this.#texts = this.#store.add(new OpenTexts(connection));
    connection.onInitialize(params => this.#initialize(params));
    connection.onShutdown(() => this.dispose());
  }

  listen(): void {
    this.#deps.connection.listen();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #initialize(params: InitializeParams): InitializeResult {
    const { connection, clock, logger, version } = this.#deps;
    const own = readInitialization(params.initializationOptions);
    setDisplayLanguage(own?.display ?? { locale: params.locale ?? 'en', texts: {} });
    const standalone = own?.hasCatalog ? undefined : this.#deps.standalone;
    const folders = this.#store.add(new WorkspaceFolders(connection, params));
    const boundaries = this.#store.add(
      new Boundaries({ fileSystem: this.#deps.fileSystem, texts: this.#texts, folders }),
    );
    const source = this.#store.add(
      standalone?.openCatalog({ texts: this.#texts, settings: this.#settings }) ??
        new ClientCatalog(connection),
    );
    const ask = own?.hasCatalog ? findInClientSources(connection) : standalone?.findInSources;
    const context: LanguageContext = {
      catalog: source.view,
      ...(ask && { remoteEntities: new SourceEntityFinder({ ask, clock, logger }) }),
      files: new OverlayFileSystem(this.#deps.fileSystem, this.#texts),
      boundaryOf: uri => boundaries.of(uri),
      // Files outside the workspace that a Backstage config refers to aren't edited.
      isReadOnly: uri => !folders.uris.some(root => isWithin(root, uri)) && !this.#texts.get(uri),
      openText: uri => this.#texts.get(uri)?.yaml,
      ...(own && { commands: new Set(own.commands) }),
      edits: clientEdits(params),
    };
    if (own) this.#followSettings(source, own);
    const { capabilities: client } = params;
    const clientSettings = new ClientSettings({ connection, capabilities: client, logger });
    const docs = standalone && lazyDocs(() => standalone.loadDocs(clientSettings));
    const features = createFeatures({
      context,
      settings: this.#settings,
      roots: () => folders.uris,
      fetchText,
      appConfigProvider: standalone?.appConfigProvider({
        roots: () => folders.uris,
        release: () => this.#settings.current.model.release,
        reportsProblems: uri => source.isMadeBy(uri),
      }),
      docsProvider: docs,
    });
    const diagnostics = this.#store.add(
      new DiagnosticsPublisher({
        connection,
        texts: this.#texts,
        source,
        logger,
        check: async (uri, signal) => {
          await boundaries.known(uri);
          const open = this.#texts.get(uri);
          if (!open) return [];
          const request = { context, text: open.yaml, signal };
          const found: Problem[] = [];
          for (const provider of features.providers) {
            if (!isYaml(open) && !provider.anyLanguage) continue;
            found.push(...((await provider.problems?.(request)) ?? []));
          }
          return found;
        },
        severities: () => this.#settings.current.severities,
        documentationOf: code => (own ? undefined : standalone?.documentationOf(code)),
      }),
    );
    new Requests({
      connection,
      texts: this.#texts,
      context,
      isReady: uri => boundaries.known(uri),
      providers: features.providers,
      clock,
      logger,
      problemsOf: uri => diagnostics.problemsOf(uri),
      completion: {
        takesSnippets:
          params.capabilities.textDocument?.completion?.completionItem?.snippetSupport ?? false,
        hasCommands: own !== undefined,
      },
      hasLocationLinks: () => params.capabilities.textDocument?.definition?.linkSupport ?? false,
    }).listen();
    const { synchronization, filters } = params.capabilities.textDocument ?? {};
    this.#store.add(
      new SkeletonDocuments({
        connection,
        context,
        source,
        skeletons: features.skeletons,
        logger,
        canAsk: Boolean(synchronization?.dynamicRegistration && filters?.relativePatternSupport),
      }),
    );
    answerWorkspaceRequests({ connection, texts: this.#texts, context, clock });
    this.#store.add(this.#settings.onDidChange(() => diagnostics.checkAll()));
    this.#store.add(clientSettings.onDidChange(() => diagnostics.checkAll()));
    this.#store.add(folders.onDidChange(() => diagnostics.checkAll()));
    const changed = (changes: readonly FileChange[]): void => {
      const areDocs = docs?.filesChanged(changes) ?? false;
      if (features.filesChanged(changes.map(({ uri }) => uri)) || areDocs) diagnostics.checkAll();
    };
    const edited = (uri: string): void => changed([{ type: 'changed', uri }]);
    this.#store.add(this.#texts.onDidChange(edited));
    this.#store.add(this.#texts.onDidClose(({ yaml: { uri } }) => edited(uri)));
    const filesChanged = (changes: readonly FileChange[]): void => {
      source.changed(changes);
      changed(changes);
    };
    connection.onDidChangeWatchedFiles(({ changes }) =>
      filesChanged(
        changes.flatMap(({ uri, type }): readonly FileChange[] => {
          const canonical = canonicalUri(uri);
          return canonical === undefined ? [] : [{ type: changeTypes[type], uri: canonical }];
        }),
      ),
    );
    answerRefactorings({
      connection,
      texts: this.#texts,
      context,
      settings: this.#settings,
      docs,
      filesChanged,
    });
    if (docs) answerFileMoves({ connection, context, docs });
    connection.onInitialized(() => {
      this.#watchFiles(params, own ? SCHEMA_FILES : ALL_FILES);
      if (standalone) clientSettings.listen();
      const open = (): void => {
        source
          .open(folders.uris)
          .catch((error: unknown) => logger.error("Can't read the catalog", error));
      };
      this.#store.add(folders.onDidChange(open));
      open();
    });
    const offered = own
      ? capabilities
      : { ...capabilities, ...docsCapabilities, ...refactorCommand };
    const workspace = { ...capabilities.workspace, ...(docs && fileMovesOf(params)) };
    return { capabilities: { ...offered, workspace }, serverInfo: { name: 'Callboard', version } };
  }

  #followSettings(source: CatalogSource, { settings }: CallboardInitialization): void {
    const apply = (updated: LanguageSettings): void => {
      if (source instanceof ClientCatalog) this.#useKinds(source, updated);
      this.#settings.update(updated);
    };
    apply(settings);
    const { connection } = this.#deps;
    connection.onNotification(languageSettings, apply);
    connection.onRequest(contributedSchemaText, uri => {
      const name = contributedSchemaIn(uri);
      return name === undefined ? null : contributedSchema(name, declaredKinds(this.#settings));
    });
  }

  /** Layers are compiled in the background; until then, features know the settings' kinds only. */
  #useKinds({ view }: ClientCatalog, { customKinds, model }: LanguageSettings): void {
    const kinds = (view.kinds = KindRegistry.builtin().withCustomKinds(customKinds));
    if (!model.layers.length) return;
    kindsOfLayers(model.layers, customKinds).then(
      compiled => {
        if (view.kinds === kinds) view.kinds = compiled;
      },
      (error: unknown) => this.#deps.logger.error("Can't compile the catalog model", error),
    );
  }

  #watchFiles({ capabilities: { workspace } }: InitializeParams, globPattern: string): void {
    if (!workspace?.didChangeWatchedFiles?.dynamicRegistration) return;
    const { connection, logger } = this.#deps;
    connection.client
      .register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern }] })
      .catch((error: unknown) => logger.error("Can't watch files", error));
  }
}

const ALL_FILES = '**/*';
/** Schemas to watch; a client with a catalog watches all other files itself. */
const SCHEMA_FILES = '**/*.{json,yaml,yml}';

const changeTypes: Readonly<Record<FileChangeType, FileChange['type']>> = {
  [FileChangeType.Created]: 'created',
  [FileChangeType.Changed]: 'changed',
  [FileChangeType.Deleted]: 'deleted',
};

/** Returns undefined for any client but Callboard's extension. */
function readInitialization(options: unknown): CallboardInitialization | undefined {
  return isRecord(options) ? (options['callboard'] as CallboardInitialization) : undefined;
}

function clientEdits({ capabilities }: InitializeParams): ClientEdits {
  const { documentChanges, resourceOperations, changeAnnotationSupport } =
    capabilities.workspace?.workspaceEdit ?? {};
  // Operations require document changes, although some editors announce only the operations.
  const hasDocumentChanges = documentChanges ?? (resourceOperations ?? []).length > 0;
  const can = (operation: ResourceOperationKind): boolean =>
    hasDocumentChanges && (resourceOperations?.includes(operation) ?? false);
  return {
    hasDocumentChanges,
    canCreateFiles: can(ResourceOperationKind.Create),
    canRenameFiles: can(ResourceOperationKind.Rename),
    hasAnnotations: changeAnnotationSupport !== undefined,
  };
}

/** Returns the kinds of layers without validators: the editor validates entities. */
async function kindsOfLayers(
  layers: readonly ModelLayer[],
  customKinds: readonly CustomKind[],
): Promise<KindRegistry> {
  const { compileModel, registryOf, stackedLayers } = await import('../model/layers');
  const { model } = compileModel(stackedLayers({ customKinds, layers, aiModel: true }));
  return registryOf(model, { compile: () => undefined, aiModel: true, customKinds });
}
