import type { Connection } from 'vscode-languageserver';
import { Emitter } from '../../base';
import { MirrorCatalog } from '../../features/authoring/language';
import {
  catalogSettled,
  catalogUpdate,
  findInSources,
  foundInSource,
  problemsOfFile,
} from '../../features/authoring/protocol';
import type { FileProblems } from '../../model';
import { cancellable } from '../requests/abortSignal';
import type { CatalogSource } from './catalogSource';
import type { FindInSources } from './sourceEntityFinder';

/** The catalog of a client that sends it: Callboard's own VS Code extension. */
export class ClientCatalog implements CatalogSource {
  readonly view = new MirrorCatalog();
  #connection: Connection;
  /** The revision of the known problems, by file URI. */
  #revisions = new Map<string, number>();
  #onDidSettle = new Emitter<ReadonlySet<string>>();

  readonly onDidSettle = this.#onDidSettle.event;

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.onNotification(catalogUpdate, ({ isFirst, rows }) => {
      if (isFirst) this.view.clear();
      this.view.update(rows);
    });
    connection.onNotification(catalogSettled, ({ isReady, problems }) => {
      this.view.isReady = isReady;
      for (const changed of problems) this.#storeProblems(changed);
      this.#onDidSettle.fire(new Set(problems.map(({ file }) => file)));
    });
  }

  async opened(file: string): Promise<void> {
    this.#storeProblems(await this.#connection.sendRequest(problemsOfFile, file));
  }

  // The client tracks its own folders, files and texts.

  async open(): Promise<void> {}

  changed(): void {}

  isMadeBy(): boolean {
    return false;
  }

  edited(): void {}

  dispose(): void {
    this.#onDidSettle.dispose();
  }

  #storeProblems({ file, revision, problems }: FileProblems): void {
    // Responses can overtake earlier notifications.
    if (revision < (this.#revisions.get(file) ?? 0)) return;
    this.#revisions.set(file, revision);
    this.view.setProblems(file, problems);
  }
}

/** Creates a search in the client's sources, for Callboard's own VS Code extension. */
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
