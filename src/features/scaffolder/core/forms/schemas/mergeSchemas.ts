import { isRecord } from '../../../../../base';
import type { JsonObject, JsonValue } from '../../../../../model';

type Merge = (one: JsonValue, other: JsonValue, key: string) => JsonValue;

/**
 * Merges an addition into a schema, and prefers the addition's values. Source: `mergeSchemas` of `@rjsf/utils`
 * 5.24, which applies dependencies and conditions.
 */
export function withSchema(schema: JsonObject, addition: JsonObject): JsonObject {
  return mergeObjects(schema, addition, (one, other, key) => {
    if (key === 'required') return union(one, other);
    return isRecord(one) && isRecord(other) ? withSchema(one, other) : other;
  });
}

/**
 * Merges schemas of an `allOf`. Source: `json-schema-merge-allof`, which `@rjsf/utils` uses. Keywords without a
 * rule keep the first value; validation uses the original schemas.
 */
export function allOfSchemas(schemas: readonly JsonObject[]): JsonObject {
  return schemas.reduce((all, schema) => mergeObjects(all, schema, mergeKeyword), {});
}

function mergeKeyword(one: JsonValue, other: JsonValue, key: string): JsonValue {
  const rule = rules.get(key);
  if (rule) return rule(one, other, key);
  // Backstage extracts `ui:` keys and lets later ones win.
  return key.startsWith('ui:') ? other : one;
}

const strictest =
  (choose: (one: number, other: number) => number): Merge =>
  (one, other) =>
    typeof one === 'number' && typeof other === 'number' ? choose(one, other) : one;

const schema: Merge = (one, other) => {
  if (isRecord(one) && isRecord(other)) return allOfSchemas([one, other]);
  return one === false || other === true ? one : other;
};

const schemasByKey: Merge = (one, other) =>
  isRecord(one) && isRecord(other) ? mergeObjects(one, other, schema) : one;

const intersection: Merge = (one, other) => {
  const others = new Set([other].flat().map(value => JSON.stringify(value)));
  const common = [one].flat().filter(value => others.has(JSON.stringify(value)));
  return Array.isArray(one) || Array.isArray(other) ? common : (common[0] ?? one);
};

const rules: ReadonlyMap<string, Merge> = new Map<string, Merge>([
  ['required', union],
  ['properties', schemasByKey],
  ['patternProperties', schemasByKey],
  ['definitions', schemasByKey],
  ['$defs', schemasByKey],
  ['items', schema],
  ['additionalProperties', schema],
  ['additionalItems', schema],
  ['enum', intersection],
  ['minimum', strictest(Math.max)],
  ['exclusiveMinimum', strictest(Math.max)],
  ['minLength', strictest(Math.max)],
  ['minItems', strictest(Math.max)],
  ['minProperties', strictest(Math.max)],
  ['maximum', strictest(Math.min)],
  ['exclusiveMaximum', strictest(Math.min)],
  ['maxLength', strictest(Math.min)],
  ['maxItems', strictest(Math.min)],
  ['maxProperties', strictest(Math.min)],
  ['uniqueItems', (one, other) => one === true || other === true],
]);

function union(one: JsonValue, other: JsonValue): JsonValue {
  return [...new Set([one, other].flat())];
}

function mergeObjects(one: JsonObject, other: JsonObject, merge: Merge): JsonObject {
  const entries = new Map(Object.entries(one));
  for (const [key, value] of Object.entries(other)) {
    const before = entries.get(key);
    entries.set(key, before === undefined ? value : merge(before, value, key));
  }
  return Object.fromEntries(entries);
}
