import {
  basenameUri,
  dirnameUri,
  isWithin,
  relativePath,
  uriPath,
  translate,
} from '../../../../base';
import { exists } from '../../../../platform/core/files';
import { Glob, isTooComplex } from '../../../../platform/core/globs';
import { applyOffsetEdits } from '../../core/edits';
import { YamlText } from '../documents/yamlText';
import { type FileTarget, fileTargetsIn } from '../navigation/fileTargets';
import { documentsOf, scalarEdit } from './leaves';
import { type PlanBuilder, Refusal } from './planBuilder';
import type { PlannedOffsetEdit } from './renamePlan';

/** Moves a file, and updates the paths of Locations and placeholders that lead to it. */
export async function moveFile(plan: PlanBuilder, from: string, to: string): Promise<void> {
  if (from === to) return;
  const { context } = plan;
  const name = plan.nameOf(to);
  if (!isWithin(context.boundaryOf(from), to)) {
    throw new Refusal(translate('{0} would be outside the workspace folder.', name));
  }
  if (await exists(to, context.files)) throw new Refusal(translate('{0} already exists.', name));
  plan.moves.push({ from, to });
  const files = await plan.filesWhere(
    file =>
      file === from || context.catalog.entitiesInFile(file).some(({ kind }) => kind === 'Location'),
  );
  for (const file of files) {
    const text = await plan.text(file);
    if (text) plan.add(text, targetEdits(plan, text, { from, to }));
  }
}

interface Move {
  readonly from: string;
  readonly to: string;
}

function targetEdits(plan: PlanBuilder, text: YamlText, move: Move): readonly PlannedOffsetEdit[] {
  const edits: PlannedOffsetEdit[] = [];
  const isMoved = text.uri === move.from;
  const staysInFolder = dirnameUri(move.from) === dirnameUri(move.to);
  for (const placed of documentsOf(text)) {
    for (const target of fileTargetsIn(placed, text, plan.context)) {
      const { scalar, url, file, folder, pattern } = target;
      if (folder !== undefined && pattern !== undefined) {
        if (isMoved && !staysInFolder) warnOfOwn(target);
        else if (matches(folder, pattern, move.from) && !matches(folder, pattern, move.to)) {
          plan.warn(
            translate(
              "{0}: the pattern {1} doesn't match the moved file.",
              plan.nameOf(text.uri),
              scalar.value,
            ),
          );
        }
      } else if (url !== undefined) {
        if (!namesFile(plan, url, move.from)) continue;
        plan.warn(
          translate(
            '{0}: the address {1} may refer to the file. Check it manually.',
            plan.nameOf(text.uri),
            scalar.value,
          ),
        );
      } else if (file === move.from && !isMoved) {
        const edit = targetEdit(plan, text, { target, move });
        if (edit) edits.push(edit);
        else {
          plan.warn(
            translate(
              "{0}: the path {1} refers to the file and can't be updated. Change it manually.",
              plan.nameOf(text.uri),
              scalar.value,
            ),
          );
        }
      } else if (file !== undefined && isMoved && !staysInFolder) warnOfOwn(target);
    }
  }
  return edits;

  function warnOfOwn({ scalar: { value } }: FileTarget): void {
    plan.warn(
      translate('{0}: the path {1} is relative to the old folder.', plan.nameOf(text.uri), value),
    );
  }
}

/** Whether a URL ends with the path of a file in its repository. */
function namesFile({ context }: PlanBuilder, url: string, file: string): boolean {
  const path = relativePath(context.boundaryOf(file), file);
  return (
    path !== undefined &&
    uriPath(url)
      .replace(/[?#].*$/s, '')
      .endsWith(`/${path}`)
  );
}

function matches(folder: string, pattern: string, uri: string): boolean {
  const path = relativePath(folder, uri);
  return path !== undefined && !isTooComplex(pattern) && new Glob(pattern).test(path);
}

/** Returns the edit of a path that keeps its form: with a leading `./`, or absolute in the repository. */
function targetEdit(
  { context }: PlanBuilder,
  text: YamlText,
  { target: { scalar }, move }: { readonly target: FileTarget; readonly move: Move },
): PlannedOffsetEdit | undefined {
  const { value } = scalar;
  const slash = Math.max(value.lastIndexOf('/'), value.lastIndexOf('\\')) + 1;
  const candidates = [
    `${value.slice(0, slash)}${basenameUri(move.to)}`,
    relativeTarget(value, text.uri, move.to),
    encodeURI(relativeTarget(value, text.uri, move.to)),
  ];
  for (const candidate of candidates) {
    const edit = scalarEdit(text, scalar, candidate);
    if (!edit) continue;
    const changed = new YamlText({
      uri: text.uri,
      version: 0,
      text: applyOffsetEdits(text.text, [edit]),
    });
    const leads = documentsOf(changed)
      .flatMap(placed => fileTargetsIn(placed, changed, context))
      .some(({ scalar: { start }, file }) => start === scalar.start && file === move.to);
    if (leads) return { ...edit, kind: 'target' };
  }
  return undefined;
}

function relativeTarget(written: string, base: string, to: string): string {
  const from = uriPath(dirnameUri(base)).split('/').filter(Boolean);
  const path = uriPath(to).split('/').filter(Boolean);
  let shared = 0;
  while (shared < from.length && shared < path.length - 1 && from[shared] === path[shared]) {
    shared++;
  }
  const relative = [...from.slice(shared).map(() => '..'), ...path.slice(shared)].join('/');
  return written.startsWith('./') && !relative.startsWith('..') ? `./${relative}` : relative;
}
