import * as vscode from 'vscode';
import type { DirectoryEntry, FileStat, FileSystem, FileType } from '../../core/ports';
import { toUri } from '../convert';

/** Node's error codes by those of VS Code's file systems. */
const nodeCodes = new Map([
  ['FileNotFound', 'ENOENT'],
  ['FileExists', 'EEXIST'],
  ['FileNotADirectory', 'ENOTDIR'],
  ['FileIsADirectory', 'EISDIR'],
  ['NoPermissions', 'EACCES'],
  ['Unavailable', 'EBUSY'],
]);

/** Reads all files that VS Code can read, through its providers; on vscode.dev these are all files. */
export class VsCodeFileSystem implements FileSystem {
  async readFile(uri: string): Promise<Uint8Array> {
    try {
      return await vscode.workspace.fs.readFile(toUri(uri));
    } catch (error) {
      throw withNodeCode(error);
    }
  }

  async stat(uri: string): Promise<FileStat | undefined> {
    try {
      const { type, size, mtime } = await vscode.workspace.fs.stat(toUri(uri));
      return { type: toFileType(type), size, mtime };
    } catch (error) {
      const withCode = withNodeCode(error);
      if (withCode.code === 'ENOENT' || withCode.code === 'ENOTDIR') return undefined;
      throw withCode;
    }
  }

  async readDirectory(uri: string): Promise<readonly DirectoryEntry[]> {
    try {
      const entries = await vscode.workspace.fs.readDirectory(toUri(uri));
      return entries.map(([name, type]) => ({
        name,
        type: toFileType(type),
        isSymbolicLink: (type & vscode.FileType.SymbolicLink) !== 0,
      }));
    } catch (error) {
      throw withNodeCode(error);
    }
  }

  /** Returns the same URI: VS Code reports that something is a link, but not its target. */
  async realPath(uri: string): Promise<string> {
    return uri;
  }
}

function toFileType(type: vscode.FileType): FileType {
  if (type & vscode.FileType.File) return 'file';
  return type & vscode.FileType.Directory ? 'directory' : 'unknown';
}

function withNodeCode(error: unknown): Error & { code: string } {
  const cause = error instanceof Error ? error : new Error(String(error));
  const name = error instanceof vscode.FileSystemError ? error.code : '';
  return Object.assign(new Error(cause.message, { cause }), { code: nodeCodes.get(name) ?? 'EIO' });
}
