import type { Connection } from 'vscode-languageserver';
import { Emitter } from '../base';
import { MirrorCatalog } from '../language';
import { catalogSettled, catalogUpdate, problemsOfFile } from '../protocol';
import type { CatalogSource } from './catalogSource';

/** The catalog of a client that has one, and tells of it: Callboard's own editor part. */
export class ClientCatalog implements CatalogSource {
  readonly view = new MirrorCatalog();
  #connection: Connection;
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
      for (const { file, problems: found } of problems) this.view.setProblems(file, found);
      this.#onDidSettle.fire(new Set(problems.map(({ file }) => file)));
    });
  }

  async opened(file: string): Promise<void> {
    this.view.setProblems(file, await this.#connection.sendRequest(problemsOfFile, file));
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
}
