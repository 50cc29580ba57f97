import { isRecord, ownValue } from '../../../../../base';
import type { JsonObject, JsonValue } from '../../../../../model';
import { objectOf, textsOf } from './jsonParts';
import { allOfSchemas, withSchema } from './mergeSchemas';
import { guessedType, type SchemaScope, selectOptions } from './schemas';

/**
 * Resolves `$ref`, `dependencies`, `if` and `allOf` of a schema for a value. Variants (`oneOf`, `anyOf`) stay.
 * Source: `retrieveSchema` of `@rjsf/utils` 5.24.
 */
export function effectiveSchema(
  schema: JsonValue | undefined,
  value: JsonValue | undefined,
  scope: SchemaScope,
  refs: readonly string[] = [],
): JsonObject {
  scope.countSchema();
  if (!isRecord(schema)) return {};
  const { $ref: ref, ...local } = schema;
  if (typeof ref === 'string') {
    const target = refs.includes(ref) ? undefined : scope.resolveReference(ref);
    // Ignores broken and circular references. Validation reports them.
    return target ? effectiveSchema({ ...target, ...local }, value, scope, [...refs, ref]) : local;
  }
  if (isRecord(schema['dependencies'])) {
    return effectiveSchema(withDependencies(schema, value, scope), value, scope, refs);
  }
  if (isRecord(schema['if'])) {
    const { if: condition, then, else: otherwise, ...rest } = schema;
    const branch = scope.accepts(condition, value ?? {}) ? then : otherwise;
    const addition = effectiveSchema(branch, value, scope, refs);
    return effectiveSchema(withSchema(rest, addition), value, scope, refs);
  }
  const { allOf, ...rest } = schema;
  if (!Array.isArray(allOf)) return schema;
  return allOfSchemas([rest, ...allOf.map(one => effectiveSchema(one, value, scope, refs))]);
}

/** Applies the `dependencies` of fields that have a value. */
export function withDependencies(
  schema: JsonObject,
  value: JsonValue | undefined,
  scope: SchemaScope,
): JsonObject {
  const { dependencies, ...rest } = schema;
  const values = objectOf(value);
  let resolved: JsonObject = rest;
  let left = Object.entries(objectOf(dependencies)).filter(
    ([key]) => Object.hasOwn(values, key) && values[key] !== undefined,
  );
  for (;;) {
    const properties = resolved['properties'];
    // Dependencies of a field that another dependency may add come later.
    const next = left.find(([key]) => !isRecord(properties) || Object.hasOwn(properties, key));
    if (!next) return resolved;
    left = left.filter(entry => entry !== next);
    const [key, dependency] = next;
    scope.countSchema();
    if (Array.isArray(dependency)) {
      resolved = withSchema(resolved, { required: [...textsOf(dependency)] });
    } else if (isRecord(dependency)) {
      const { oneOf, ...addition } = effectiveSchema(dependency, values, scope);
      resolved = withSchema(resolved, addition);
      if (Array.isArray(oneOf))
        resolved = withMatchingDependency(resolved, { key, oneOf, values, scope });
    }
  }
}

interface Alternatives {
  readonly key: string;
  readonly oneOf: readonly JsonValue[];
  readonly values: JsonObject;
  readonly scope: SchemaScope;
}

/** Applies the schema whose field matches the current value, if there is exactly one. */
function withMatchingDependency(
  schema: JsonObject,
  { key, oneOf, values, scope }: Alternatives,
): JsonObject {
  const matching = oneOf.flatMap(one => {
    const choice = followReference(one, scope);
    const properties = objectOf(choice['properties']);
    const condition = ownValue(properties, key);
    if (!isRecord(condition)) return [];
    const test = { type: 'object', properties: { [key]: condition } };
    return scope.accepts(test, values) ? [choice] : [];
  });
  const [choice] = matching;
  if (!choice || matching.length > 1) return schema;
  const properties = Object.entries(objectOf(choice['properties'])).filter(
    ([name]) => name !== key,
  );
  const addition = { ...choice, properties: Object.fromEntries(properties) };
  return withSchema(schema, effectiveSchema(addition, values, scope));
}

/** Follows the `$ref` of a schema, and keeps the rest. */
export function followReference(schema: JsonValue | undefined, scope: SchemaScope): JsonObject {
  let followed = objectOf(schema);
  const refs = new Set<JsonValue>();
  for (;;) {
    const { $ref: ref, ...local } = followed;
    if (ref === undefined) return followed;
    const target = refs.has(ref) ? undefined : scope.resolveReference(ref);
    if (!target) return local;
    refs.add(ref);
    scope.countSchema();
    followed = { ...target, ...local };
  }
}

/** Variants of a schema. Undefined if it has none, or if they are values to select. */
export function variantsOf(schema: JsonObject): readonly JsonValue[] | undefined {
  const variants = [schema['oneOf'], schema['anyOf']].find(Array.isArray);
  return variants?.length && !selectOptions(schema) ? variants : undefined;
}

/** Index of the variant that fits a value best. Source: `getClosestMatchingOption` of `@rjsf/utils` 5.24. */
export function closestVariant(
  variants: readonly JsonValue[],
  value: JsonValue | undefined,
  scope: SchemaScope,
): number {
  const schemas = variants.map(variant => followReference(variant, scope));
  const fitting = schemas.flatMap((schema, index) =>
    mayMatch(schema, value, scope) ? [index] : [],
  );
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  const candidates = fitting.length > 0 ? fitting : schemas.map((_, index) => index);
  const scores = candidates.map(index => score(schemas[index] ?? {}, value, scope));
  const best = Math.max(0, ...scores);
  // The first variant if all scores are equal.
  if (scores.every(one => one === scores[0])) return 0;
  return candidates[scores.indexOf(best)] ?? 0;
}

/** Whether an incomplete value may fit: it has at least one field, and no invalid ones. */
function mayMatch(schema: JsonObject, value: JsonValue | undefined, scope: SchemaScope): boolean {
  if (value === undefined) return false;
  const { required: _required, ...lenient } = schema;
  if (!isRecord(schema['properties'])) return scope.accepts(schema, value);
  const names = Object.keys(schema['properties']);
  const hasSome = isRecord(value) && names.some(name => Object.hasOwn(value, name));
  return hasSome && scope.accepts(lenient, value);
}

function score(schema: JsonObject, value: JsonValue | undefined, scope: SchemaScope): number {
  scope.countSchema();
  const { properties } = schema;
  if (!isRecord(properties))
    return schema['type'] === guessedType(value) && value !== undefined ? 1 : 0;
  const values = objectOf(value);
  let total = 0;
  for (const [key, property] of Object.entries(properties)) {
    const field = followReference(property, scope);
    const own = ownValue(values, key);
    if (field['type'] === 'object') total += (isRecord(own) ? 1 : 0) + score(field, own, scope);
    else if (own !== undefined && field['type'] === guessedType(own)) {
      // Like rjsf, ignores falsy defaults and never considers lists equal.
      const wanted = field['default'] || field['const'];
      total += 1 + (wanted ? (wanted === own ? 1 : -1) : 0);
    }
  }
  return total;
}
