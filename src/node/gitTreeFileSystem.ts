import { basenameUri, isWithin, joinUri, relativePath } from '../base';
import type { DirectoryEntry, FileStat, FileSystem } from '../core/ports';
import type { GitBlobReader } from './gitBlobReader';

export interface TreeFolder {
  readonly type: 'directory';
  readonly children: Map<string, TreeNode>;
}

export interface TreeBlob {
  readonly type: 'file' | 'link';
  readonly oid: string;
  readonly size: number;
  /** Of the repository that holds it. */
  readonly blobs: GitBlobReader;
}

export type TreeNode = TreeFolder | TreeBlob;

/** What a URI leads to, links followed. */
interface Located {
  readonly uri: string;
  /** Undefined where there is nothing. */
  readonly node: TreeFolder | TreeBlob | undefined;
  /** It leads out of the tree. */
  readonly isOutside: boolean;
}

/** As many links as are followed on one way, as Linux does. */
const maxLinks = 40;

/** The tree of a commit as if it were checked out at `root`; outside of it is the disk. */
export class GitTreeFileSystem implements FileSystem {
  #root: string;
  #tree: TreeFolder;
  #outside: FileSystem;

  constructor(root: string, tree: TreeFolder, outside: FileSystem) {
    this.#root = root;
    this.#tree = tree;
    this.#outside = outside;
  }

  /** The id of a file's content; undefined where the tree has no such file. */
  async oidOf(uri: string): Promise<string | undefined> {
    const { node } = await this.#locate(uri);
    return node?.type === 'file' ? node.oid : undefined;
  }

  async readFile(uri: string): Promise<Uint8Array> {
    const located = await this.#locate(uri);
    if (located.isOutside) return this.#outside.readFile(located.uri);
    const { node } = located;
    if (node?.type === 'file') return node.blobs.read(node.oid);
    throw node?.type === 'directory'
      ? fileError('EISDIR', 'illegal operation on a directory, read', uri)
      : fileError('ENOENT', 'no such file or directory, open', uri);
  }

  async stat(uri: string): Promise<FileStat | undefined> {
    const located = await this.#locate(uri);
    if (located.isOutside) return this.#outside.stat(located.uri);
    const { node } = located;
    if (!node || node.type === 'link') return undefined;
    return { type: node.type, size: node.type === 'file' ? node.size : 0, mtime: 0 };
  }

  async readDirectory(uri: string): Promise<readonly DirectoryEntry[]> {
    const located = await this.#locate(uri);
    if (located.isOutside) return this.#outside.readDirectory(located.uri);
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
    if (located.isOutside) return this.#outside.realPath(located.uri);
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
        const target = joinUri(at, [await textOf(child), ...more].join('/'));
        rest = this.#segmentsBelow(target);
        if (!rest) return { uri: target, node: undefined, isOutside: true };
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
      // Below a file there is nothing.
      return { uri: here, node: more.length ? undefined : child, isOutside: false };
    }
  }

  /** Undefined for what does not lie in the tree. */
  #segmentsBelow(uri: string): readonly string[] | undefined {
    if (!isWithin(this.#root, uri)) return undefined;
    return (relativePath(this.#root, uri) ?? '').split('/').filter(name => name !== '');
  }
}

async function textOf(link: TreeBlob): Promise<string> {
  return new TextDecoder().decode(await link.blobs.read(link.oid));
}

function fileError(code: string, what: string, uri: string): Error {
  return Object.assign(new Error(`${code}: ${what} '${basenameUri(uri)}'`), { code });
}
