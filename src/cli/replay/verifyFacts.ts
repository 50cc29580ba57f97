import { TimeSlicer } from '../../platform/core';
import { readStamped } from '../../platform/core/files';
import type { FileSystem } from '../../platform/core/ports';
import type { CommandContext } from '../command';
import {
  codeOf,
  describeEntries,
  type Fact,
  type FileFact,
  isSameKind,
  isSameStamp,
  isYoung,
  type MergeBaseFact,
  stampOf,
} from './facts';
import { hashOf } from './factRecorder';

/** The result of {@link verifyFacts}. */
export interface Verification {
  readonly areTrue: boolean;
  /** The facts with current stamps; undefined if those are the same. */
  readonly renewed?: readonly Fact[] | undefined;
}

/**
 * Whether everything is as it was. Of a file with other times, the content decides.
 *
 * @throws the signal's reason when it is aborted
 */
export async function verifyFacts(
  facts: readonly Fact[],
  { files, env, signal }: Pick<CommandContext, 'env' | 'signal'> & { readonly files: FileSystem },
  started: number,
): Promise<Verification> {
  const slices = new TimeSlicer();
  const renewed: Fact[] = [];
  let hasNew = false;
  for (const fact of facts) {
    if (slices.isOver) {
      await slices.pause();
      signal.throwIfAborted();
    }
    const current =
      fact.kind === 'file'
        ? await currentFile(fact, files, started)
        : (await isTrue(fact, { files, env, signal }))
          ? fact
          : undefined;
    if (!current) return { areTrue: false };
    renewed.push(current);
    hasNew ||= current !== fact;
  }
  return { areTrue: true, renewed: hasNew ? renewed : undefined };
}

/** Returns the same or a renewed fact; undefined if it isn't true any more. */
async function currentFile(
  fact: FileFact,
  files: FileSystem,
  started: number,
): Promise<FileFact | undefined> {
  const { uri, stamp, hash } = fact;
  const stat = await files.stat(uri);
  const current = stat && stampOf(stat);
  if (!isSameKind(stamp, current)) return undefined;
  if (!current || (isSameStamp(stamp, current) && !fact.isYoung)) return fact;
  if (hash === undefined) return undefined;
  const found = await readStamped(files, uri, current.size).catch(() => undefined);
  if (!found?.content || !isSameKind(found.stat, stamp)) return undefined;
  if (hashOf(found.content) !== hash) return undefined;
  return {
    kind: 'file',
    uri,
    stamp: found.stat,
    hash,
    ...(isYoung(found.stat, started) && { isYoung: true }),
  };
}

async function isTrue(
  fact: Exclude<Fact, FileFact>,
  { files, env, signal }: Pick<CommandContext, 'env' | 'signal'> & { readonly files: FileSystem },
): Promise<boolean> {
  switch (fact.kind) {
    case 'unread':
      return (await files.readFile(fact.uri).then(() => undefined, codeOf)) === fact.code;
    case 'unstamped':
      return (await codeOfStamping(fact.uri, files)) === fact.code;
    case 'folder':
      return (await files.readDirectory(fact.uri).then(describeEntries, codeOf)) === fact.entries;
    case 'link':
      return (await files.realPath(fact.uri)) === fact.target;
    case 'variable':
      return env[fact.name] === fact.value;
    case 'merge-base':
      return isMergeBase(fact, { files, signal });
  }
}

/** Returns the code of the error, an empty one if nothing is there, and undefined for a file. */
async function codeOfStamping(uri: string, files: FileSystem): Promise<string | undefined> {
  try {
    return (await readStamped(files, uri, -1)) ? undefined : '';
  } catch (error) {
    return codeOf(error);
  }
}

async function isMergeBase(
  { folder, revision, base, head, commit }: MergeBaseFact,
  { files, signal }: { readonly files: FileSystem; readonly signal: AbortSignal },
): Promise<boolean> {
  const [{ loadGitSources }, { fileUriToPath }] = await Promise.all([
    import('../../features/scm/node'),
    import('../../platform/node'),
  ]);
  const { GitRepository } = await loadGitSources();
  const opened = await GitRepository.open(fileUriToPath(folder), { outside: files, signal });
  if (!opened.ok) return false;
  const repository = opened.value;
  try {
    const [foundBase, foundHead, foundCommit] = await Promise.all([
      repository.resolveCommit(revision),
      repository.resolveCommit('HEAD'),
      repository.mergeBase(base, head),
    ]);
    return (
      foundBase.ok &&
      foundBase.value === base &&
      foundHead.ok &&
      foundHead.value === head &&
      foundCommit === commit
    );
  } finally {
    repository.dispose();
  }
}
