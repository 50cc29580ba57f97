import { decodeExactly, joinUri } from '../../../../base';
import { isBinary } from '../../../../platform/core/binary';
import type { FileSystem } from '../../../../platform/core/ports';
import type { MergeRequest, TaskFile, TemplateEngine } from '..';
import type { FileUpdate, UpdateConflict } from './fileUpdates';
import { digestOf, type RecordedFile } from './templateRecord';

/** Input of a comparison. Maps are keyed by path. */
export interface Comparison {
  /** URI of the project's folder. */
  readonly project: string;
  readonly recorded: ReadonlyMap<string, RecordedFile>;
  /** Files that the current Template creates. */
  readonly next: ReadonlyMap<string, TaskFile>;
  /** Whether `next` has all of the Template's files. If not, missing files don't count as removed. */
  readonly isComplete: boolean;
  readonly labels: MergeRequest['labels'];
}

export interface ComparisonDeps {
  readonly fileSystem: FileSystem;
  readonly engine: TemplateEngine;
  readonly signal: AbortSignal;
  /** Finds base versions of files by digest. The result omits those that aren't found. */
  readonly findBases: (
    wanted: ReadonlyMap<string, RecordedFile>,
  ) => Promise<ReadonlyMap<string, Uint8Array>>;
}

/** Compares each file of a project with the current Template. Updates are sorted by path. */
export async function compareFiles(
  comparison: Comparison,
  deps: ComparisonDeps,
): Promise<readonly FileUpdate[]> {
  const { project, recorded, next, isComplete } = comparison;
  const updates: FileUpdate[] = [];
  const undecided: Changed[] = [];
  const paths = [...new Set([...recorded.keys(), ...next.keys()])].sort();
  for (const path of paths) {
    deps.signal.throwIfAborted();
    const before = recorded.get(path);
    const now = next.get(path);
    if (!now && !isComplete) continue;
    const found = await readProjectFile(project, path, deps.fileSystem);
    // A file can become a folder in the next version.
    const goes = updates.some(
      ({ path: other, state }) =>
        found.type === 'other' && found.at !== path && other === found.at && state === 'removed',
    );
    const outcome =
      found.type === 'other' && !goes
        ? await compareObstructed(path, before, now)
        : await compareFile({
            path,
            before,
            now,
            found: found.type === 'file' ? found.file : undefined,
          });
    if ('state' in outcome) updates.push(outcome);
    else undecided.push(outcome);
  }
  const wanted = new Map(undecided.map(({ path, before }) => [path, before]));
  const bases = wanted.size > 0 ? await deps.findBases(wanted) : new Map<string, Uint8Array>();
  for (const changed of undecided) {
    updates.push(await mergeChanges(changed, bases.get(changed.path), comparison.labels, deps));
  }
  return updates.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A file that was changed on both sides. */
interface Changed {
  readonly path: string;
  readonly before: RecordedFile;
  readonly mine: TaskFile;
  readonly next: TaskFile;
  readonly hasCrlf: boolean;
}

async function compareObstructed(
  path: string,
  before: RecordedFile | undefined,
  next: TaskFile | undefined,
): Promise<FileUpdate> {
  const isSame = next ? before && (await isSameFile(next, before)) : true;
  const rest = { path, base: undefined, mine: undefined, next, result: undefined };
  return isSame ? { ...rest, state: 'unchanged' } : conflict({ ...rest }, 'noFile');
}

async function compareFile({
  path,
  before,
  now,
  found,
}: {
  readonly path: string;
  readonly before: RecordedFile | undefined;
  readonly now: TaskFile | undefined;
  readonly found: TaskFile | undefined;
}): Promise<FileUpdate | Changed> {
  const { mine, hasCrlf } = await normalizeLineEnds(found, before, now);
  const of = { path, base: undefined, mine: found, next: now, result: undefined };
  const mineDigest = mine && (await digestOf(mine.content));
  const isMineAsBefore = mineDigest === before?.digest;
  if (!now) {
    if (!mine) return { ...of, state: 'unchanged' };
    if (!isMineAsBefore) return conflict(of, 'changedHere');
    return { ...of, base: mine.content, state: 'removed' };
  }
  const nextDigest = await digestOf(now.content);
  const isModeAsBefore = before?.isExecutable === now.isExecutable;
  const isNextAsBefore = nextDigest === before?.digest;
  if (isNextAsBefore && isModeAsBefore) return { ...of, base: now.content, state: 'unchanged' };
  if (!mine) return before ? conflict(of, 'removedHere') : { ...of, state: 'added', result: now };
  // File systems without executable bits can't tell that it was cleared, so the project's bit counts if the
  // Template didn't change it.
  const isExecutable = isModeAsBefore ? mine.isExecutable : now.isExecutable;
  if (mineDigest === nextDigest || isNextAsBefore) {
    if (mine.isExecutable === isExecutable) return { ...of, state: 'unchanged' };
    const result = { content: mine.content, isExecutable };
    return { ...of, base: now.content, state: 'updated', result: withCrlf(result, hasCrlf) };
  }
  if (!before) return conflict(of, 'exists');
  if (isMineAsBefore) {
    const result = withCrlf({ content: now.content, isExecutable }, hasCrlf);
    return { ...of, base: mine.content, state: 'updated', result };
  }
  return { path, before, mine, next: now, hasCrlf };
}

/** Larger files are not merged, to limit time and memory. */
const MAX_MERGED = 2 * 1024 * 1024;

async function mergeChanges(
  { path, before, mine, next, hasCrlf }: Changed,
  base: Uint8Array | undefined,
  labels: MergeRequest['labels'],
  { engine, signal }: ComparisonDeps,
): Promise<FileUpdate> {
  const of = { path, base, next, result: undefined, mine: withCrlf(mine, hasCrlf) };
  const [ours, theirs] = [textToMerge(mine.content), textToMerge(next.content)];
  if (ours === undefined || theirs === undefined) return conflict(of, 'unmergeable');
  const old = base && textToMerge(base);
  if (old === undefined) return conflict(of, base ? 'unmergeable' : 'noBase');
  const merged = await engine.run('merge', { base: old, mine: ours, next: theirs, labels }, signal);
  if (!merged) return conflict(of, 'unmergeable');
  const isExecutable =
    before.isExecutable === next.isExecutable ? mine.isExecutable : next.isExecutable;
  // The project already has the change.
  if (merged.text === ours && mine.isExecutable === isExecutable) {
    return { ...of, state: 'unchanged' };
  }
  const content = new TextEncoder().encode(merged.text);
  const result = withCrlf({ content, isExecutable }, hasCrlf);
  return merged.conflicts === 0
    ? { ...of, state: 'merged', result }
    : { ...conflict(of, 'lines'), result };
}

function conflict(
  update: Omit<FileUpdate, 'state' | 'conflict'>,
  reason: UpdateConflict,
): FileUpdate {
  return { ...update, state: 'conflict', conflict: reason };
}

async function isSameFile(file: TaskFile, recorded: RecordedFile): Promise<boolean> {
  return (
    file.isExecutable === recorded.isExecutable &&
    (await digestOf(file.content)) === recorded.digest
  );
}

/** Undefined for binary or too large content. */
function textToMerge(content: Uint8Array): string | undefined {
  return isBinary(content) || content.length > MAX_MERGED ? undefined : decodeExactly(content);
}

const RETURN = 13;
const FEED = 10;

/**
 * Normalizes CRLF to the LF that the Template wrote, because git may check out other line endings.
 * @returns whether the file had CRLF where the Template has LF
 */
async function normalizeLineEnds(
  mine: TaskFile | undefined,
  before: RecordedFile | undefined,
  next: TaskFile | undefined,
): Promise<{ mine: TaskFile | undefined; hasCrlf: boolean }> {
  const asIs = { mine, hasCrlf: false };
  if (!mine || !before || mine.content.length > MAX_MERGED) return asIs;
  if (!usesCrlf(mine.content) || next?.content.includes(RETURN)) return asIs;
  if ((await digestOf(mine.content)) === before.digest) return asIs;
  const content = mine.content.filter(byte => byte !== RETURN);
  return { mine: { ...mine, content }, hasCrlf: true };
}

/** Whether all line feeds follow a carriage return, and no other carriage returns exist. */
function usesCrlf(content: Uint8Array): boolean {
  let lines = 0;
  for (const [at, byte] of content.entries()) {
    if ((byte === FEED) !== (content[at - 1] === RETURN)) return false;
    if (byte === FEED) lines++;
  }
  return lines > 0;
}

function withCrlf(file: TaskFile, hasCrlf: boolean): TaskFile {
  if (!hasCrlf) return file;
  const bytes: number[] = [];
  for (const byte of file.content) {
    if (byte === FEED) bytes.push(RETURN);
    bytes.push(byte);
  }
  return { ...file, content: Uint8Array.from(bytes) };
}

/** The entry in a project at the path of a Template's file. */
type ProjectFile =
  | { readonly type: 'absent' }
  /** A folder, a large file, or a link to elsewhere. It is neither read nor written. */
  | {
      readonly type: 'other';
      /** Path of the obstacle: the file itself or a folder around it. */
      readonly at: string;
    }
  | { readonly type: 'file'; readonly file: TaskFile };

/** Maximum size of a project file, in bytes. */
const MAX_SIZE = 64 * 1024 * 1024;

/** @param project - URI of its folder */
async function readProjectFile(
  project: string,
  path: string,
  fileSystem: FileSystem,
): Promise<ProjectFile> {
  const uri = joinUri(project, path);
  const stat = await fileSystem.stat(uri);
  if (!stat) {
    const at = await findObstacle(project, path, fileSystem);
    return at === undefined ? { type: 'absent' } : { type: 'other', at };
  }
  const [real, realProject] = await Promise.all([
    fileSystem.realPath(uri),
    fileSystem.realPath(project),
  ]);
  const isPlain = stat.type === 'file' && real === joinUri(realProject, path);
  if (!isPlain || stat.size > MAX_SIZE) return { type: 'other', at: path };
  const content = await fileSystem.readFile(uri);
  return { type: 'file', file: { content, isExecutable: stat.isExecutable ?? false } };
}

/**
 * Path of the entry that keeps a missing file from being created: a file in place of a folder, or a broken
 * link.
 */
async function findObstacle(
  project: string,
  path: string,
  fileSystem: FileSystem,
): Promise<string | undefined> {
  const names = path.split('/');
  let folder = project;
  for (const [index, name] of names.entries()) {
    const at = names.slice(0, index + 1).join('/');
    const isThere = (await fileSystem.readDirectory(folder)).find(entry => entry.name === name);
    if (!isThere) return undefined;
    if (isThere.type !== 'directory' || isThere.isSymbolicLink) return at;
    folder = joinUri(project, at);
  }
  return undefined;
}
