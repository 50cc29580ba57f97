import { setTimeout } from 'node:timers/promises';
import { GitMirrorFailure } from '../../../../platform/core/ports';
import { REMOTE, runGit } from '../gitProcess';
import type { GitMirrorRemote } from './gitMirrorRemote';

/** Refs that a fetch creates. */
const FETCHED = 'refs/callboard/fetched';
const HEAD = 'refs/callboard/head';

const LOCK_TRIES = 5;
/** In milliseconds: about as long as another process holds a ref's lock. */
const LOCK_WAIT = 200;
export interface RefFetch {
  /** Path of the repository. */
  readonly folder: string;
  /** Branch or tag; undefined for the remote's HEAD. */
  readonly branch: string | undefined;
  /** Full ref of the previous fetch. */
  readonly ref: string | undefined;
  readonly isBlobless: boolean;
  readonly isShallow: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: ((message: string) => void) | undefined;
}

export interface FetchedRef {
  /** Full ref. */
  readonly ref: string;
  readonly commit: string;
  /** Whether file contents were left out. */
  readonly isFiltered: boolean;
}

/** Fetches the latest commit of a branch or tag. @throws GitMirrorFailure */
export async function fetchRef(fetch: RefFetch, remote: GitMirrorRemote): Promise<FetchedRef> {
  const { branch } = fetch;
  return branch === undefined ? fetchHead(fetch, remote) : fetchNamed(branch, fetch, remote);
}

async function fetchNamed(
  branch: string,
  fetch: RefFetch,
  remote: GitMirrorRemote,
): Promise<FetchedRef> {
  const known = fetch.ref === undefined ? [] : [fetch.ref];
  const refs = new Set([...known, `refs/heads/${branch}`, `refs/tags/${branch}`]);
  for (const ref of refs) {
    const isFiltered = await attempt([`+${ref}:${FETCHED}`], fetch, remote);
    if (isFiltered === undefined) continue;
    return { ref, isFiltered, commit: await commitOf(FETCHED, fetch) };
  }
  const branches = await remote.branches(fetch.folder, fetch.signal).catch(() => []);
  throw new GitMirrorFailure('no-branch', `There is no branch or tag ${branch}`, { branches });
}

/** Fetches HEAD, and its branch name only if it may have changed. */
async function fetchHead(fetch: RefFetch, remote: GitMirrorRemote): Promise<FetchedRef> {
  const { folder, signal } = fetch;
  if (fetch.ref !== undefined) {
    const { ref } = fetch;
    const refspecs = [`+${ref}:${FETCHED}`, `+HEAD:${HEAD}`];
    const isFiltered = await attempt(refspecs, fetch, remote);
    if (isFiltered !== undefined) {
      const commit = await commitOf(FETCHED, fetch);
      if (commit === (await commitOf(HEAD, fetch))) return { ref, commit, isFiltered };
    }
  }
  const ref = await remote.head(folder, signal);
  const isFiltered = await attempt([`+${ref}:${FETCHED}`], fetch, remote);
  if (isFiltered === undefined)
    throw new GitMirrorFailure('empty', 'The repository has no commits');
  return { ref, isFiltered, commit: await commitOf(FETCHED, fetch) };
}

/** @returns whether file contents were left out; undefined if the remote doesn't have the ref */
async function attempt(
  refspecs: readonly string[],
  { folder, isBlobless, isShallow, signal, onProgress }: RefFetch,
  remote: GitMirrorRemote,
): Promise<boolean | undefined> {
  for (let tries = 1; ; tries++) {
    try {
      const args = [...(isShallow ? ['--depth=1'] : []), '--', REMOTE, ...refspecs];
      return await remote.fetch({ args, folder, isBlobless, signal, onProgress });
    } catch (error) {
      if (!(error instanceof GitMirrorFailure)) throw error;
      if (error.reason === 'no-branch') return undefined;
      if (error.reason !== 'locked' || tries >= LOCK_TRIES) throw error;
      // Random, because other processes wait too.
      await setTimeout(LOCK_WAIT * tries * (0.5 + Math.random()), undefined, { signal });
    }
  }
}

/** @throws GitMirrorFailure if a tag doesn't point to a commit */
async function commitOf(ref: string, { folder, signal }: RefFetch): Promise<string> {
  const { code, stdout, stderr } = await runGit(
    ['rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`],
    { folder, isRepository: true, signal },
  );
  if (code === 0) return stdout.trim();
  throw new GitMirrorFailure('failed', `No commit received: ${stderr.replace(/^fatal: /, '')}`);
}
