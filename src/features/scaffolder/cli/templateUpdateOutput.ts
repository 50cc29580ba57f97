import { stringify } from '../../../cli/output/jsonOutput';
import { plural } from '../../../cli/output/problems';
import { printable } from '../../../cli/output/style';
import type { FileUpdate, TemplateCheck, TemplateRecord, UpdateConflict } from '../core/drift';

/** What came of the update from one Template. */
export interface UpdateReport {
  readonly record: TemplateRecord;
  readonly check: TemplateCheck;
  /** What nobody has decided. */
  readonly left: readonly FileUpdate[];
  /** Whether all else was done. */
  readonly isWritten: boolean;
}

export function updateJson(reports: readonly UpdateReport[]): string {
  return stringify({
    templates: reports.map(({ record, check, isWritten }) => {
      const { ref, commit = null, digest } = record.template;
      const from = { commit, digest };
      if (check.type === 'failed') return { ref, status: 'failed', from, error: check.error };
      if (check.type === 'unfit') {
        const errors = check.errors.map(({ path, message }) => ({ path, message }));
        return { ref, status: 'unfit', from, errors };
      }
      const { template } = check.record;
      const changed = check.updates.filter(({ state }) => state !== 'unchanged');
      return {
        ref,
        status: changed.length === 0 ? 'current' : 'outdated',
        from,
        to: { commit: template.commit ?? null, digest: template.digest },
        written: isWritten,
        files: changed.map(({ path, state, conflict }) => ({
          path,
          state,
          ...(conflict ? { conflict } : {}),
        })),
      };
    }),
  });
}

export function updateText(reports: readonly UpdateReport[], isCheck: boolean): string {
  return reports
    .flatMap(report => linesOf(report, isCheck))
    .map(line => `${printable(line)}\n`)
    .join('');
}

function linesOf(
  { record, check, left, isWritten }: UpdateReport,
  isCheck: boolean,
): readonly string[] {
  const { ref } = record.template;
  if (check.type === 'failed') return [`${ref} failed: ${check.error}`];
  if (check.type === 'unfit') {
    return [
      `${ref} asks for other values today. Pass what is missing: --values FILE, --secrets FILE`,
      ...check.errors.map(({ path, message }) => `  ${['values', ...path].join('.')} ${message}`),
    ];
  }
  const changed = check.updates.filter(({ state }) => state !== 'unchanged');
  if (changed.length === 0) return [`Up to date with ${ref}`];
  const count = plural(changed.length - (isWritten ? left.length : 0), 'file');
  return [
    isWritten ? `${count} brought up to date with ${ref}:` : `${count} would change with ${ref}:`,
    ...changed.map(
      ({ path, state, conflict }) =>
        `  ${state.padEnd('conflict'.length)}  ${path}${conflict ? ` (${reasons[conflict]})` : ''}`,
    ),
    ...(isCheck ? [] : adviceOf(changed, { left, isWritten })),
  ];
}

function adviceOf(
  changed: readonly FileUpdate[],
  { left, isWritten }: Pick<UpdateReport, 'left' | 'isWritten'>,
): readonly string[] {
  if (!isWritten) {
    return [
      'Nothing was written. With --conflicts markers, lines that both changed are written with markers around them, for you to decide; with --conflicts skip, files with conflicts stay as they are.',
    ];
  }
  const marked = changed.filter(update => update.conflict && !left.includes(update)).length;
  return [
    ...(marked > 0 ? [`${plural(marked, 'file')} with conflict markers to decide between`] : []),
    ...(left.length > 0 ? [`${plural(left.length, 'file')} with conflicts stay as they were`] : []),
  ];
}

const reasons: Readonly<Record<UpdateConflict, string>> = {
  lines: 'both changed the same lines',
  noBase: 'both changed it, and what it was before is not known',
  unmergeable: 'both changed it, and it cannot be merged',
  exists: 'the template makes it now, and another one is there',
  changedHere: 'the template does not make it any more, and it was changed here',
  removedHere: 'the template changed it, and it was removed here',
  noFile: 'something else than a file is there',
};
