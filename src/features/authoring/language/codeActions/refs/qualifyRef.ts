import { readEntityRef } from '../../../../../model';
import { flatMapInSlices } from '../../../../../platform/core';
import { refAt, type WrittenRef } from '../../descriptors/writtenRefs';
import type { CodeActionRequest } from '../../languageProvider';
import type { ActionSource, OfferedAction } from '../actionSource';
import { suggestionEdit } from '../fields/useSuggestion';

/** More are no choice. */
const MAX_REFS = 3;

/** Puts the kind before a ref that has to name it and does not, where there is an entity of that name. */
export const qualifyRef: ActionSource = request => {
  const { text, problems, context, signal } = request;
  return flatMapInSlices(problems, signal, (problem): readonly OfferedAction[] => {
    if (problem.code !== 'invalid-reference') return [];
    const ref = refAt(text, text.offsetAt(problem.range.start), context.catalog.kinds);
    const meant = ref ? meantBy(ref, request) : [];
    return meant.flatMap((other): readonly OfferedAction[] => {
      const edit = suggestionEdit(text, problem, other);
      if (!edit) return [];
      return [
        {
          title: `Change to "${other}"`,
          problems: [problem],
          isPreferred: meant.length === 1,
          changes: [{ uri: text.uri, text: text.text, edits: [edit] }],
        },
      ];
    });
  });
};

/** What a ref that lacks its kind may mean: refs to what exists, of the kinds that the field is for. */
export function meantBy(
  { field, scalar, target }: WrittenRef,
  { context: { catalog } }: CodeActionRequest,
): readonly string[] {
  if (target) return [];
  const { defaultNamespace } = field;
  const kinds = field.kinds ?? catalog.kinds.knownKinds().map(({ kind }) => kind);
  const found = kinds.flatMap(kind => {
    const read = readEntityRef(scalar.value, { defaultKind: kind, defaultNamespace });
    if (!read.ok) return [];
    return catalog.nearest(read.value, { defaultNamespace }).filter(other => {
      const nearest = readEntityRef(other, { defaultNamespace });
      return nearest.ok && nearest.value.kind.toLowerCase() === kind.toLowerCase();
    });
  });
  return [...new Set(found)].slice(0, MAX_REFS);
}
