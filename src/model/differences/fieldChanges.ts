import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type Entity,
  type JsonObject,
  type JsonValue,
} from '..';
import { isEqualJson, isObject } from './json';

/** A field that came, went or has another value. A list is one field, whatever changed in it. */
export interface FieldChange {
  /** Keys from the root: `['spec', 'owner']`. */
  readonly path: readonly string[];
  /** Undefined where the field came. */
  readonly before: JsonValue | undefined;
  /** Undefined where the field went. */
  readonly after: JsonValue | undefined;
}

/** Which fields differ, in the order in which they stand in the entity. */
export function fieldChanges(before: Entity, after: Entity): readonly FieldChange[] {
  const changes: FieldChange[] = [];
  compare([], writtenPart(before), writtenPart(after), changes);
  return changes;
}

/** The entity as somebody wrote it, without what the catalog says of its place and relations. */
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
  // No annotations and none that count are the same.
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
  changes: FieldChange[],
): void {
  if (isEqualJson(before, after)) return;
  if (!isObject(before) || !isObject(after)) {
    changes.push({ path, before, after });
    return;
  }
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    compare([...path, key], own(before, key), own(after, key), changes);
  }
}

function own(value: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
