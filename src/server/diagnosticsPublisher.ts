import type { Connection } from 'vscode-languageserver';
import type { Diagnostic } from 'vscode-languageserver-types';
import { type Disposable, DisposableStore, type Logger } from '../base';
import { toDiagnostic } from '../features/authoring/language';
import { ownProblems } from '../features/catalog/core/withoutEngine';
import type { Problem, SeveritySettings } from '../model';
import type { CatalogSource } from './catalog/catalogSource';
import type { OpenTexts } from './texts/openTexts';

export interface DiagnosticsPublisherDeps {
  readonly connection: Connection;
  readonly texts: OpenTexts;
  readonly source: CatalogSource;
  readonly logger: Logger;
  /** What is to be said of an open file besides what the catalog says of it. */
  readonly check: (uri: string, signal: AbortSignal) => Promise<readonly Problem[]>;
  /** By problem code, of those that the user wants otherwise. */
  readonly severities: () => SeveritySettings;
  /** The page that explains a code, where the client can show it. */
  readonly documentationOf: (code: string) => string | undefined;
}

/**
 * Tells the client what is wrong with the files that it has open. What the catalog says and what the text
 * alone says come at different times: each takes the place of what it said before.
 */
export class DiagnosticsPublisher implements Disposable {
  #deps: DiagnosticsPublisherDeps;
  #store = new DisposableStore();
  /** By URI, what the texts alone have said. */
  #own = new Map<string, readonly Problem[]>();
  #running = new Map<string, AbortController>();
  /** By URI, JSON of what was published last; the same is not published again. */
  #published = new Map<string, string>();

  constructor(deps: DiagnosticsPublisherDeps) {
    this.#deps = deps;
    const { texts, source, connection } = deps;
    this.#store.add(texts.onDidOpen(uri => void this.#opened(uri)));
    this.#store.add(
      texts.onDidChange(uri => {
        source.edited(uri);
        void this.#check(uri);
      }),
    );
    this.#store.add(
      texts.onDidClose(({ clientUri, yaml: { uri } }) => {
        this.#running.get(uri)?.abort();
        for (const map of [this.#own, this.#running, this.#published]) map.delete(uri);
        source.edited(uri);
        void connection.sendDiagnostics({ uri: clientUri, diagnostics: [] });
      }),
    );
    this.#store.add(
      source.onDidSettle(files => {
        for (const uri of texts.uris()) if (files.has(uri)) this.#publish(uri);
      }),
    );
  }

  /** All that is said of an open file. */
  problemsOf(uri: string): readonly Problem[] {
    const { source, texts, severities } = this.#deps;
    const found = source.view.problems(uri);
    const own = this.#own.get(uri) ?? [];
    const text = texts.get(uri)?.yaml.text;
    if (!own.length || text === undefined) return found;
    return [...found, ...ownProblems(own, { text, found, severities: severities() })];
  }

  /** Looks at all open texts again: something else than they has changed. */
  checkAll(): void {
    for (const uri of this.#deps.texts.uris()) void this.#check(uri);
  }

  dispose(): void {
    for (const controller of this.#running.values()) controller.abort();
    this.#store.dispose();
  }

  async #opened(uri: string): Promise<void> {
    try {
      await this.#deps.source.opened(uri);
    } catch (error) {
      this.#deps.logger.error('The problems of an opened file are not known', error);
    }
    this.#publish(uri);
  }

  async #check(uri: string): Promise<void> {
    this.#running.get(uri)?.abort();
    const controller = new AbortController();
    this.#running.set(uri, controller);
    try {
      const problems = await this.#deps.check(uri, controller.signal);
      if (controller.signal.aborted) return;
      const before = this.#own.get(uri);
      this.#own.set(uri, problems);
      // What the catalog says is published when that has settled: of many documents it is much.
      if (!problems.length && !before?.length) return;
      // Before the catalog has had its say, there is more to come.
      if (this.#published.has(uri)) this.#publish(uri);
    } catch (error) {
      if (!controller.signal.aborted) this.#deps.logger.error('A text could not be checked', error);
    }
  }

  #publish(uri: string): void {
    const { connection, texts } = this.#deps;
    const text = texts.get(uri);
    if (!text) return;
    const diagnostics = this.problemsOf(uri).map(problem => this.#toDiagnostic(problem));
    const json = JSON.stringify(diagnostics);
    if (this.#published.get(uri) === json) return;
    this.#published.set(uri, json);
    void connection.sendDiagnostics({ uri: text.clientUri, diagnostics });
  }

  #toDiagnostic(problem: Problem): Diagnostic {
    const href = this.#deps.documentationOf(problem.code);
    const diagnostic = toDiagnostic(problem);
    return href === undefined ? diagnostic : { ...diagnostic, codeDescription: { href } };
  }
}
