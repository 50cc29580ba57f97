import type { TemplateFile } from '../../../../api';
import { isSameBytes } from '../../../../base';
import type { OutputFolder } from '../../../../platform/core/ports';
import { type TaskFile, writeFiles } from '..';
import { digestOf, type RecordedFile, type TemplateRecord } from './templateRecord';

/** What the Template of today does to a file of a project. */
export interface FileUpdate {
  readonly path: string;
  /**
   * `updated` and `removed`: it was as the Template had made it. `merged`: what was changed in it stays.
   * `unchanged`: the Template makes what it made, or what is there. `conflict`: somebody has to decide.
   */
  readonly state: 'unchanged' | 'added' | 'updated' | 'merged' | 'removed' | 'conflict';
  /** Why somebody has to decide. */
  readonly conflict?: UpdateConflict;
  /** As the Template made it before, where it is still known. */
  readonly base: Uint8Array | undefined;
  /** Undefined where it is not there. */
  readonly mine: TaskFile | undefined;
  /** As the Template makes it now; undefined where it does not any more. */
  readonly next: TaskFile | undefined;
  /**
   * What it becomes; undefined where it is removed or stays. Of a conflict of lines: with markers around what
   * is to be decided.
   */
  readonly result: TaskFile | undefined;
}

export type UpdateConflict =
  /** Both changed the same lines. */
  | 'lines'
  /** Both changed it, and what it was before is not known any more. */
  | 'noBase'
  /** Both changed it, and it is no text, or too much of it is different. */
  | 'unmergeable'
  /** The Template makes it now, and there was another one already. */
  | 'exists'
  /** The Template does not make it any more, and it was changed here. */
  | 'changedHere'
  /** The Template changed it, and it was taken away here. */
  | 'removedHere'
  /** It is no file here, or a link that leads elsewhere. */
  | 'noFile';

/** What is to become of the files of a project. */
export interface ProjectChanges {
  readonly write: ReadonlyMap<string, TaskFile>;
  readonly remove: readonly string[];
}

/** Whether an update is made without anybody deciding anything. */
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
 * What a project says of itself once updates are made. A file that is left undecided stays that of the version
 * that it was, so that what it was before is found again.
 *
 * @param before - what it said until now
 * @param after - what it would say if all were made
 * @param done - paths of those that are made, or decided by hand
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
  // Of what nothing is known now, what was known stays.
  for (const [path, recorded] of before.files) {
    if (!known.has(path)) files.set(path, then(recorded));
  }
  return { ...after, files };
}

/** Whether two records say the same, but for the commit that it was found in. */
export function isSameVersion(one: TemplateRecord, other: TemplateRecord): boolean {
  const said = ({ template, values, unset, files }: TemplateRecord): string =>
    JSON.stringify([
      template.digest,
      values,
      unset,
      [...files].sort(([a], [b]) => (a < b ? -1 : 1)),
    ]);
  return said(one) === said(other);
}

/**
 * Paths of what updates would write over or take away, and is not any more as it was when they were found: whoever
 * looks at them may go on working meanwhile.
 */
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
 * Does all that is to be done to a project, or nothing: what was done is taken back when something cannot be.
 *
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
    // What was a file can be a folder in the next version.
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
