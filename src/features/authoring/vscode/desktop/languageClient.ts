import * as vscode from 'vscode';
import { LanguageClient, type Middleware, State, TransportKind } from 'vscode-languageclient/node';
import type { Refactoring, RefactoringPlan, ScaffolderAction } from '../../../../api';
import { type Disposable, DisposableStore, Emitter, raceAbort, textsIn } from '../../../../base';
import type { FileProblems } from '../../../../model';
import { cancelledBy, fromUri } from '../../../../platform/vscode/convert';
import { displayLanguage } from '../../../../platform/vscode/displayLanguage';
import { mayCause, onDidGrantTrust, readSetting } from '../../../../platform/vscode/trust';
import type { CatalogEngine } from '../../../catalog/core';
import { CatalogFeed } from '../../../catalog/core/feed';
import type { CatalogDiagnostics } from '../../../catalog/vscode';
import {
  type CallboardInitialization,
  catalogSettled,
  catalogUpdate,
  type ContributedAction,
  contributedSchemaText,
  findInSources,
  foundInSource,
  languageSettings,
  type LanguageSettings,
  linkedCommands,
  planRefactoring,
  problemsOfFile,
} from '../../protocol';
import type { LanguageServerDeps, RunningLanguageServer } from '../languageServer';
import { OtherYamlExtension } from './otherYamlExtension';

/** Starts the language server as a process and sends it the catalog. */
export function startLanguageServer(deps: LanguageServerDeps): RunningLanguageServer {
  return new LanguageServerProcess(deps);
}

class LanguageServerProcess implements RunningLanguageServer {
  #deps: LanguageServerDeps;
  #store = new DisposableStore();
  #client: LanguageClient;
  #started: Promise<void>;
  #otherYaml: OtherYamlExtension;
  #diagnostics: ServerDiagnostics;
  /** The last sent settings, and the number of changes before. */
  #sent = { text: '', revision: 0 };
  #feed: CatalogFeed | undefined;
  #problemsRevision = 0;
  /** Whether the running server has the whole catalog. */
  #knowsCatalog = false;
  #onDidTell = this.#store.add(new Emitter<void>());
  /** URIs of the documents that the server has. */
  #open = new Set<string>();

  constructor(deps: LanguageServerDeps) {
    this.#deps = deps;
    const { extensionUri, channel, engine } = deps;
    const script = vscode.Uri.joinPath(extensionUri, 'dist', 'languageServer.mjs');
    this.#diagnostics = this.#store.add(new ServerDiagnostics(deps.diagnostics));
    this.#client = new LanguageClient(
      'callboard',
      'Callboard',
      { module: script.fsPath, transport: TransportKind.ipc },
      {
        documentSelector: [
          { language: 'yaml', scheme: 'file' },
          { language: 'yaml', scheme: 'untitled' },
        ],
        outputChannel: channel,
        // Errors are in the log; a notification for each would interrupt typing.
        revealOutputChannelOn: 4,
        initializationOptions: () => {
          const settings = this.#settingsToSend();
          const display = displayLanguage();
          const callboard = { hasCatalog: true, commands: linkedCommands, settings, display };
          return { callboard } satisfies { callboard: CallboardInitialization };
        },
        middleware: this.#middleware(),
        markdown: { isTrusted: { enabledCommands: linkedCommands } },
      },
    );
    this.#client.onRequest(problemsOfFile, file => this.#problemsOf(file));
    this.#client.onRequest(findInSources, async ({ answers, ...query }, token) => {
      const ending = new AbortController();
      token.onCancellationRequested(() => ending.abort());
      await deps.sources.findEntities(query, {
        signal: ending.signal,
        isAside: true,
        onAnswer: answer => void this.#client.sendProgress(foundInSource, answers, answer),
      });
    });
    this.#store.add(this.#client.onDidChangeState(({ newState }) => this.#stateChanged(newState)));
    this.#started = this.#client.start();
    this.#otherYaml = this.#store.add(
      new OtherYamlExtension({
        logger: deps.logger,
        declaredKinds: () => [...engine.options.customKinds, ...engine.model.kinds],
        revision: () => this.#sent.revision,
        contentOf: async uri => {
          await this.#started;
          const text = await this.#client.sendRequest(contributedSchemaText, uri);
          if (text === null) throw new Error(`There is no schema ${uri}`);
          return text;
        },
      }),
    );
    this.#store.add(this.#otherYaml.onDidChange(() => this.#sendSettings()));
    // Custom kinds apply once the catalog has been read with them.
    this.#store.add(engine.onDidChangeStatus(() => this.#sendSettings()));
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration('callboard')) this.#sendSettings();
      }),
    );
    this.#store.add(onDidGrantTrust(() => this.#sendSettings()));
    this.#started.catch((error: unknown) => {
      deps.logger.error('The language server did not start', error);
    });
  }

  dispose(): void {
    this.#feed?.dispose();
    this.#store.dispose();
    void this.#client.dispose().catch(() => undefined);
  }

  async planRefactoring(refactoring: Refactoring, signal?: AbortSignal): Promise<RefactoringPlan> {
    await this.#untilCatalogKnown(signal);
    const source = signal && cancelledBy(signal);
    try {
      const planned = await this.#client.sendRequest(planRefactoring, refactoring, source?.token);
      if (!planned.ok) throw new Error(planned.error);
      return planned.value;
    } catch (error) {
      // The answer to a cancelled request is ignored.
      signal?.throwIfAborted();
      throw error;
    } finally {
      source?.dispose();
    }
  }

  async #untilCatalogKnown(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.#knowsCatalog) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const listening = this.#onDidTell.event(resolve);
    try {
      await raceAbort(promise, signal);
    } finally {
      listening.dispose();
    }
  }

  #sendSettings(): void {
    if (!this.#client.isRunning()) return;
    const { text } = this.#sent;
    const settings = this.#settingsToSend();
    if (this.#sent.text !== text) void this.#client.sendNotification(languageSettings, settings);
  }

  #settingsToSend(): LanguageSettings {
    const settings = readSettings(this.#deps.engine, this.#otherYaml.isDelegated);
    const text = JSON.stringify(settings);
    if (text !== this.#sent.text) this.#sent = { text, revision: this.#sent.revision + 1 };
    return settings;
  }

  #stateChanged(state: State): void {
    if (state === State.Running) {
      // A restarted server has no data.
      this.#feed?.dispose();
      this.#feed = this.#startFeed();
      this.#sendSettings();
    } else if (state === State.Stopped) {
      this.#feed?.dispose();
      this.#feed = undefined;
      this.#knowsCatalog = false;
      this.#open.clear();
      this.#diagnostics.releaseAll();
    }
  }

  #startFeed(): CatalogFeed {
    const { engine, clock } = this.#deps;
    const client = this.#client;
    return new CatalogFeed({
      engine,
      clock,
      send: (rows, { isFirst }) => void client.sendNotification(catalogUpdate, { rows, isFirst }),
      completed: ({ isReady, files }) => {
        const problems = [...this.#open]
          .filter(file => files.has(file))
          .map(file => this.#problemsOf(file));
        void client.sendNotification(catalogSettled, { isReady, problems });
        if (!isReady) return;
        this.#knowsCatalog = true;
        this.#onDidTell.fire();
      },
    });
  }

  #problemsOf(file: string): FileProblems {
    const problems = this.#deps.engine.getProblems({ file });
    return { file, revision: ++this.#problemsRevision, problems };
  }

  #middleware(): Middleware {
    const { documentationOf } = this.#deps;
    const diagnostics = this.#diagnostics;
    return {
      didOpen: (document, next) => {
        this.#open.add(fromUri(document.uri));
        return next(document);
      },
      didClose: async (document, next) => {
        const file = fromUri(document.uri);
        this.#open.delete(file);
        diagnostics.release(file);
        await next(document);
      },
      handleDiagnostics: (uri, found) => {
        const file = fromUri(uri);
        // A late message for a file whose problems the catalog reports again.
        if (!this.#open.has(file)) return;
        for (const diagnostic of found) {
          if (typeof diagnostic.code !== 'string') continue;
          diagnostic.code = { value: diagnostic.code, target: documentationOf(diagnostic.code) };
        }
        diagnostics.show(uri, found);
      },
      // In VS Code, Callboard's search provides workspace symbols, with more results and without the server; these
      // would be duplicates.
      provideWorkspaceSymbols: () => [],
    };
  }
}

/** Reads the settings of the window for the language server. */
function readSettings(engine: CatalogEngine, isStructureDelegated: boolean): LanguageSettings {
  const { customKinds, codeownersOwners, severities, scaffolderActions } = engine.options;
  return {
    customKinds,
    model: engine.model,
    codeownersOwners,
    severities,
    scaffolderActions,
    contributedActions: engine.templateActions.map(contributedAction),
    isStructureDelegated,
    schemaHosts: schemaHosts(),
    isTrusted: mayCause('schemaRequests'),
  };
}

function contributedAction({
  id,
  description,
  schema,
  supportsDryRun,
}: ScaffolderAction): ContributedAction {
  return { id, description, supportsDryRun, input: schema?.input, output: schema?.output };
}

function schemaHosts(): readonly string[] {
  const hosts = readSetting('callboard.yaml.schemaHosts');
  return textsIn(hosts);
}

/** The diagnostic source of Red Hat's extension for YAML syntax errors. */
const OTHER_SOURCE = 'YAML';

/**
 * Shows the server's diagnostics of open files without those that another YAML extension reports, too. That extension
 * checks the syntax of every file, and may be enabled or report at any time.
 */
class ServerDiagnostics implements Disposable {
  #shown: CatalogDiagnostics;
  #store = new DisposableStore();
  /** The server's diagnostics by file, and how many of them are shown. */
  #diagnostics = new Map<string, { found: readonly vscode.Diagnostic[]; count: number }>();

  constructor(shown: CatalogDiagnostics) {
    this.#shown = shown;
    this.#store.add(
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        for (const uri of uris) this.#refresh(uri);
      }),
    );
  }

  show(uri: vscode.Uri, found: readonly vscode.Diagnostic[]): void {
    const left = withoutRepetition(uri, found);
    this.#diagnostics.set(fromUri(uri), { found, count: left.length });
    this.#shown.showInstead(fromUri(uri), left);
  }

  release(file: string): void {
    this.#diagnostics.delete(file);
    this.#shown.release(file);
  }

  releaseAll(): void {
    this.#diagnostics.clear();
    this.#shown.releaseAll();
  }

  dispose(): void {
    this.#store.dispose();
    this.releaseAll();
  }

  #refresh(uri: vscode.Uri): void {
    const last = this.#diagnostics.get(fromUri(uri));
    if (!last?.found.some(isSyntax)) return;
    if (withoutRepetition(uri, last.found).length !== last.count) this.show(uri, last.found);
  }
}

function withoutRepetition(
  uri: vscode.Uri,
  found: readonly vscode.Diagnostic[],
): readonly vscode.Diagnostic[] {
  if (!found.some(isSyntax)) return found;
  const lines = new Set(
    vscode.languages
      .getDiagnostics(uri)
      .filter(({ source }) => source === OTHER_SOURCE)
      .map(({ range }) => range.start.line),
  );
  return found.filter(
    diagnostic => !isSyntax(diagnostic) || !lines.has(diagnostic.range.start.line),
  );
}

function isSyntax({ code }: vscode.Diagnostic): boolean {
  return typeof code === 'object' && code.value === 'yaml-syntax';
}
