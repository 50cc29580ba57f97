import { isRecord } from '../../../../../base';
import type { Problem } from '../../../../../model';
import { type KindRegistry, validateEntity } from '../../../../../model/validation';
import {
  applyOffsetEdits,
  type FieldValue,
  type OffsetEdit,
  removeField,
  replacement,
  setField,
  withoutField,
} from '../../../core/edits';
import { YamlPart } from '../../documents/yamlPart';
import type { PlacedPart } from '../../documents/yamlText';
import type { CodeActionRequest } from '../../languageProvider';
import type { ActionSource, OfferedAction } from '../actionSource';
import { objectionsTo } from '../refs/objections';
import { editOfPart } from '../workspaceEdits';
import { type FieldValues, fieldValues } from './fieldValues';
import { valueAt } from './valueAt';

/** The codes of problems that may be about a field that is not there. */
const CODES = ['invalid-envelope', 'invalid-metadata', 'invalid-spec'];

/** What is done to one document. */
interface Target {
  readonly placed: PlacedPart;
  readonly values: FieldValues;
}

/**
 * Gives fields that the schema of the kind demands a value from the catalog, whether they are not there
 * or hold nothing; those that hold nothing and are not demanded are taken away.
 */
export const addMissingField: ActionSource = async request => {
  const { text, problems, context } = request;
  const about = problems.filter(({ code }) => CODES.includes(code));
  const placed = about[0] && text.partAt(text.offsetAt(about[0].range.start));
  if (!placed) return [];
  const wanted = wantedFields(placed.part.value, context.catalog.kinds, about).flatMap(field => {
    const problem = about.find(told => told.message === field.message);
    return problem ? [{ field, problem }] : [];
  });
  if (!wanted.length) return [];
  const target = { placed, values: await fieldValues(request, placed) };
  const single = wanted.flatMap(({ field, problem }) => {
    const one = { ...target, field, problem };
    const set = field.isDemanded === false ? [] : setOne(request, one);
    return set.length || field.isDemanded ? set : removeOne(request, one);
  });
  const all = wanted.some(({ field }) => field.isDemanded)
    ? addAll(request, { ...target, problems: about })
    : undefined;
  // One that was offered by itself is not all.
  return [...single, ...(all && (all.count > 1 || !single.length) ? [all.action] : [])];
};

interface SingleField extends Target {
  readonly field: WantedField;
  readonly problem: Problem;
}

function setOne(
  { text }: CodeActionRequest,
  { placed, values, field, problem }: SingleField,
): readonly OfferedAction[] {
  const { path, isEmpty } = field;
  const name = path.join('.');
  const candidates = values.of(name, placed.part);
  return candidates.flatMap((value): readonly OfferedAction[] => {
    const edit = editOfPart(placed, (source, document) =>
      setField(source, { document, path, value }),
    );
    if (!edit) return [];
    const written = typeof value === 'string' ? value : undefined;
    return [
      {
        title: isEmpty
          ? `Set ${name}${written === undefined ? '' : ` to ${written}`}`
          : `Add ${name}${written === undefined ? '' : `: ${written}`}`,
        problems: [problem],
        isPreferred: candidates.length === 1,
        changes: [{ uri: text.uri, text: text.text, edits: [edit] }],
      },
    ];
  });
}

function removeOne(
  { text }: CodeActionRequest,
  { placed, field: { path }, problem }: SingleField,
): readonly OfferedAction[] {
  const edit = editOfPart(placed, (source, document) => removeField(source, { document, path }));
  if (!edit) return [];
  return [
    {
      title: `Remove ${path.join('.')}`,
      problems: [problem],
      changes: [{ uri: text.uri, text: text.text, edits: [edit] }],
    },
  ];
}

/** Nobody misses more, one in the other. */
const MOST_FIELDS = 20;

/** Adds fields, those of fields that were added included, until none is missing. */
function addAll(
  { text, context }: CodeActionRequest,
  { placed, problems, values }: Target & { readonly problems: readonly Problem[] },
): { readonly action: OfferedAction; readonly count: number } | undefined {
  const { kinds } = context.catalog;
  const isNew = !hasFields(placed.part.value);
  const valueOf = (path: readonly string[]): FieldValue | undefined => {
    const field = path.join('.');
    return values.of(field, part)[0] ?? (isNew ? values.stub(field, part) : undefined);
  };
  let part = placed.part;
  let count = 0;
  const mended = new Set<Problem>();
  while (count < MOST_FIELDS) {
    const missing = wantedFields(part.value, kinds).find(({ isDemanded }) => isDemanded);
    if (!missing) break;
    const { path, value } = withValue(missing.path, part.value, kinds, valueOf);
    if (value === undefined) return undefined;
    const edit = setField(part.source, { document: part.documentIndex, path, value });
    if (!edit.ok || !edit.value) return undefined;
    part = new YamlPart(applyOffsetEdits(part.source, [edit.value]));
    count++;
    for (const problem of problems) if (problem.message === missing.message) mended.add(problem);
  }
  const edit = replacement(placed.part.source, part.source);
  if (!edit) return undefined;
  const action = {
    title: 'Add all missing fields',
    problems: [...mended],
    changes: [{ uri: text.uri, text: text.text, edits: [inFile(edit, placed)] }],
  };
  return { action, count };
}

/** A map that is missing comes with the first of the fields that it has to have. */
function withValue(
  path: readonly string[],
  document: unknown,
  kinds: KindRegistry,
  valueOf: (path: readonly string[]) => FieldValue | undefined,
): { readonly path: readonly string[]; readonly value: FieldValue | undefined } {
  const [key = '', ...rest] = path;
  if (rest.length || !MAPS.includes(key)) return { path, value: valueOf(path) };
  const below = wantedFields({ ...(isRecord(document) && document), [key]: {} }, kinds).find(
    field => field.path[0] === key && field.path.length > 1,
  );
  return below ? { path: below.path, value: valueOf(below.path) } : { path, value: {} };
}

/** Whether there is anything in the spec of a document. */
function hasFields(document: unknown): boolean {
  const spec = isRecord(document) ? document['spec'] : undefined;
  return isRecord(spec) && Object.keys(spec).length > 0;
}

const MAPS = ['metadata', 'spec'];

function inFile(edit: OffsetEdit, { start }: PlacedPart): OffsetEdit {
  return { ...edit, start: edit.start + start, end: edit.end + start };
}

/** A field that a schema objects to, as it is not there or holds nothing. */
interface WantedField {
  readonly path: readonly string[];
  /** As the problem has it that tells of the field. */
  readonly message: string;
  /** Whether its key is there, with nothing behind it. */
  readonly isEmpty: boolean;
  /** Whether the kind demands the field; undefined where that isn't known. */
  readonly isDemanded: boolean | undefined;
}

/**
 * Fields of maps; what items of lists lack, nobody can guess.
 *
 * @param problems - what the engine says of the document
 */
function wantedFields(
  document: unknown,
  kinds: KindRegistry,
  problems: readonly Problem[] = [],
): readonly WantedField[] {
  return objectionsTo(document, kinds, problems).flatMap((issue): readonly WantedField[] => {
    const { path, missing, message, isTold } = issue;
    if (path.some(segment => typeof segment === 'number')) return [];
    const keys = path.map(String);
    if (missing !== undefined) {
      return [{ path: [...keys, missing], message, isEmpty: false, isDemanded: true }];
    }
    if (!keys.length || !isNothing(valueAt(document, keys))) return [];
    const isDemanded = isTold ? undefined : demandOf(keys, document, kinds);
    return [{ path: keys, message, isEmpty: true, isDemanded }];
  });
}

/** `key:` alone is null. */
function isNothing(value: unknown): boolean {
  return value === null || value === '';
}

function demandOf(path: readonly string[], document: unknown, kinds: KindRegistry): boolean {
  const field = path.join('.');
  return validateEntity(withoutField(document, path), { kinds }).some(
    issue => issue.missing !== undefined && [...issue.path, issue.missing].join('.') === field,
  );
}
