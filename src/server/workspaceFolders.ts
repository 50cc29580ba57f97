import {
  type Connection,
  DidChangeWorkspaceFoldersNotification,
  type InitializeParams,
} from 'vscode-languageserver';
import { type Disposable, Emitter, isWithin, parseUri } from '../base';
import { canonicalUri } from './texts/openTexts';

/** The folders of the client's workspace, with later changes. */
export class WorkspaceFolders implements Disposable {
  #uris: readonly string[];
  #onDidChange = new Emitter<readonly string[]>();

  /** Fires with all folders when some were added or removed. */
  readonly onDidChange = this.#onDidChange.event;

  constructor(connection: Connection, { workspaceFolders, rootUri }: InitializeParams) {
    const folders = workspaceFolders ?? (rootUri ? [{ uri: rootUri }] : []);
    this.#uris = canonicalFolders(folders);
    connection.onNotification(DidChangeWorkspaceFoldersNotification.type, ({ event }) => {
      const removed = new Set(canonicalFolders(event.removed));
      const added = canonicalFolders(event.added);
      const left = this.#uris.filter(uri => !removed.has(uri) && !added.includes(uri));
      this.#uris = [...left, ...added];
      this.#onDidChange.fire(this.#uris);
    });
  }

  /** Canonical URIs, in the client's order. */
  get uris(): readonly string[] {
    return this.#uris;
  }

  /** Returns the innermost folder that contains a file. */
  folderOf(uri: string): string | undefined {
    const around = this.#uris.filter(folder => isWithin(folder, uri));
    return around.sort((a, b) => b.length - a.length)[0];
  }

  dispose(): void {
    this.#onDidChange.dispose();
  }
}

function canonicalFolders(folders: readonly { readonly uri: string }[]): readonly string[] {
  return folders.flatMap(({ uri }) => {
    const folder = canonicalUri(uri.replace(/\/+$/, ''));
    return folder !== undefined && parseUri(folder).path ? [folder] : [];
  });
}
