import type { Connection } from 'vscode-languageserver';
import type { Diagnostic } from 'vscode-languageserver-types';
import { type Disposable, DisposableStore, type Logger } from '../base';
import { toDiagnostic } from '../features/authoring/language';
import { ownProblems } from '../features/catalog/core/shared';
import type { Problem, SeveritySettings } from '../model';
import type { CatalogSource } from './catalog/catalogSource';
import type { OpenTexts } from './texts/openTexts';

export interface DiagnosticsPublisherDeps {
  readonly connection: Connection;
  readonly texts: OpenTexts;
  readonly source: CatalogSource;
  readonly logger: Logger;
  /** Returns the problems of an open file in addition to those of the catalog. */
  readonly check: (uri: string, signal: AbortSignal) => Promise<readonly Problem[]>;
  /** The user's severities by problem code. */
  readonly severities: () => SeveritySettings;
  /** Returns the page that explains a problem code, if the client can show it. */
  readonly documentationOf: (code: string) => string | undefined;
}

/**
 * Publishes the problems of open files. The catalog's problems and those of the text alone arrive at different times;
 * each update replaces the previous one of the same origin.
 */
export class DiagnosticsPublisher implements Disposable {
  #deps: DiagnosticsPublisherDeps;
  #store = new DisposableStore();
  /** Problems of the texts alone, by URI. */
  #own = new Map<string, readonly Problem[]>();
  #running = new Map<string, AbortController>();
  /** JSON of the last published problems by URI, to skip unchanged ones. */
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

  /** Returns all problems of an open file. */
  problemsOf(uri: string): readonly Problem[] {
    const { source, texts, severities } = this.#deps;
    const found = source.view.problems(uri);
    const own = this.#own.get(uri) ?? [];
    const text = texts.get(uri)?.yaml.text;
    if (!own.length || text === undefined) return found;
    return [...found, ...ownProblems(own, { text, found, severities: severities() })];
  }

  /** Checks all open texts again, after a change outside of them. */
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
      this.#deps.logger.error("Can't get the problems of an open file", error);
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
      // The catalog's problems are published once it has settled, since there may be many.
      if (!problems.length && !before?.length) return;
      // More problems will follow once the catalog has checked the file.
      if (this.#published.has(uri)) this.#publish(uri);
    } catch (error) {
      if (!controller.signal.aborted) this.#deps.logger.error("Can't check a text", error);
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
