import type { TaskFile } from '..';
import type { FileUpdate } from './fileUpdate';
import { digestOf, type RecordedFile, type TemplateRecord } from './templateRecord';

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
