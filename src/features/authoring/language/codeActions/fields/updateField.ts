import { ok, translate } from '../../../../../base';
import { LATEST_RELEASE } from '../../../../../model';
import { type OutdatedPart, outdatedParts } from '../../../../../model/releases';
import { flatMapInSlices } from '../../../../../platform/core';
import { changeParts, type OffsetEdit, replacement } from '../../../core/edits';
import { cursorAt } from '../../documents/cursor';
import type { YamlText } from '../../documents/yamlText';
import { type ActionSource, editAction } from '../actionSource';
import { editOfPart } from '../workspaceEdits';

/** The code of problems about fields that Backstage deprecated or removed. */
export const OUTDATED = 'deprecated-field';

/** Replaces or removes fields that Backstage deprecated, by the rules of `callboard upgrade`. */
export const updateField: ActionSource = ({ text, problems, diagnostics = [], signal }) =>
  flatMapInSlices(
    [
      ...problems.map(problem => ({ ...problem, problems: [problem], diagnostics: [] })),
      // The editor reports those of app-configs.
      ...diagnostics.map(diagnostic => ({
        ...diagnostic,
        problems: [],
        diagnostics: [diagnostic],
      })),
    ].filter(({ code }) => code === OUTDATED),
    signal,
    ({ range, problems: fixed, diagnostics: reported }) => {
      const found = updateAt(text, text.offsetAt(range.start));
      if (!found) return [];
      return editAction(text, found.edit, {
        title: titleOf(found.part),
        problems: fixed,
        diagnostics: reported,
        isPreferred: true,
      });
    },
  );

/** Returns the outdated part at an offset with its edit; undefined if it has to be changed by hand. */
export function updateAt(
  text: YamlText,
  offset: number,
): { readonly part: OutdatedPart; readonly edit: OffsetEdit | undefined } | undefined {
  const cursor = cursorAt(text, offset);
  if (!cursor) return undefined;
  const path = cursor.path.join('\0');
  // The problem's release is at most the latest one.
  const part = outdatedParts(cursor.placed.part.value, {
    to: LATEST_RELEASE,
    config: text.uri,
  }).find(outdated => outdated.changes.length > 0 && outdated.path.join('\0') === path);
  if (!part) return undefined;
  const edit = editOfPart(cursor.placed, (source, document) => {
    const changed = changeParts(source, { document, changes: part.changes });
    return changed.ok ? ok(replacement(source, changed.value)) : changed;
  });
  return edit && { part, edit };
}

function titleOf({ rule: { since }, name, changes }: OutdatedPart): string {
  const [change, other] = changes;
  if (change?.type === 'rename') return translate('Rename to {0}', change.to);
  if (change?.type === 'remove' && !other) return translate('Remove {0}', name);
  return translate('Update {0} for Backstage {1}', name, since);
}
