import { translate } from '../../../../../base';
import type { Problem } from '../../../../../model';
import type { SchemaIssue } from '../../../../../model/validation';
import { replaceValue, setField } from '../../../core/edits';
import { refAt, type WrittenRef } from '../../descriptors/writtenRefs';
import type { PlacedPart } from '../../documents/yamlText';
import type { CodeActionRequest } from '../../languageProvider';
import { type ActionSource, editAction, type OfferedAction } from '../actionSource';
import { refCandidates, objectionsTo } from '../refs/rewriteRef';
import { editOfPart, positionInPart } from '../workspaceEdits';
import { valueAt } from './addMissingField';

/** Codes of problems that may be about the type of a value. */
const CODES = ['invalid-envelope', 'invalid-metadata', 'invalid-spec'];

/** Converts a text to a list, or a number to a text, as the schema requires. */
export const changeType: ActionSource = request => {
  const { text, problems, context } = request;
  return problems.flatMap((problem): readonly OfferedAction[] => {
    if (!CODES.includes(problem.code)) return [];
    const placed = text.partAt(text.offsetAt(problem.range.start));
    const { value } = placed.part;
    const objections = objectionsTo(value, context.catalog.kinds, problems);
    const issue = objections.find(
      ({ message, expectedType }) => expectedType !== undefined && message === problem.message,
    );
    if (!issue) return [];
    const written = valueAt(value, issue.path);
    const wrong = { placed, problem, issue };
    if (issue.expectedType === 'array' && typeof written === 'string') {
      return asList(request, { ...wrong, written });
    }
    if (issue.expectedType !== 'string' || !isLiteral(written)) return [];
    const place = issue.path.join('/');
    const isForbidden = objections.some(
      ({ path, allowedValues }) =>
        path.join('/') === place && allowedValues?.includes(String(written)) === false,
    );
    return isForbidden ? [] : asText(request, wrong);
  });
};

interface WrongType {
  readonly placed: PlacedPart;
  readonly problem: Problem;
  readonly issue: SchemaIssue;
}

function asList(
  request: CodeActionRequest,
  { placed, problem, issue, written }: WrongType & { readonly written: string },
): readonly OfferedAction[] {
  const { text, context } = request;
  if (issue.path.some(segment => typeof segment === 'number')) return [];
  const path = issue.path.map(String);
  const ref = refAt(text, text.offsetAt(problem.range.start), context.catalog.kinds);
  const candidates = ref ? refCandidates(ref, request) : [];
  const lists = candidates.length
    ? candidates.map(other => [other])
    : [hasNoCommas(path, ref) ? itemsOf(written) : [written]];
  return lists.flatMap((items): readonly OfferedAction[] => {
    if (!items.length) return [];
    const edit = editOfPart(placed, (source, document) =>
      setField(source, { document, path, value: items }),
    );
    return editAction(text, edit, {
      title: candidates.length
        ? translate('Make {0} a list of {1}', path.join('.'), items.join(', '))
        : translate('Make {0} a list', path.join('.')),
      problems: [problem],
      isPreferred: lists.length === 1,
    });
  });
}

/** Whether values of the field have no commas: refs and tags have none, but file names may. */
function hasNoCommas(path: readonly string[], ref: WrittenRef | undefined): boolean {
  return ref !== undefined || path.join('.') === 'metadata.tags';
}

function itemsOf(text: string): readonly string[] {
  return text
    .split(',')
    .map(item => item.trim())
    .filter(Boolean);
}

function asText(
  { text }: CodeActionRequest,
  { placed, problem }: WrongType,
): readonly OfferedAction[] {
  const start = text.offsetAt(problem.range.start);
  const written = text.text.slice(start, text.offsetAt(problem.range.end));
  const position = positionInPart(placed, start);
  const edit = editOfPart(placed, source => replaceValue(source, position, written));
  return editAction(text, edit, {
    title: translate('Convert to text: "{0}"', written),
    problems: [problem],
    isPreferred: true,
  });
}

function isLiteral(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}
