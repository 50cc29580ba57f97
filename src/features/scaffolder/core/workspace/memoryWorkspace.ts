import type {
  TaskWorkspace,
  WorkspaceEntry,
  WorkspaceEntryBelow,
  WriteFileOptions,
} from '../../../../api';
import { isGitPath } from '../../../../base';
import {
  fileError,
  FileError,
  joinPath,
  NotAllowedError,
  parentPath,
  safeChildPath,
  TaskLimitError,
} from '../../../scm/core/forgeFiles';

/** A file of a task. */
export interface TaskFile {
  readonly content: Uint8Array;
  readonly isExecutable: boolean;
}

/** A folder is the set of its entries' names. */
type Node = TaskFile | Set<string>;

export interface WorkspaceLimits {
  /** Bytes of all files. */
  readonly size: number;
  /** Number of files and folders. */
  readonly entries: number;
}

/** More than any skeleton needs, but harmless for an editor. */
export const DEFAULT_LIMITS: WorkspaceLimits = { size: 256 * 1024 * 1024, entries: 50_000 };

/**
 * Files of a task in memory, so that failed tasks leave nothing behind, links can't lead out and no file can
 * run before it is written.
 */
export class MemoryWorkspace implements TaskWorkspace {
  readonly path: string;
  /** By path relative to the workspace, which is the node at `''`. */
  #nodes = new Map<string, Node>([['', new Set()]]);
  readonly #limits: WorkspaceLimits;
  #size = 0;

  /** @param path - absolute, with `/` */
  constructor(path: string, limits: WorkspaceLimits = DEFAULT_LIMITS) {
    this.path = path;
    this.#limits = limits;
  }

  /** An independent copy. */
  copy(): MemoryWorkspace {
    const copy = new MemoryWorkspace(this.path, this.#limits);
    // File nodes are immutable.
    for (const [path, node] of this.#nodes)
      copy.#nodes.set(path, isFile(node) ? node : new Set(node));
    copy.#size = this.#size;
    return copy;
  }

  /**
   * Resolves a path to a path relative to the workspace.
   * @throws NotAllowedError, and `ENOTDIR` for a path below a file
   */
  resolve(path: string): string {
    const resolved = this.#relative(path);
    const ancestors = ancestorsOf(resolved);
    const file = ancestors.findIndex(ancestor => this.#fileAt(ancestor));
    if (file < 0) return resolved;
    throw this.#error('ENOTDIR', 'lstat', ancestors[file + 1] ?? resolved);
  }

  has(path: string): boolean {
    return this.#find(path) !== undefined;
  }

  isDirectory(path: string): boolean {
    return this.#find(path) instanceof Set;
  }

  isExecutable(path: string): boolean {
    return this.#fileAt(path)?.isExecutable ?? false;
  }

  readFile(path: string): Uint8Array {
    const node = this.#find(path);
    if (!node) throw this.#error('ENOENT', 'open', path);
    if (isFile(node)) return node.content;
    // Node opens a folder and then fails to read it.
    throw new FileError('EISDIR', 'EISDIR: illegal operation on a directory, read');
  }

  writeFile(
    path: string,
    content: Uint8Array | string,
    { isExecutable }: WriteFileOptions = {},
  ): void {
    const resolved = this.#relative(path);
    this.#makeFoldersAround(resolved);
    const before = this.#find(resolved);
    if (before && !isFile(before)) throw this.#error('EISDIR', 'open', path);
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    this.#put(resolved, {
      content: bytes,
      isExecutable: isExecutable ?? before?.isExecutable ?? false,
    });
  }

  makeDirectory(path: string): void {
    const resolved = this.#relative(path);
    this.#makeFoldersAround(resolved);
    const before = this.#find(resolved);
    if (!before) this.#put(resolved, new Set());
    else if (isFile(before)) throw this.#error('EEXIST', 'mkdir', path);
  }

  remove(path: string): void {
    const resolved = this.#relative(path);
    for (const inner of this.#pathsIn(resolved)) this.#drop(inner);
  }

  list(path: string): readonly WorkspaceEntry[] {
    const node = this.#find(path);
    if (!node) throw this.#error('ENOENT', 'scandir', path);
    if (isFile(node)) throw this.#error('ENOTDIR', 'scandir', path);
    return [...node]
      .sort()
      .map(name => ({ name, isDirectory: this.isDirectory(joinPath(path, name)) }));
  }

  move(from: string, to: string): void {
    const source = this.#relative(from);
    const target = this.#relative(to);
    if (source === '' || !this.#find(source)) throw this.#error('ENOENT', 'rename', from, to);
    // A folder can't be moved into itself.
    if (source === target || target.startsWith(`${source}/`)) {
      throw this.#error('EINVAL', 'rename', from, to);
    }
    if (this.#find(target)) throw this.#error('EEXIST', 'rename', from, to);
    this.#makeFoldersAround(target);
    const moved = this.#pathsIn(source).map(
      path => [path.slice(source.length), this.#drop(path)] as const,
    );
    for (const [below, node] of moved.reverse()) if (node) this.#put(`${target}${below}`, node);
  }

  *entries(path = ''): Generator<WorkspaceEntryBelow> {
    if (!this.isDirectory(path)) return;
    const folders = [''];
    for (const folder of folders) {
      // The caller may have removed it since it was listed.
      if (!this.isDirectory(joinPath(path, folder))) continue;
      for (const { name, isDirectory } of this.list(joinPath(path, folder))) {
        const below = joinPath(folder, name);
        yield { path: below, isDirectory };
        if (isDirectory) folders.push(below);
      }
    }
  }

  /** Files by path, in the order of {@link entries}. */
  files(): ReadonlyMap<string, TaskFile> {
    return new Map(
      [...this.entries()].flatMap(({ path }): [string, TaskFile][] => {
        const file = this.#fileAt(path);
        return file ? [[path, file]] : [];
      }),
    );
  }

  #relative(path: string): string {
    return safeChildPath(this.path, path);
  }

  #error(code: Parameters<typeof fileError>[0], call: string, ...paths: string[]): FileError {
    return fileError(code, call, ...paths.map(path => joinPath(this.path, this.#relative(path))));
  }

  #find(path: string): Node | undefined {
    return this.#nodes.get(this.#relative(path));
  }

  #fileAt(path: string): TaskFile | undefined {
    const node = this.#find(path);
    return node && isFile(node) ? node : undefined;
  }

  /** Paths of a folder and its content, the content first. */
  #pathsIn(resolved: string): readonly string[] {
    const below = [...this.entries(resolved)].map(({ path }) => joinPath(resolved, path));
    return [resolved, ...below].reverse();
  }

  #makeFoldersAround(resolved: string): void {
    const ancestors = ancestorsOf(resolved);
    const parent = ancestors.at(-1) ?? '';
    for (const folder of ancestors) {
      if (this.#fileAt(folder)) {
        throw this.#error(folder === parent ? 'EEXIST' : 'ENOTDIR', 'mkdir', parent);
      }
      if (!this.has(folder)) this.#put(folder, new Set());
    }
  }

  /** @throws TaskLimitError if a limit is exceeded */
  #put(resolved: string, node: Node): void {
    const { size: maxSize, entries } = this.#limits;
    const before = this.#nodes.get(resolved);
    const size = this.#size + sizeOf(node) - sizeOf(before);
    if (size > maxSize) {
      throw new TaskLimitError(
        `The files of a task must not exceed ${Math.floor(maxSize / (1024 * 1024))} MB together`,
      );
    }
    // The root doesn't count.
    if (!before && this.#nodes.size > entries) {
      throw new TaskLimitError(`A task must not create more than ${entries} files and folders`);
    }
    this.#size = size;
    this.#nodes.set(resolved, node);
    this.#namesAround(resolved)?.add(nameOf(resolved));
  }

  #drop(resolved: string): Node | undefined {
    const node = this.#nodes.get(resolved);
    if (resolved === '' || !node) return undefined;
    this.#size -= sizeOf(node);
    this.#nodes.delete(resolved);
    this.#namesAround(resolved)?.delete(nameOf(resolved));
    return node;
  }

  #namesAround(resolved: string): Set<string> | undefined {
    const folder = this.#nodes.get(parentPath(resolved));
    return folder instanceof Set ? folder : undefined;
  }
}

function isFile(node: Node): node is TaskFile {
  return !(node instanceof Set);
}

function sizeOf(node: Node | undefined): number {
  return node && isFile(node) ? node.content.length : 0;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Paths of the folders around a path, outermost first. */
function ancestorsOf(path: string): readonly string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

/**
 * Files of a task that are written. As in Backstage's dry run, `.git` at the root is omitted. Other `.git`
 * folders are refused, because git runs programs that their config names.
 * @param folder - of the files. Their paths stay relative to the workspace
 * @throws NotAllowedError
 */
export function publishedFiles(
  workspace: TaskWorkspace,
  folder = '',
): ReadonlyMap<string, TaskFile> {
  const files = new Map<string, TaskFile>();
  for (const { path: below, isDirectory } of workspace.entries(folder)) {
    const path = folder === '' ? below : `${folder}/${below}`;
    if (isDirectory || path === '.git' || path.startsWith('.git/')) continue;
    if (isGitPath(path)) {
      throw new NotAllowedError(`A template must not write into a git repository: ${path}`);
    }
    files.set(path, {
      content: workspace.readFile(path),
      isExecutable: workspace.isExecutable(path),
    });
  }
  return files;
}
