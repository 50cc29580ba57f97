import * as vscode from 'vscode';

/** Files in memory with a separate URI scheme, as from an extension with a virtual file system. */
export class MemoryFileSystemProvider implements vscode.FileSystemProvider {
  #files = new Map<string, Uint8Array>();
  #modified = new Map<string, number>();
  #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();

  readonly onDidChangeFile = this.#changed.event;

  watch(): vscode.Disposable {
    return { dispose() {} };
  }

  stat({ path }: vscode.Uri): vscode.FileStat {
    const content = this.#files.get(path);
    const type = content ? vscode.FileType.File : vscode.FileType.Directory;
    if (!content && !this.#below(path).length) throw vscode.FileSystemError.FileNotFound(path);
    return { type, ctime: 0, mtime: this.#modified.get(path) ?? 0, size: content?.length ?? 0 };
  }

  readDirectory({ path }: vscode.Uri): [string, vscode.FileType][] {
    const entries = new Map<string, vscode.FileType>();
    for (const rest of this.#below(path)) {
      const [name = '', ...below] = rest.split('/');
      entries.set(name, below.length ? vscode.FileType.Directory : vscode.FileType.File);
    }
    return [...entries];
  }

  readFile({ path }: vscode.Uri): Uint8Array {
    const content = this.#files.get(path);
    if (!content) throw vscode.FileSystemError.FileNotFound(path);
    return content;
  }

  writeFile(uri: vscode.Uri, content: Uint8Array): void {
    const type = this.#files.has(uri.path)
      ? vscode.FileChangeType.Changed
      : vscode.FileChangeType.Created;
    this.#files.set(uri.path, content);
    this.#modified.set(uri.path, Date.now());
    this.#changed.fire([{ type, uri }]);
  }

  delete(uri: vscode.Uri): void {
    this.#files.delete(uri.path);
    this.#changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
  }

  createDirectory(): void {
    // Folders are implied by the paths of files.
  }

  rename(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  #below(folder: string): string[] {
    const prefix = folder.endsWith('/') ? folder : `${folder}/`;
    return [...this.#files.keys()]
      .filter(path => path.startsWith(prefix))
      .map(path => path.slice(prefix.length));
  }
}
