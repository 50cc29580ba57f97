import type { Connection } from 'vscode-languageserver';
import { Emitter, type Logger } from '../../base';
import { MirrorCatalog } from '../../features/authoring/language';
import {
  catalogSettled,
  catalogUpdate,
  findInSources,
  foundInSource,
  problemsOfFile,
} from '../../features/authoring/protocol';
import type { FileProblems, Problem } from '../../model';
import { cancellable } from '../requests/abortSignal';
import type { CatalogSource } from './catalogSource';
import type { FindInSources } from './namesElsewhere';

/** The catalog of a client that has one, and tells of it: Callboard's own editor part. */
export class ClientCatalog implements CatalogSource {
  readonly view = new MirrorCatalog();
  #connection: Connection;
  #logger: Logger;
  /** By URI, what was told last, and when. */
  #told = new Map<string, { readonly revision: number; readonly problems: readonly Problem[] }>();
  #onDidSettle = new Emitter<ReadonlySet<string>>();

  readonly onDidSettle = this.#onDidSettle.event;

  constructor(connection: Connection, logger: Logger) {
    this.#connection = connection;
    this.#logger = logger;
    connection.onNotification(catalogUpdate, ({ isFirst, rows }) => {
      if (isFirst) this.view.clear();
      this.view.update(rows);
    });
    connection.onNotification(catalogSettled, ({ isReady, problems }) => {
      this.view.isReady = isReady;
      for (const told of problems) if (!this.#takeUp(told)) void this.#askAgain(told.file);
      this.#onDidSettle.fire(new Set(problems.map(({ file }) => file)));
    });
  }

  async opened(file: string): Promise<void> {
    this.#takeUp(await this.#connection.sendRequest(problemsOfFile, file));
  }

  // The client knows its own folders, files and texts.

  async open(): Promise<void> {}

  changed(): void {}

  isMadeBy(): boolean {
    return false;
  }

  edited(): void {}

  dispose(): void {
    this.#onDidSettle.dispose();
  }

  /** @returns false where it was told by what is not known here */
  #takeUp({ file, revision, problems, base }: FileProblems): boolean {
    const before = this.#told.get(file);
    // Answers overtake what was told before them.
    if (before && revision < before.revision) return true;
    if (base !== undefined && base !== before?.revision) return false;
    const known = before?.problems ?? [];
    const now = problems.flatMap(problem =>
      typeof problem === 'number' ? (known[problem] ?? []) : problem,
    );
    this.#told.set(file, { revision, problems: now });
    this.view.setProblems(file, now);
    return true;
  }

  async #askAgain(file: string): Promise<void> {
    try {
      await this.opened(file);
      this.#onDidSettle.fire(new Set([file]));
    } catch (error) {
      this.#logger.error('The problems of a file are not known', error);
    }
  }
}

/** Asks the sources of a client that has them: Callboard's own editor part. */
export function findInClientSources(connection: Connection): FindInSources {
  let questions = 0;
  return async (query, { signal, onAnswer }) => {
    const answers = `callboard-found-${++questions}`;
    const listening = connection.onProgress(foundInSource, answers, onAnswer);
    try {
      await cancellable(signal, token =>
        connection.sendRequest(findInSources, { ...query, answers }, token),
      );
    } finally {
      listening.dispose();
    }
  };
}
