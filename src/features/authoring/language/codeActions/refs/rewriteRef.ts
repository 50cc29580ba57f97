import { CodeActionKind } from 'vscode-languageserver-types';
import { translate } from '../../../../../base';
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

/** Rewrites a ref in full, or in the shortest form for its field. */
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
    ...action(translate('Expand ref to {0}', full), full),
    ...(short === full ? [] : action(translate('Shorten ref to {0}', short), short)),
  ];
};

/** The maximum number of offered refs. */
const MAX_REFS = 3;

/** Adds the missing kind to a ref, if there is an entity with the name. */
export const qualifyRef: ActionSource = request => {
  const { text, problems, context, signal } = request;
  return flatMapInSlices(problems, signal, (problem): readonly OfferedAction[] => {
    if (problem.code !== 'invalid-reference') return [];
    const ref = refAt(text, text.offsetAt(problem.range.start), context.catalog.kinds);
    const candidates = ref ? refCandidates(ref, request) : [];
    return candidates.flatMap(other =>
      editAction(text, suggestionEdit(text, problem, other), {
        title: translate('Change to "{0}"', other),
        problems: [problem],
        isPreferred: candidates.length === 1,
      }),
    );
  });
};

/** Returns existing refs that a ref without a kind may mean, of the kinds allowed in the field. */
export function refCandidates(
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

/** A schema error. */
interface Objection extends SchemaIssue {
  /** Whether only the engine has the schema. */
  readonly isEngineOnly: boolean;
}

/**
 * Returns the schema errors of a document. Schemas of the organization's kinds are in the engine only, so their errors
 * are taken from its problems.
 */
export function objectionsTo(
  document: unknown,
  kinds: KindRegistry,
  problems: readonly Problem[],
): readonly Objection[] {
  const issues = validateEntity(document, { kinds }).map(issue => ({
    ...issue,
    isEngineOnly: false,
  }));
  const known = new Set(issues.map(({ message }) => message));
  return [
    ...issues,
    ...problems.flatMap(({ code, message }): readonly Objection[] => {
      const isEngineOnly = code === 'invalid-spec' && !known.has(message);
      const issue = isEngineOnly ? readSchemaIssue(message, document) : undefined;
      return issue ? [{ ...issue, isEngineOnly }] : [];
    }),
  ];
}
