import { setImmediate } from 'node:timers/promises';
import { Slices } from '../../../../platform/core';
import { GitMirrorFailure } from '../../../../platform/core/ports';
import { type GitPlace, type GitRun, streamGit } from '../gitProcess';
import type { BlobSource } from '../reading/gitBlobReader';
import {
  newRepositoryFolder,
  putInTree,
  type TreeBlob,
  type TreeFolder,
} from '../reading/gitTreeFileSystem';

/** More files than any repository has: of folders that hold each other many times there would be no end. */
const MAX_FILES = 1_000_000;
/** The same goes for folders, of which a single file may need thousands. */
const MAX_FOLDERS = 500_000;
/**
 * From so many files on, or code units of their paths, a repository must have something to show for it: where one in
 * a hundred of them at most is a file of its own, the same folders are there again and again.
 */
const MANY_FILES = 50_000;
const LONG_LISTING = 16 * 1024 * 1024;
const REPEATS = 100;
/** In bytes, of the names of all of them. */
const MAX_LISTING = 512 * 1024 * 1024;
/** In bytes, of one line of a listing, and in code units, of a path: what is longer is passed over, as no disk could have it. */
const MAX_LINE = 64 * 1024;
const MAX_PATH = 4096;

/** The tree of a commit. */
export interface MirrorTree {
  readonly root: TreeFolder;
  /** By their paths. */
  readonly files: ReadonlyMap<string, TreeBlob>;
}

export const emptyTree: MirrorTree = {
  root: { type: 'directory', children: new Map() },
  files: new Map(),
};

/**
 * Reads the tree of a commit. Submodules are no part of it, nor are files with names that are no UTF-8.
 *
 * @throws GitMirrorFailure where it has no end; Error where it is not whole
 */
export async function readMirrorTree(
  commit: string,
  { place, blobs, signal }: { place: GitPlace; blobs: BlobSource; signal: AbortSignal | undefined },
): Promise<MirrorTree> {
  const root = newRepositoryFolder();
  const files = new Map<string, TreeBlob>();
  const contents = new Set<string>();
  let length = 0;
  let folders = 0;
  const onFolder = (): void => {
    if (++folders > MAX_FOLDERS) {
      throw new GitMirrorFailure('excess', `The repository has more than ${MAX_FOLDERS} folders`);
    }
  };
  const args = ['ls-tree', '-r', '-z', '--full-tree', commit];
  await forEachPart({ ...place, args, signal, separator: 0 }, line => {
    const match = /^(\d+) (\w+) ([0-9a-f]+)\t(.+)$/s.exec(line);
    if (!match) return;
    const [, mode, type, oid = '', path = ''] = match;
    if (type !== 'blob' || path.length > MAX_PATH || path.includes('\uFFFD')) return;
    const blob: TreeBlob = {
      type: mode === '120000' ? 'link' : 'file',
      oid,
      size: 0,
      isExecutable: mode === '100755',
      blobs,
    };
    if (putInTree(root, path, blob, { onFolder })) files.set(path, blob);
    if (files.size > MAX_FILES) {
      throw new GitMirrorFailure('excess', `The repository has more than ${MAX_FILES} files`);
    }
    contents.add(oid);
    length += path.length;
    const isMuch = files.size > MANY_FILES || length > LONG_LISTING;
    if (isMuch && contents.size * REPEATS < files.size) {
      throw new GitMirrorFailure(
        'excess',
        'The folders of the repository hold the same files many times',
      );
    }
  });
  return { root, files };
}

/** Sizes of all blobs that are at hand, by their ids. */
export async function readBlobSizes(
  place: GitPlace,
  signal: AbortSignal | undefined,
): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  const format = '--batch-check=%(objecttype) %(objectname) %(objectsize)';
  const args = ['cat-file', '--batch-all-objects', '--unordered', format];
  await forEachPart({ ...place, args, signal, separator: 10 }, line => {
    const [type, oid, size] = line.split(' ');
    if (type === 'blob' && oid !== undefined) sizes.set(oid, Number(size));
  });
  return sizes;
}

/** As many are compared before others get the thread. */
const AT_ONCE = 5000;

/** Paths that are others in one tree than in another, or only in one of them. */
export async function changedPaths(
  before: MirrorTree,
  after: MirrorTree,
): Promise<readonly string[]> {
  const changed: string[] = [];
  let compared = 0;
  for (const [path, { oid, type, isExecutable }] of after.files) {
    const was = before.files.get(path);
    if (was?.oid !== oid || was.type !== type || was.isExecutable !== isExecutable) {
      changed.push(path);
    }
    if (++compared % AT_ONCE === 0) await setImmediate();
  }
  for (const path of before.files.keys()) {
    if (!after.files.has(path)) changed.push(path);
    if (++compared % AT_ONCE === 0) await setImmediate();
  }
  return changed;
}

/** Runs git and takes what it prints in parts, in between which others get the thread. */
async function forEachPart(
  {
    separator,
    args,
    ...run
  }: GitPlace & Pick<GitRun, 'signal'> & { args: readonly string[]; separator: number },
  take: (part: string) => void,
): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  let total = 0;
  let isTooLong = false;
  const slices = new Slices();
  const { code, stderr } = await streamGit(args, run, async chunk => {
    total += chunk.length;
    if (total > MAX_LISTING) {
      throw new GitMirrorFailure('excess', 'The repository has more files than are read');
    }
    const bytes = rest.length ? Buffer.concat([rest, chunk]) : chunk;
    let start = 0;
    for (let at = bytes.indexOf(separator); at >= 0; at = bytes.indexOf(separator, start)) {
      isTooLong ||= at - start > MAX_LINE;
      if (!isTooLong) take(bytes.toString('utf8', start, at));
      isTooLong = false;
      start = at + 1;
    }
    rest = bytes.subarray(start);
    // Where git is quicker than we are, one piece would come on the heels of the other.
    if (slices.isOver) await slices.pause();
    // What has no end yet is put together anew with each piece that comes.
    if (rest.length <= MAX_LINE) return;
    isTooLong = true;
    rest = Buffer.alloc(0);
  });
  if (code !== 0) throw new Error(stderr || `git ended with ${code ?? 'a signal'}`);
}
