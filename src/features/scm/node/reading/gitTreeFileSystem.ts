import { basenameUri, isWithin, joinUri, relativePath } from '../../../../base';
import type { DirectoryEntry, FileStat, FileSystem } from '../../../../platform/core/ports';
import type { BlobSource } from './gitBlobReader';

export interface TreeFolder {
  readonly type: 'directory';
  readonly children: Map<string, TreeNode>;
}

export interface TreeBlob {
  readonly type: 'file' | 'link';
  readonly oid: string;
  readonly size: number;
  readonly isExecutable?: boolean;
  /** Contents of the repository that has it. */
  readonly blobs: BlobSource;
}

export type TreeNode = TreeFolder | TreeBlob;

/** Target of a URI after following links. */
interface Located {
  readonly uri: string;
  /** Undefined if it doesn't exist. */
  readonly node: TreeFolder | TreeBlob | undefined;
  /** Whether it is outside of the tree. */
  readonly isOutside: boolean;
}

/** Maximum number of links to follow, as on Linux. */
const maxLinks = 40;
/** Maximum code units of a link's target and the rest of the path, as on Linux. */
const maxPath = 4096;

export interface TreeFileSystemOptions {
  /** Source of contents if it isn't that of the node. */
  readonly blobs?: BlobSource;
  /** Returns file metadata; default: the size only. */
  readonly statOf?: (blob: TreeBlob) => Promise<FileStat>;
}

/** The tree of a commit as if it were checked out at `root`; other paths are read from disk. */
export class GitTreeFileSystem implements FileSystem {
  #root: string;
  #tree: TreeFolder;
  #outside: FileSystem | undefined;
  #options: TreeFileSystemOptions;

  /** @param outside - undefined if there is nothing outside */
  constructor(
    root: string,
    tree: TreeFolder,
    outside: FileSystem | undefined,
    options: TreeFileSystemOptions = {},
  ) {
    this.#root = root;
    this.#tree = tree;
    this.#outside = outside;
    this.#options = options;
  }

  /** Returns the id of a file's content; undefined if the tree doesn't have the file. */
  async oidOf(uri: string): Promise<string | undefined> {
    const { node } = await this.#locate(uri);
    return node?.type === 'file' ? node.oid : undefined;
  }

  async readFile(uri: string): Promise<Uint8Array> {
    const located = await this.#locate(uri);
    if (located.isOutside && this.#outside) return this.#outside.readFile(located.uri);
    const { node } = located;
    if (node?.type === 'file') return this.#read(node);
    throw node?.type === 'directory'
      ? fileError('EISDIR', 'illegal operation on a directory, read', uri)
      : fileError('ENOENT', 'no such file or directory, open', uri);
  }

  async stat(uri: string): Promise<FileStat | undefined> {
    const located = await this.#locate(uri);
    if (located.isOutside) return this.#outside?.stat(located.uri);
    const { node } = located;
    if (!node || node.type === 'link') return undefined;
    if (node.type !== 'file') return { type: node.type, size: 0, mtime: 0 };
    return this.#options.statOf?.(node) ?? stampedStat(node, node.size);
  }

  async readDirectory(uri: string): Promise<readonly DirectoryEntry[]> {
    const located = await this.#locate(uri);
    if (located.isOutside && this.#outside) return this.#outside.readDirectory(located.uri);
    const { node } = located;
    if (node?.type !== 'directory') {
      throw fileError(
        node ? 'ENOTDIR' : 'ENOENT',
        `${node ? 'not a directory' : 'no such file or directory'}, scandir`,
        uri,
      );
    }
    return Promise.all(
      [...node.children].map(async ([name, child]): Promise<DirectoryEntry> => {
        if (child.type !== 'link') return { name, type: child.type, isSymbolicLink: false };
        const target = await this.stat(joinUri(located.uri, name));
        return { name, type: target?.type ?? 'unknown', isSymbolicLink: true };
      }),
    );
  }

  async realPath(uri: string): Promise<string> {
    const located = await this.#locate(uri);
    if (located.isOutside) return this.#outside?.realPath(located.uri) ?? located.uri;
    return located.node ? located.uri : uri;
  }

  async #locate(uri: string): Promise<Located> {
    let rest = this.#segmentsBelow(uri);
    let folder: TreeFolder = this.#tree;
    let at = this.#root;
    let links = 0;
    if (!rest) return { uri, node: undefined, isOutside: true };
    for (;;) {
      const [name, ...more]: readonly string[] = rest;
      if (name === undefined) return { uri: at, node: folder, isOutside: false };
      const child: TreeNode | undefined = folder.children.get(name);
      const here = joinUri(at, name);
      if (child?.type === 'link') {
        if (++links > maxLinks) return { uri, node: undefined, isOutside: false };
        const text = await this.#textOf(child);
        const target = [text, ...more].join('/');
        if (text === undefined || target.length > maxPath) {
          return { uri, node: undefined, isOutside: false };
        }
        const place = joinUri(at, target);
        rest = this.#leadsOut(at, target) ? undefined : this.#segmentsBelow(place);
        if (!rest) return { uri: place, node: undefined, isOutside: true };
        folder = this.#tree;
        at = this.#root;
        continue;
      }
      if (child?.type === 'directory') {
        folder = child;
        at = here;
        rest = more;
        continue;
      }
      // Files have no children.
      return { uri: here, node: more.length ? undefined : child, isOutside: false };
    }
  }

  /**
   * Whether a link's target is outside of the tree, even if its URI seems to be inside because nothing is above the
   * root.
   */
  #leadsOut(folder: string, target: string): boolean {
    if (this.#outside) return false;
    if (target.startsWith('/')) return true;
    let depth = this.#segmentsBelow(folder)?.length ?? 0;
    return target.split('/').some(part => {
      if (part === '..') depth--;
      else if (part !== '' && part !== '.') depth++;
      return depth < 0;
    });
  }

  #read(blob: TreeBlob): Promise<Uint8Array> {
    return (this.#options.blobs ?? blob.blobs).read(blob.oid);
  }

  /** Returns undefined if the target is too long. */
  async #textOf(link: TreeBlob): Promise<string | undefined> {
    const { size } = (await this.#options.statOf?.(link)) ?? link;
    if (size > maxPath) return undefined;
    return new TextDecoder().decode(await this.#read(link));
  }

  /** Returns undefined for paths outside of the tree. */
  #segmentsBelow(uri: string): readonly string[] | undefined {
    if (!isWithin(this.#root, uri)) return undefined;
    return (relativePath(this.#root, uri) ?? '').split('/').filter(name => name !== '');
  }
}

function fileError(code: string, what: string, uri: string): Error {
  return Object.assign(new Error(`${code}: ${what} '${basenameUri(uri)}'`), { code });
}

/** Creates a folder that counts as a repository, without a remote. */
export function newRepositoryFolder(): TreeFolder {
  return { type: 'directory', children: new Map([['.git', newFolder()]]) };
}

function newFolder(): TreeFolder {
  return { type: 'directory', children: new Map() };
}

/**
 * Adds a node at a path of a tree.
 *
 * @param options.onFolder - called for each new folder
 * @returns false for a path that git would not check out: it may be forged to look like repository settings
 */
export function putInTree(
  root: TreeFolder,
  path: string,
  node: TreeNode,
  { onFolder }: { readonly onFolder?: () => void } = {},
): boolean {
  const names = path.split('/');
  if (names.some(isForged)) return false;
  const last = names.pop() ?? '';
  let folder = root;
  for (const name of names) {
    let next = folder.children.get(name);
    if (next?.type !== 'directory') {
      onFolder?.();
      folder.children.set(name, (next = newFolder()));
    }
    folder = next;
  }
  folder.children.set(last, node);
  return true;
}

function isForged(name: string): boolean {
  return name === '' || name === '.' || name === '..' || /^(?:\.git|git~1)$/i.test(name);
}

/**
 * Returns file metadata whose time is derived from the content, so that it changes exactly when the content does, and
 * always lies in the past.
 */
export function stampedStat({ oid, isExecutable }: TreeBlob, size: number): FileStat {
  // 40 bits of milliseconds are about 35 years.
  const mtime = Number.parseInt(oid.slice(0, 10), 16) + 1;
  return { type: 'file', size, mtime, ...(isExecutable && { isExecutable }) };
}
