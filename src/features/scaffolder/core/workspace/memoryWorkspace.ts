import type {
  TaskWorkspace,
  WorkspaceEntry,
  WorkspaceEntryBelow,
  WriteFileOptions,
} from '../../../../api';
import { isOfGit } from '../../../../base';
import {
  fileError,
  FileError,
  joinPath,
  NotAllowedError,
  safeChildPath,
  TaskLimitError,
} from '../../../scm/core/forgeFiles';

/** A file of a task. */
export interface TaskFile {
  readonly content: Uint8Array;
  readonly isExecutable: boolean;
}

type Node = FileNode | FolderNode;

interface FileNode {
  readonly type: 'file';
  readonly file: TaskFile;
}

interface FolderNode {
  readonly type: 'folder';
  readonly children: Map<string, Node>;
}

export interface WorkspaceLimits {
  /** In bytes, of all files together. */
  readonly size: number;
  /** Files and folders together. */
  readonly entries: number;
}

/** More than any skeleton needs, and less than hurts an editor. */
export const DEFAULT_LIMITS: WorkspaceLimits = { size: 256 * 1024 * 1024, entries: 50_000 };

/**
 * The files of a task, in memory: what goes wrong leaves nothing behind, no link leads anywhere, and nothing
 * is run that was not written out in the end.
 */
export class MemoryWorkspace implements TaskWorkspace {
  readonly path: string;
  readonly #root: FolderNode = { type: 'folder', children: new Map() };
  readonly #limits: WorkspaceLimits;
  #size = 0;
  #entries = 0;

  /** @param path - absolute, with `/` */
  constructor(path: string, limits: WorkspaceLimits = DEFAULT_LIMITS) {
    this.path = path;
    this.#limits = limits;
  }

  /** The same files once more: what becomes of one workspace is nothing to the other. */
  copy(): MemoryWorkspace {
    const copy = new MemoryWorkspace(this.path, this.#limits);
    for (const [name, node] of copiesOf(this.#root)) copy.#root.children.set(name, node);
    copy.#size = this.#size;
    copy.#entries = this.#entries;
    return copy;
  }

  /** The relative path that a path means. @throws NotAllowedError, and `ENOTDIR` for one that leads into a file */
  resolve(path: string): string {
    const resolved = this.#relative(path);
    const segments = segmentsOf(resolved);
    let node: Node | undefined = this.#root;
    for (const [index, segment] of segments.entries()) {
      if (node?.type === 'file') {
        const place = segments.slice(0, index + 1).join('/');
        throw fileError('ENOTDIR', 'lstat', joinPath(this.path, place));
      }
      node = node?.children.get(segment);
    }
    return resolved;
  }

  /** As messages name it. */
  absolute(path: string): string {
    return joinPath(this.path, this.#relative(path));
  }

  has(path: string): boolean {
    return this.#find(path) !== undefined;
  }

  isDirectory(path: string): boolean {
    return this.#find(path)?.type === 'folder';
  }

  isExecutable(path: string): boolean {
    return this.file(path)?.isExecutable ?? false;
  }

  file(path: string): TaskFile | undefined {
    const node = this.#find(path);
    return node?.type === 'file' ? node.file : undefined;
  }

  readFile(path: string): Uint8Array {
    const node = this.#find(path);
    if (!node) throw fileError('ENOENT', 'open', this.absolute(path));
    // Node opens a folder, and fails as it reads.
    if (node.type === 'folder') {
      throw new FileError('EISDIR', 'EISDIR: illegal operation on a directory, read');
    }
    return node.file.content;
  }

  writeFile(
    path: string,
    content: Uint8Array | string,
    { isExecutable }: WriteFileOptions = {},
  ): void {
    const resolved = this.#relative(path);
    const { folder, name } = this.#makeParent(resolved);
    const before = name === '' ? this.#root : folder.children.get(name);
    if (before?.type === 'folder') throw fileError('EISDIR', 'open', this.absolute(path));
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    this.#count(bytes.length - (before?.file.content.length ?? 0), before ? 0 : 1);
    folder.children.set(name, {
      type: 'file',
      file: { content: bytes, isExecutable: isExecutable ?? before?.file.isExecutable ?? false },
    });
  }

  makeDirectory(path: string): void {
    const resolved = this.#relative(path);
    if (resolved === '') return;
    const { folder, name } = this.#makeParent(resolved);
    const before = folder.children.get(name);
    if (before?.type === 'folder') return;
    if (before) throw fileError('EEXIST', 'mkdir', this.absolute(path));
    this.#count(0, 1);
    folder.children.set(name, { type: 'folder', children: new Map() });
  }

  remove(path: string): void {
    const resolved = this.#relative(path);
    if (resolved === '') {
      for (const name of [...this.#root.children.keys()]) this.remove(name);
      return;
    }
    const { folder, name } = this.#parentOf(resolved) ?? {};
    const node = folder?.children.get(name ?? '');
    if (!folder || !node) return;
    folder.children.delete(name ?? '');
    const { size, entries } = measured(node);
    this.#count(-size, -entries);
  }

  list(path: string): readonly WorkspaceEntry[] {
    const node = this.#find(path);
    if (!node) throw fileError('ENOENT', 'scandir', this.absolute(path));
    if (node.type === 'file') throw fileError('ENOTDIR', 'scandir', this.absolute(path));
    return [...node.children]
      .map(([name, child]) => ({ name, isDirectory: child.type === 'folder' }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  move(from: string, to: string): void {
    const source = this.#relative(from);
    const target = this.#relative(to);
    const node = this.#find(source);
    const { folder: oldFolder, name: oldName } = this.#parentOf(source) ?? {};
    if (!node || !oldFolder || oldName === undefined) {
      throw fileError('ENOENT', 'rename', this.absolute(from), this.absolute(to));
    }
    // A folder would be lost in itself.
    if (source === target || target.startsWith(`${source}/`)) {
      throw fileError('EINVAL', 'rename', this.absolute(from), this.absolute(to));
    }
    if (this.#find(target)) {
      throw fileError('EEXIST', 'rename', this.absolute(from), this.absolute(to));
    }
    const { folder, name } = this.#makeParent(target);
    oldFolder.children.delete(oldName);
    folder.children.set(name, node);
  }

  *entries(path = ''): Generator<WorkspaceEntryBelow> {
    const node = this.#find(path);
    if (node?.type !== 'folder') return;
    const waiting: [string, FolderNode][] = [['', node]];
    for (const [prefix, { children }] of waiting) {
      for (const [name, child] of sorted(children)) {
        const childPath = joinPath(prefix, name);
        yield { path: childPath, isDirectory: child.type === 'folder' };
        if (child.type === 'folder') waiting.push([childPath, child]);
      }
    }
  }

  /** All files, by their paths, in the order of {@link entries}. */
  files(): ReadonlyMap<string, TaskFile> {
    const files = new Map<string, TaskFile>();
    for (const { path } of this.entries()) {
      const file = this.file(path);
      if (file) files.set(path, file);
    }
    return files;
  }

  #relative(path: string): string {
    return safeChildPath(this.path, path);
  }

  #find(path: string): Node | undefined {
    let node: Node = this.#root;
    for (const segment of segmentsOf(this.#relative(path))) {
      const child: Node | undefined =
        node.type === 'folder' ? node.children.get(segment) : undefined;
      if (!child) return undefined;
      node = child;
    }
    return node;
  }

  #parentOf(resolved: string): { folder: FolderNode; name: string } | undefined {
    const segments = segmentsOf(resolved);
    const name = segments.pop() ?? '';
    const folder = this.#find(segments.join('/'));
    return folder?.type === 'folder' && name !== '' ? { folder, name } : undefined;
  }

  #makeParent(resolved: string): { folder: FolderNode; name: string } {
    const segments = segmentsOf(resolved);
    const name = segments.pop() ?? '';
    let folder = this.#root;
    for (const [index, segment] of segments.entries()) {
      let child = folder.children.get(segment);
      if (child?.type === 'file') {
        const path = segments.slice(0, index + 1).join('/');
        throw fileError(
          index + 1 === segments.length ? 'EEXIST' : 'ENOTDIR',
          'mkdir',
          index + 1 === segments.length ? this.absolute(path) : this.absolute(segments.join('/')),
        );
      }
      if (!child) {
        this.#count(0, 1);
        child = { type: 'folder', children: new Map() };
        folder.children.set(segment, child);
      }
      folder = child;
    }
    return { folder, name };
  }

  #count(size: number, entries: number): void {
    const { size: maxSize, entries: maxEntries } = this.#limits;
    if (this.#size + size > maxSize) {
      throw new TaskLimitError(
        `The files of a task must not be larger than ${Math.floor(maxSize / (1024 * 1024))} MB together`,
      );
    }
    if (this.#entries + entries > maxEntries) {
      throw new TaskLimitError(`A task must not make more than ${maxEntries} files and folders`);
    }
    this.#size += size;
    this.#entries += entries;
  }
}

function segmentsOf(path: string): string[] {
  return path === '' ? [] : path.split('/');
}

/** Files do not change, but are replaced; only folders are made anew. */
function copiesOf({ children }: FolderNode): ReadonlyMap<string, Node> {
  return new Map(
    [...children].map(([name, node]) => [
      name,
      node.type === 'file' ? node : { type: 'folder', children: new Map(copiesOf(node)) },
    ]),
  );
}

function sorted(children: ReadonlyMap<string, Node>): [string, Node][] {
  return [...children].sort(([a], [b]) => (a < b ? -1 : 1));
}

function measured(node: Node): { size: number; entries: number } {
  if (node.type === 'file') return { size: node.file.content.length, entries: 1 };
  let size = 0;
  let entries = 1;
  for (const child of node.children.values()) {
    const inner = measured(child);
    size += inner.size;
    entries += inner.entries;
  }
  return { size, entries };
}

/**
 * The files of a task that leave it. As with Backstage's dry run, the folder `.git` at the top stays behind;
 * another that git would take for a repository is refused, as programs that its config names would be run there.
 *
 * @param folder - where they lie; their paths are those in the workspace all the same
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
    if (isOfGit(path)) {
      throw new NotAllowedError(`A template must not write into a git repository: ${path}`);
    }
    files.set(path, {
      content: workspace.readFile(path),
      isExecutable: workspace.isExecutable(path),
    });
  }
  return files;
}

/** Whether files hold the same. */
export function isSameContent(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
