import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../../base';
import { SOURCE_SCHEME } from '../../../platform/core/files';
import type { FileSystem } from '../../../platform/core/ports';
import { fromUri } from '../../../platform/vscode/convert';

const types: Readonly<Record<string, vscode.FileType>> = {
  file: vscode.FileType.File,
  directory: vscode.FileType.Directory,
};

/** Read-only file system of source copies for VS Code. */
export class SourceDocuments implements vscode.FileSystemProvider, Disposable {
  readonly #files: FileSystem;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<vscode.FileChangeEvent[]>());

  readonly onDidChangeFile = this.#changed.event;

  /** @param files - files of all sources, by URI */
  constructor(files: FileSystem) {
    this.#files = files;
    const message = new vscode.MarkdownString(
      vscode.l10n.t(
        'This is a read-only copy of a remote file. [Open in Browser]({0}) · [Clone and Edit]({1})',
        'command:callboard.sources.openInBrowser',
        'command:callboard.sources.clone',
      ),
    );
    message.isTrusted = {
      enabledCommands: ['callboard.sources.openInBrowser', 'callboard.sources.clone'],
    };
    this.#store.add(
      vscode.workspace.registerFileSystemProvider(SOURCE_SCHEME, this, {
        isCaseSensitive: true,
        isReadonly: message,
      }),
    );
  }

  /** Reports open files as changed, because a fetch may have updated them. */
  refresh(): void {
    const open = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === SOURCE_SCHEME);
    if (open.length === 0) return;
    this.#changed.fire(open.map(({ uri }) => ({ type: vscode.FileChangeType.Changed, uri })));
  }

  watch(): vscode.Disposable {
    return { dispose: () => {} };
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const stat = await this.#try(uri, file => this.#files.stat(file));
    if (!stat) throw vscode.FileSystemError.FileNotFound(uri);
    const { type, mtime, size } = stat;
    return {
      type: types[type] ?? vscode.FileType.Unknown,
      ctime: 0,
      mtime,
      size,
      permissions: vscode.FilePermission.Readonly,
    };
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    const entries = await this.#try(uri, folder => this.#files.readDirectory(folder));
    return entries.map(({ name, type }) => [name, types[type] ?? vscode.FileType.Unknown]);
  }

  readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return this.#try(uri, file => this.#files.readFile(file));
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #try<T>(uri: vscode.Uri, read: (file: string) => Promise<T>): Promise<T> {
    try {
      return await read(fromUri(uri));
    } catch (error) {
      const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'ENOENT' || code === 'ENOTDIR') throw vscode.FileSystemError.FileNotFound(uri);
      throw error;
    }
  }
}
