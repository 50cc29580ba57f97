import { CodeActionKind } from 'vscode-languageserver-types';
import { type Problem, readEntityRef, shortenEntityRef } from '../../../../../model';
import {
  type KindRegistry,
  readSchemaIssue,
  type SchemaIssue,
  validateEntity,
} from '../../../../../model/validation';
import { flatMapInSlices } from '../../../../../platform/core';
import { replaceValue } from '../../../core/edits';
import { refAt, type WrittenRef } from '../../descriptors/writtenRefs';
import type { CodeActionRequest } from '../../languageProvider';
import { type ActionSource, editAction, type OfferedAction } from '../actionSource';
import { suggestionEdit } from '../fields/useSuggestion';
import { editOfPart, positionInPart } from '../workspaceEdits';

/** A ref in full, and in the shortest form that means the same in its field. */
export const rewriteRef: ActionSource = ({ text, range, context }) => {
  const ref = refAt(text, text.offsetAt(range.start), context.catalog.kinds);
  if (!ref?.target) return [];
  const { placed, scalar, field, target } = ref;
  const { kind, namespace, name } = { ...target, kind: target.kind.toLowerCase() };
  const full = `${kind}:${namespace}/${name}`;
  const short = shortenEntityRef({ kind, namespace, name }, field);
  const position = positionInPart(placed, scalar.start);
  const action = (title: string, value: string): readonly OfferedAction[] => {
    if (value === scalar.value) return [];
    const edit = editOfPart(placed, source => replaceValue(source, position, value));
    return editAction(text, edit, { title, kind: CodeActionKind.RefactorRewrite });
  };
  return [
    ...action(`Write the ref in full: ${full}`, full),
    ...(short === full ? [] : action(`Shorten the ref: ${short}`, short)),
  ];
};

/** More are no choice. */
const MAX_REFS = 3;

/** Puts the kind before a ref that has to name it and does not, where there is an entity of that name. */
export const qualifyRef: ActionSource = request => {
  const { text, problems, context, signal } = request;
  return flatMapInSlices(problems, signal, (problem): readonly OfferedAction[] => {
    if (problem.code !== 'invalid-reference') return [];
    const ref = refAt(text, text.offsetAt(problem.range.start), context.catalog.kinds);
    const meant = ref ? meantBy(ref, request) : [];
    return meant.flatMap(other =>
      editAction(text, suggestionEdit(text, problem, other), {
        title: `Change to "${other}"`,
        problems: [problem],
        isPreferred: meant.length === 1,
      }),
    );
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

/** What a schema objects to. */
interface Objection extends SchemaIssue {
  /** Whether the engine alone has the schema. */
  readonly isTold: boolean;
}

/**
 * What schemas object to in a document. Those of the organisation's kinds are with the engine alone, whose
 * problems say what they object to.
 */
export function objectionsTo(
  document: unknown,
  kinds: KindRegistry,
  problems: readonly Problem[],
): readonly Objection[] {
  const issues = validateEntity(document, { kinds }).map(issue => ({ ...issue, isTold: false }));
  const known = new Set(issues.map(({ message }) => message));
  return [
    ...issues,
    ...problems.flatMap(({ code, message }): readonly Objection[] => {
      const isTold = code === 'invalid-spec' && !known.has(message);
      const issue = isTold ? readSchemaIssue(message, document) : undefined;
      return issue ? [{ ...issue, isTold }] : [];
    }),
  ];
}
