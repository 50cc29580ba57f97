import * as vscode from 'vscode';
import { joinUri, outputSegments } from '../../../base';
import type { FileType, OutputEntry, OutputFolder } from '../../core/ports';
import { toUri } from '../convert';

/** An output folder in a file system of VS Code or of another extension. Targets of symbolic links aren't known. */
export class VsCodeOutputFolder implements OutputFolder {
  #folder: string;
  /** Paths of created folders, `''` for this one. */
  readonly #made = new Set<string>();

  /**
   * @param folder - URI
   */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async list(): Promise<readonly string[] | undefined> {
    try {
      const entries = await vscode.workspace.fs.readDirectory(toUri(this.#folder));
      return entries.map(([name]) => name);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async find(path: string): Promise<OutputEntry | undefined> {
    const type = await this.#typeOf(path);
    if (type === undefined) return undefined;
    return {
      type: type & vscode.FileType.SymbolicLink ? 'link' : nameOf(type),
      isExecutable: false,
    };
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    try {
      return await vscode.workspace.fs.readFile(this.#uri(path));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async write(path: string, content: Uint8Array): Promise<void> {
    for (const folder of ['', ...foldersOf(path)]) {
      if ((await this.#typeOf(folder)) !== undefined) continue;
      await vscode.workspace.fs.createDirectory(this.#uri(folder));
      this.#made.add(folder);
    }
    await vscode.workspace.fs.writeFile(this.#uri(path), content);
  }

  remove(path: string): Promise<void> {
    return this.#remove(path, foldersOf(path).reverse());
  }

  revertWrite(path: string): Promise<void> {
    const folders = ['', ...foldersOf(path)].filter(folder => this.#made.has(folder));
    return this.#remove(path, folders.reverse());
  }

  async #remove(path: string, folders: readonly string[]): Promise<void> {
    try {
      await vscode.workspace.fs.delete(this.#uri(path));
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    for (const folder of folders) {
      const uri = this.#uri(folder);
      try {
        if ((await vscode.workspace.fs.readDirectory(uri)).length > 0) return;
        await vscode.workspace.fs.delete(uri);
        this.#made.delete(folder);
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    }
  }

  async #typeOf(path: string): Promise<vscode.FileType | undefined> {
    try {
      return (await vscode.workspace.fs.stat(this.#uri(path))).type;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async clear(): Promise<void> {
    for (const name of (await this.list()) ?? []) {
      if (name.startsWith('.')) continue;
      await vscode.workspace.fs.delete(this.#uri(name), { recursive: true });
    }
  }

  /**
   * @param path - `''` for the folder itself
   */
  #uri(path: string): vscode.Uri {
    if (path === '') return toUri(this.#folder);
    const segments = outputSegments(path, { isWindows: false });
    return toUri(joinUri(this.#folder, segments.join('/')));
  }
}

/** Returns the parent folders of a file, outermost first. */
function foldersOf(path: string): string[] {
  const segments = path.split('/').slice(0, -1);
  return segments.map((_, index) => segments.slice(0, index + 1).join('/'));
}

function nameOf(type: vscode.FileType): FileType {
  if (type & vscode.FileType.File) return 'file';
  return type & vscode.FileType.Directory ? 'directory' : 'unknown';
}

function isMissing(error: unknown): boolean {
  return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
}
