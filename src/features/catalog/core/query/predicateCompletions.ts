import type { CatalogService } from '../../../../api';
import { type Disposable, getOrInsert, isRecord } from '../../../../base';
import { logicalOperators, splitPredicates, valueOperators } from '../../../../model/predicates';
import { finishInSlices } from '../../../../platform/core';

/** A proposal for the text before the caret. */
export interface PredicateCompletion {
  /** Field, operator or value. */
  readonly label: string;
  /** Number of entities with the field or value; undefined for operators. */
  readonly count?: number;
  /** The whole text up to the caret, with the proposal. */
  readonly text: string;
}

/** Values of a field, with the number of entities. */
interface Field {
  count: number;
  isList: boolean;
  readonly values: Map<string, number>;
}

const MAX_ITEMS = 50;
const MAX_FIELDS = 500;
const MAX_VALUES = 200;
/** In characters; longer values are prose. */
const LONGEST_VALUE = 80;
const MAX_DEPTH = 4;

/** Where the caret is in a predicate. */
interface Place {
  /** Offset of the token to replace, including its quote. */
  readonly from: number;
  /** Text of the token so far. */
  readonly typed: string;
  /** Whether the token begins with a quote. */
  readonly isQuoted: boolean;
  readonly isKey: boolean;
  /** Keys of the objects around the caret, the innermost last. */
  readonly keys: readonly string[];
  /** Whether the innermost object has keys already. */
  readonly isFirst: boolean;
}

type CatalogFields = Pick<CatalogService, 'getEntityRefs' | 'getEntityByRef' | 'onDidChange'>;

/** Completes predicates in the text of a filter: `where:{"spec.ty`. */
export class PredicateCompleter implements Disposable {
  readonly #catalog: CatalogFields;
  readonly #changes: Disposable;
  #fields: Promise<ReadonlyMap<string, Field>> | undefined;
  #stop = new AbortController();

  constructor(catalog: CatalogFields) {
    this.#catalog = catalog;
    this.#changes = catalog.onDidChange(() => (this.#fields = undefined));
  }

  /**
   * Returns proposals for fields, operators and values. Empty outside of predicates.
   *
   * @param text - up to the caret
   * @throws the signal's reason once it is aborted
   */
  async complete(text: string, signal: AbortSignal): Promise<readonly PredicateCompletion[]> {
    const place = placeIn(text);
    if (!place) return [];
    this.#fields ??= finishInSlices(collectFields(this.#catalog), this.#stop.signal);
    const fields = await this.#fields;
    signal.throwIfAborted();
    const typed = place.typed.toLowerCase();
    return proposals(place, fields)
      .filter(({ label }) => label.toLowerCase().includes(typed))
      .sort((a, b) => Number(startsWith(b, typed)) - Number(startsWith(a, typed)))
      .slice(0, MAX_ITEMS)
      .map(({ written, ...proposal }) => ({
        ...proposal,
        text: text.slice(0, place.from) + written,
      }));
  }

  dispose(): void {
    this.#changes.dispose();
    this.#stop.abort();
  }
}

function startsWith({ label }: { readonly label: string }, typed: string): boolean {
  return label.toLowerCase().startsWith(typed);
}

interface Proposal extends Pick<PredicateCompletion, 'label' | 'count'> {
  readonly written: string;
}

function proposals(
  { isKey, isQuoted, keys, isFirst }: Place,
  fields: ReadonlyMap<string, Field>,
): readonly Proposal[] {
  const path = keys.findLast(key => !key.startsWith('$'));
  const field = fields.get(path ?? '');
  const operator = keys.at(-1);
  const isOfField = operator !== undefined && operator === path;
  if (isKey) {
    // Operators must be the only key of their object.
    const operators = isFirst ? operatorsOf(path === undefined ? undefined : field) : [];
    if (isOfField) return operators;
    if (path !== undefined) return [];
    const named = [...fields].map(([label, { count }]) => ({
      label,
      count,
      written: `${JSON.stringify(label)}: `,
    }));
    return [...named, ...operators];
  }
  if (operator === '$exists') return ['true', 'false'].map(label => ({ label, written: label }));
  if (path === undefined) return [];
  const values = [...(field?.values ?? [])]
    .sort(([, a], [, b]) => b - a)
    .map(([label, count]) => ({ label, count, written: JSON.stringify(label) }));
  // A begun text is no operator.
  if (!isOfField || isQuoted) return values;
  const operators = operatorsOf(field).map(({ label, written }) => ({
    label,
    written: `{${written}`,
  }));
  return field?.isList ? operators : [...values, ...operators];
}

/** Text after an operator that takes a list or an object. */
const OPENING: ReadonlyMap<string, string> = new Map([
  ['$all', '[{'],
  ['$any', '[{'],
  ['$in', '['],
  ['$not', '{'],
]);

/** @param field - undefined for operators that combine predicates */
function operatorsOf(field: Field | undefined): readonly Proposal[] {
  const names: readonly string[] = field
    ? valueOperators.filter(name =>
        name === '$exists' ? true : (name === '$contains') === field.isList,
      )
    : logicalOperators;
  return names.map(label => ({ label, written: `"${label}": ${OPENING.get(label) ?? ''}` }));
}

/** Counts the fields of entities and their values. */
function* collectFields(catalog: CatalogFields): Generator<void, ReadonlyMap<string, Field>> {
  const fields = new Map<string, Field>();
  const add = (path: string, value: unknown, depth: number): void => {
    if (isRecord(value)) {
      if (depth >= MAX_DEPTH) return;
      for (const [key, child] of Object.entries(value)) {
        add(path === '' ? key : `${path}.${key}`, child, depth + 1);
      }
      return;
    }
    if (!fields.has(path) && fields.size >= MAX_FIELDS) return;
    const isList = Array.isArray(value);
    const field = getOrInsert(fields, path, () => ({ count: 0, isList, values: new Map() }));
    field.count++;
    field.isList ||= isList;
    for (const item of isList ? (value as readonly unknown[]) : [value]) {
      if (typeof item !== 'string' || item.length > LONGEST_VALUE) continue;
      const known = field.values.get(item);
      if (known !== undefined || field.values.size < MAX_VALUES) {
        field.values.set(item, (known ?? 0) + 1);
      }
    }
  };
  for (const ref of catalog.getEntityRefs()) {
    add('', catalog.getEntityByRef(ref) ?? {}, 0);
    yield;
  }
  return new Map([...fields].sort(([, a], [, b]) => b.count - a.count));
}

/** An object or list around the caret. */
interface Level {
  readonly isList: boolean;
  key?: string | undefined;
  isKeyNext: boolean;
  isFirst: boolean;
}

/** Returns undefined if the text doesn't end in a predicate, or where nothing can be proposed. */
function placeIn(text: string): Place | undefined {
  const last = splitPredicates(text).terms.at(-1);
  if (!last || !text.trimEnd().endsWith(last.text)) return undefined;
  const levels: Level[] = [];
  let at = text.trimEnd().length - last.text.length;
  let token = text.length;
  for (; at < text.length; at++) {
    const char = text[at] ?? '';
    const top = levels.at(-1);
    if (char === '{' || char === '[') {
      levels.push({ isList: char === '[', isKeyNext: char === '{', isFirst: true });
    } else if (char === '}' || char === ']') {
      levels.pop();
      if (levels.length === 0) return undefined;
    } else if (char === ',' && top) {
      top.isKeyNext = !top.isList;
      top.isFirst = false;
      if (!top.isList) top.key = undefined;
    } else if (char === '"') {
      const end = endOfString(text, at);
      if (end === undefined) {
        token = at;
        break;
      }
      if (top?.isKeyNext) {
        top.key = text.slice(at + 1, end);
        top.isKeyNext = false;
      } else if (text.slice(end + 1).trim() === '') return undefined;
      at = end;
    }
  }
  const top = levels.at(-1);
  if (!top) return undefined;
  const isKey = top.isKeyNext;
  // After a key without its colon, and after a value, nothing fits.
  if (token === text.length && !/[{[,:]\s*$/.test(text)) return undefined;
  return {
    from: token,
    typed: text.slice(token + 1),
    isQuoted: token < text.length,
    isKey,
    keys: levels.flatMap(({ key }) => key ?? []),
    isFirst: top.isFirst,
  };
}

/** Returns the offset of the closing quote. */
function endOfString(text: string, from: number): number | undefined {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return undefined;
}
