import type { TemplateFile } from '../../../../api';
import { isSameBytes } from '../../../../base';
import type { OutputFolder } from '../../../../platform/core/ports';
import { type TaskFile, writeFiles } from '..';
import { digestOf, type RecordedFile, type TemplateRecord } from './templateRecord';

/** Change that the current Template makes to a file of a project. */
export interface FileUpdate {
  readonly path: string;
  /**
   * `updated` and `removed`: the project hasn't changed the file. `merged`: the project's changes are kept.
   * `unchanged`: the Template or the project already has this content. `conflict`: someone has to decide.
   */
  readonly state: 'unchanged' | 'added' | 'updated' | 'merged' | 'removed' | 'conflict';
  /** Reason of a conflict. */
  readonly conflict?: UpdateConflict;
  /** Content from the recorded version, if it is known. */
  readonly base: Uint8Array | undefined;
  /** The project's file, if it exists. */
  readonly mine: TaskFile | undefined;
  /** The current Template's file. Undefined if it no longer creates the file. */
  readonly next: TaskFile | undefined;
  /**
   * Content to write. Undefined for files that are removed or stay. Conflicts of lines have conflict markers.
   */
  readonly result: TaskFile | undefined;
}

export type UpdateConflict =
  /** Both sides changed the same lines. */
  | 'lines'
  /** Both sides changed the file and its base version is unknown. */
  | 'noBase'
  /** Both sides changed the file, and it is binary or differs too much. */
  | 'unmergeable'
  /** The Template now creates the file, and the project already has another one. */
  | 'exists'
  /** The Template no longer creates the file, and the project changed it. */
  | 'changedHere'
  /** The Template changed the file, and the project removed it. */
  | 'removedHere'
  /** The path is not a regular file in the project, or is a link to elsewhere. */
  | 'noFile';

/** Files to write and remove in a project. */
export interface ProjectChanges {
  readonly write: ReadonlyMap<string, TaskFile>;
  readonly remove: readonly string[];
}

/** Whether an update needs no decision. */
export function isClean({ state }: FileUpdate): boolean {
  return state !== 'unchanged' && state !== 'conflict';
}

export function changesOf(updates: readonly FileUpdate[]): ProjectChanges {
  const write = new Map<string, TaskFile>();
  const remove: string[] = [];
  for (const { path, state, result } of updates) {
    if (result) write.set(path, result);
    else if (state === 'removed') remove.push(path);
  }
  return { write, remove };
}

/**
 * The record of a project after an update. Undecided files keep the recorded version, so that its base can be
 * found again.
 * @param before - the current record
 * @param after - the record if all updates were applied
 * @param done - paths of updates that are applied or resolved by hand
 */
export async function recordAfter(
  before: TemplateRecord,
  after: TemplateRecord,
  updates: readonly FileUpdate[],
  done: ReadonlySet<string>,
): Promise<TemplateRecord> {
  const files = new Map<string, RecordedFile>();
  const known = new Set(updates.map(({ path }) => path));
  const then = ({ commit = before.template.commit, ...file }: RecordedFile): RecordedFile =>
    commit === after.template.commit ? file : { ...file, commit };
  for (const { path, state, next } of updates) {
    const recorded = before.files.get(path);
    if (state !== 'unchanged' && !done.has(path)) {
      if (recorded) files.set(path, then(recorded));
    } else if (next) {
      const { isExecutable, content } = next;
      files.set(path, { digest: await digestOf(content), isExecutable });
    }
  }
  // Files that were not compared keep their recorded version.
  for (const [path, recorded] of before.files) {
    if (!known.has(path)) files.set(path, then(recorded));
  }
  return { ...after, files };
}

/** Whether two records differ in nothing but the commit. */
export function isSameVersion(one: TemplateRecord, other: TemplateRecord): boolean {
  const contentOf = ({ template, values, unset, files }: TemplateRecord): string =>
    JSON.stringify([
      template.digest,
      values,
      unset,
      [...files].sort(([a], [b]) => (a < b ? -1 : 1)),
    ]);
  return contentOf(one) === contentOf(other);
}

/** Paths of updates whose files changed since the comparison, for example while someone reviewed it. */
export async function changedSince(
  updates: readonly FileUpdate[],
  output: Pick<OutputFolder, 'find' | 'read'>,
): Promise<readonly string[]> {
  const { write, remove } = changesOf(updates);
  const changed: string[] = [];
  for (const { path, mine } of updates) {
    if (!write.has(path) && !remove.includes(path)) continue;
    const entry = await output.find(path);
    const content = entry?.type === 'file' ? await output.read(path) : undefined;
    const isSame =
      mine && content ? isSameBytes(mine.content, content) : !mine && entry === undefined;
    if (!isSame) changed.push(path);
  }
  return changed;
}

/**
 * Applies all changes to a project or none. Restores removed files if a later change fails.
 * @param output - the project's folder
 * @throws as `writeFiles` does
 */
export async function writeChanges(
  { write, remove }: ProjectChanges,
  output: OutputFolder,
  signal: AbortSignal,
): Promise<void> {
  const removed: TemplateFile[] = [];
  try {
    // A file can become a folder in the next version.
    for (const path of remove) {
      signal.throwIfAborted();
      const entry = await output.find(path);
      const content = entry?.type === 'file' ? await output.read(path) : undefined;
      if (!entry || !content) continue;
      await output.remove(path);
      removed.push({ path, content, isExecutable: entry.isExecutable });
    }
    const files = [...write].map(([path, file]): TemplateFile => ({ path, ...file }));
    await writeFiles(files, output, { signal });
  } catch (error) {
    for (const { path, content, isExecutable } of removed) {
      await output.write(path, content, { isExecutable });
    }
    throw error;
  }
}
