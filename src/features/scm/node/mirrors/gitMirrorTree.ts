import { setImmediate } from 'node:timers/promises';
import { TimeSlicer } from '../../../../platform/core';
import { GitMirrorFailure } from '../../../../platform/core/ports';
import { type GitPlace, type GitRun, streamGit } from '../gitProcess';
import type { BlobSource } from '../reading/gitBlobReader';
import {
  newRepositoryFolder,
  putInTree,
  type TreeBlob,
  type TreeFolder,
} from '../reading/gitTreeFileSystem';

/** Maximum number of files: a tree that contains the same folders many times can be endless. */
const MAX_FILES = 1_000_000;
/** Maximum number of folders; a single path may need thousands. */
const MAX_FOLDERS = 500_000;
/**
 * Number of files, and code units of paths, from which a tree must not consist of repetitions: at least one in
 * `REPEATS` files must have distinct contents.
 */
const MANY_FILES = 50_000;
const LONG_LISTING = 16 * 1024 * 1024;
const REPEATS = 100;
/** Maximum bytes of all names. */
const MAX_LISTING = 512 * 1024 * 1024;
/** Maximum bytes of a line, and code units of a path; longer ones are skipped, because no disk supports them. */
const MAX_LINE = 64 * 1024;
const MAX_PATH = 4096;

/** Tree of a commit. */
export interface MirrorTree {
  readonly root: TreeFolder;
  /** By path. */
  readonly files: ReadonlyMap<string, TreeBlob>;
}

export const emptyTree: MirrorTree = {
  root: { type: 'directory', children: new Map() },
  files: new Map(),
};

/**
 * Reads the tree of a commit, without submodules and names that aren't UTF-8.
 *
 * @throws GitMirrorFailure if it is endless; Error if it is incomplete
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
        'The folders of the repository contain the same files many times',
      );
    }
  });
  return { root, files };
}

/** Returns sizes of all existing blobs by id. */
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

/** Number of files to compare before yielding the thread. */
const AT_ONCE = 5000;

/** Returns paths that differ between two trees. */
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

/** Runs git and splits its output at a separator, yielding the thread in between. */
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
  const slices = new TimeSlicer();
  const { code, stderr } = await streamGit(args, run, async chunk => {
    total += chunk.length;
    if (total > MAX_LISTING) {
      throw new GitMirrorFailure('excess', 'The repository has too many files');
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
    // If git is fast, chunks arrive without a pause.
    if (slices.isOver) await slices.pause();
    // An incomplete part is concatenated with each chunk.
    if (rest.length <= MAX_LINE) return;
    isTooLong = true;
    rest = Buffer.alloc(0);
  });
  if (code !== 0) throw new Error(stderr || `git ended with ${code ?? 'a signal'}`);
}
