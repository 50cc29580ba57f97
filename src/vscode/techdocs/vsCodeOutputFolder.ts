import * as vscode from 'vscode';
import { joinUri } from '../../base';
import type { OutputFolder } from '../../core/ports';
import { toUri } from '../uri';

/** A folder of a file system that VS Code, or another extension, provides. Symbolic links are not looked into. */
export class VsCodeOutputFolder implements OutputFolder {
  #folder: string;

  /** @param folder - URI */
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

  async read(path: string): Promise<Uint8Array | undefined> {
    try {
      return await vscode.workspace.fs.readFile(this.#uri(path));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async write(path: string, content: Uint8Array): Promise<void> {
    await vscode.workspace.fs.writeFile(this.#uri(path), content);
  }

  async remove(path: string): Promise<void> {
    try {
      await vscode.workspace.fs.delete(this.#uri(path));
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }

  async clear(): Promise<void> {
    for (const name of (await this.list()) ?? []) {
      if (name.startsWith('.')) continue;
      await vscode.workspace.fs.delete(this.#uri(name), { recursive: true });
    }
  }

  #uri(path: string): vscode.Uri {
    if (path.startsWith('/') || path.split('/').includes('..')) {
      throw new Error(`"${path}" leads out of the folder that is written to`);
    }
    return toUri(joinUri(this.#folder, path));
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
}
