import { ownValue } from '../../base';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type Entity,
  type JsonObject,
  type JsonValue,
} from '..';

/** Serializes a value with sorted keys, so that equal values give equal texts. */
export function canonicalJson(value: JsonValue): string {
  return JSON.stringify(value, (_key, node: JsonValue) => (isObject(node) ? sorted(node) : node));
}

/** Whether two values are equal, regardless of the order of keys. */
export function isEqualJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => isEqualJson(item, b[index]))
    );
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(key => Object.hasOwn(b, key) && isEqualJson(a[key], b[key]))
  );
}

/** Whether a JSON value is an object, not an array and not null. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(value: JsonObject): JsonObject {
  // No prototype, so that a key named `__proto__` is an ordinary key.
  const result = Object.create(null) as JsonObject;
  for (const key of Object.keys(value).sort()) result[key] = value[key] ?? null;
  return result;
}

/** An added, removed or changed field. A list is one field. */
export interface FieldDifference {
  /** Keys from the root: `['spec', 'owner']`. */
  readonly path: readonly string[];
  /** Previous value; undefined for an added field. */
  readonly before: JsonValue | undefined;
  /** New value; undefined for a removed field. */
  readonly after: JsonValue | undefined;
}

/** Returns the fields that differ, in the order of the entity. */
export function fieldChanges(before: Entity, after: Entity): readonly FieldDifference[] {
  return recordChanges(writtenPart(before), writtenPart(after));
}

/** Returns the fields in which two objects differ. */
export function recordChanges(before: JsonObject, after: JsonObject): readonly FieldDifference[] {
  const changes: FieldDifference[] = [];
  compare([], before, after, changes);
  return changes;
}

/** Returns the entity as authored, without status, relations and the locations that the catalog adds. */
export function writtenPart({ apiVersion, kind, metadata, spec }: Entity): JsonObject {
  const { annotations, ...rest } = metadata;
  let written = annotations;
  if (isObject(annotations)) {
    const {
      [ANNOTATION_LOCATION]: _location,
      [ANNOTATION_ORIGIN_LOCATION]: _origin,
      ...others
    } = annotations;
    written = others;
  }
  // An empty annotations object equals a missing one.
  const isWritten = written !== undefined && !(isObject(written) && !Object.keys(written).length);
  return {
    apiVersion,
    kind,
    metadata: { ...rest, ...(isWritten && { annotations: written }) },
    ...(spec && { spec }),
  };
}

function compare(
  path: readonly string[],
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  changes: FieldDifference[],
): void {
  if (isEqualJson(before, after)) return;
  if (!isObject(before) || !isObject(after)) {
    changes.push({ path, before, after });
    return;
  }
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    compare([...path, key], ownValue(before, key), ownValue(after, key), changes);
  }
}

/** Maximum length of a value that is shown in full, in characters. */
const maxValueLength = 100;

/** Formats a value on one line. A long text is truncated and followed by its size. */
export function describeValue(value: JsonValue | undefined): string {
  if (value === undefined) return '(none)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text === '') return '""';
  if (text.length <= maxValueLength && !text.trimEnd().includes('\n')) return text.trimEnd();
  const size =
    typeof value === 'string'
      ? `${lines(value)}, ${text.length} characters`
      : `${text.length} characters`;
  const start = [...text.trimStart().slice(0, 40)].join('').split('\n')[0] ?? '';
  return `${start}… (${size})`;
}

/** Formats a changed field: the added and removed items of a list, otherwise both values. */
export function describeFieldChange(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): { readonly removed: readonly string[]; readonly added: readonly string[] } {
  const [olds = [], news = []] = [before, after];
  if (isListOfTexts(olds) && isListOfTexts(news)) {
    const removed = olds.filter(item => !news.includes(item));
    const added = news.filter(item => !olds.includes(item));
    // Otherwise only order or count changed, which the full lists show.
    if (removed.length || added.length) {
      return { removed: removed.map(describeValue), added: added.map(describeValue) };
    }
  }
  return {
    removed: before === undefined ? [] : [describeValue(before)],
    added: after === undefined ? [] : [describeValue(after)],
  };
}

function lines(text: string): string {
  const { length } = text.trimEnd().split('\n');
  return length === 1 ? '1 line' : `${length} lines`;
}

function isListOfTexts(value: JsonValue | undefined): value is string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}

/** Formats a path of keys: `spec.owner`, `metadata.annotations["a.b/c"]`. */
export function describePath(path: readonly string[]): string {
  return path
    .map((key, index) => {
      if (!/^[\w-]+$/.test(key)) return `[${JSON.stringify(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join('');
}
