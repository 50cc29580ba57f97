import { isRecord } from '../../base';
import {
  applyOffsetEdits,
  type FieldValue,
  type OffsetEdit,
  replacement,
  setField,
} from '../../core/edits';
import type { Problem } from '../../model';
import { type KindRegistry, validateEntity } from '../../model/validation';
import { YamlPart } from '../documents/yamlPart';
import type { PlacedPart } from '../documents/yamlText';
import type { CodeActionRequest } from '../languageProvider';
import type { ActionSource, OfferedAction } from './actionSource';
import { type FieldValues, fieldValues } from './fieldValues';

/** The codes of problems that may be about a field that is not there. */
const CODES = ['invalid-envelope', 'invalid-metadata', 'invalid-spec'];

/** Puts a field where the schema of the kind demands it, with a value from the catalog. */
export const addMissingField: ActionSource = async request => {
  const { text, problems, context } = request;
  const about = problems.filter(({ code }) => CODES.includes(code));
  const placed = about[0] && text.partAt(text.offsetAt(about[0].range.start));
  if (!placed) return [];
  const missing = missingFields(placed.part.value, context.catalog.kinds).flatMap(
    ({ path, message }) => {
      const problem = about.find(told => told.message === message);
      return problem ? [{ path, problem }] : [];
    },
  );
  if (!missing.length) return [];
  const values = await fieldValues(request, placed);
  const single = missing.flatMap(({ path, problem }) =>
    addOne(request, { placed, path, problem, values }),
  );
  const all = addAll(request, { placed, problems: about, values });
  // One that was offered by itself is not all.
  return [...single, ...(all && (all.count > 1 || !single.length) ? [all.action] : [])];
};

interface MissingField {
  readonly path: readonly string[];
  readonly message: string;
}

function missingFields(value: unknown, kinds: KindRegistry): readonly MissingField[] {
  return validateEntity(value, { kinds }).flatMap(({ path, missing, message }) => {
    if (missing === undefined || path.some(segment => typeof segment === 'number')) return [];
    return [{ path: [...path.map(String), missing], message }];
  });
}

function addOne(
  { text }: CodeActionRequest,
  {
    placed,
    path,
    problem,
    values,
  }: {
    readonly placed: PlacedPart;
    readonly path: readonly string[];
    readonly problem: Problem;
    readonly values: FieldValues;
  },
): readonly OfferedAction[] {
  const field = path.join('.');
  const candidates = values(field);
  return candidates.flatMap((value): readonly OfferedAction[] => {
    const edit = setField(placed.part.source, { document: placed.part.documentIndex, path, value });
    if (!edit.ok || !edit.value) return [];
    return [
      {
        title: `Add ${field}${typeof value === 'string' ? `: ${value}` : ''}`,
        problems: [problem],
        isPreferred: candidates.length === 1,
        changes: [{ uri: text.uri, text: text.text, edits: [inFile(edit.value, placed)] }],
      },
    ];
  });
}

/** Nobody misses more, one in the other. */
const MOST_FIELDS = 20;

/** Adds fields, those of fields that were added included, until none is missing. */
function addAll(
  { text, context }: CodeActionRequest,
  {
    placed,
    problems,
    values,
  }: {
    readonly placed: PlacedPart;
    readonly problems: readonly Problem[];
    readonly values: FieldValues;
  },
): { readonly action: OfferedAction; readonly count: number } | undefined {
  const { kinds } = context.catalog;
  let part = placed.part;
  let count = 0;
  const mended = new Set<Problem>();
  while (count < MOST_FIELDS) {
    const [missing] = missingFields(part.value, kinds);
    if (!missing) break;
    const { path, value } = withValue(missing.path, part.value, kinds, values);
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
  values: FieldValues,
): { readonly path: readonly string[]; readonly value: FieldValue | undefined } {
  const [key = '', ...rest] = path;
  if (rest.length || !MAPS.includes(key)) return { path, value: values(path.join('.'))[0] };
  const below = missingFields({ ...(isRecord(document) && document), [key]: {} }, kinds).find(
    field => field.path[0] === key && field.path.length > 1,
  );
  return below ? { path: below.path, value: values(below.path.join('.'))[0] } : { path, value: {} };
}

const MAPS = ['metadata', 'spec'];

function inFile(edit: OffsetEdit, { start }: PlacedPart): OffsetEdit {
  return { ...edit, start: edit.start + start, end: edit.end + start };
}
