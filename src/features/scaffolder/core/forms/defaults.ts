import { isRecord, ownValue } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';
import { sanitizeValue, type FormScope, type Place } from './formScope';
import {
  closestVariant,
  followReference,
  effectiveSchema,
  withDependencies,
} from './schemas/effectiveSchema';
import { listOf, numberOf, objectOf, textsOf } from './schemas/jsonParts';
import { withSchema } from './schemas/mergeSchemas';
import {
  equals,
  isMultiSelect,
  itemSchemaAt,
  MAX_DEPTH,
  selectOptions,
  typeOf,
} from './schemas/schemas';

/** Maximum number of items to create for `minItems`. */
const MAX_ITEMS = 1_000;

interface Filling extends Place {
  /** Default from schemas around it. */
  readonly inherited: JsonValue | undefined;
}

/**
 * Fills in the defaults of a schema. Source: `getDefaultFormState` of `@rjsf/utils` 5.24, as Backstage's form
 * calls it: with `allOf: 'populateDefaults'`.
 */
export function withDefaults(
  schema: JsonObject,
  value: JsonValue | undefined,
  scope: FormScope,
  place: Place = { path: [], nesting: 0, depth: 0 },
): JsonValue | undefined {
  const effective = effectiveSchema(schema, value, scope);
  return filled(effective, value, scope, { ...place, inherited: undefined });
}

function filled(
  referring: JsonObject,
  value: JsonValue | undefined,
  scope: FormScope,
  filling: Filling,
): JsonValue | undefined {
  scope.countSchema();
  const { depth, nesting } = filling;
  if (depth > MAX_DEPTH) return value;
  const schema = followReference(referring, scope);
  const hasVariants = schema['oneOf'] !== undefined || schema['anyOf'] !== undefined;
  const { const: constant, default: own } = schema;
  let { inherited } = filling;
  if (constant !== undefined) inherited = constant;
  else if (isRecord(inherited) && isRecord(own)) inherited = { ...inherited, ...own };
  else if (own !== undefined && !hasVariants) inherited = own;
  else if (isRecord(schema['dependencies'])) {
    const { dependencies: _dependencies, ...rest } = schema;
    const known = filled(rest, value, scope, { ...filling, depth: depth + 1 });
    const resolved = withDependencies(schema, known, scope);
    return filled(resolved, value, scope, { ...filling, depth: depth + 1 });
  } else if (hasVariants) {
    const { oneOf, anyOf, ...rest } = schema;
    const choices = [oneOf, anyOf].find(one => Array.isArray(one)) ?? [];
    const chosen = scope.selectedVariant(schema, value, filling);
    const left = chosen?.isUserSelected ? sanitizeValue(value, schema, chosen) : value;
    // The first variant is selected by default.
    const selected = chosen?.selected ?? closestVariant(choices, value ?? own, scope);
    const choice = followReference(choices[selected], scope);
    return filled(withSchema(rest, choice), left, scope, {
      ...filling,
      depth: depth + 1,
      nesting: nesting + 1,
    });
  }
  inherited ??= own;
  switch (typeOf(schema)) {
    case 'object':
      if (value === undefined || isRecord(value)) {
        return filledObject(schema, value, scope, { ...filling, inherited });
      }
      return value ?? inherited;
    case 'array':
      // Ignores a default that is not a list.
      if (Array.isArray(value) || (value === undefined && isListLike(inherited))) {
        return filledList(schema, value, scope, { ...filling, inherited });
      }
      return value ?? inherited;
    default:
      return filledValue(schema, value, inherited);
  }
}

function isListLike(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || Array.isArray(value);
}

function filledValue(
  schema: JsonObject,
  value: JsonValue | undefined,
  inherited: JsonValue | undefined,
): JsonValue | undefined {
  if (value === null || value === undefined) return inherited ?? value;
  const options = schema['const'] === undefined ? selectOptions(schema) : undefined;
  const isOffered = !options || options.some(option => equals(option.value, value));
  return isOffered ? value : (inherited ?? value);
}

function filledObject(
  schema: JsonObject,
  value: JsonObject | undefined,
  scope: FormScope,
  { path, depth, inherited }: Filling,
): JsonObject {
  // `allOf` may contain further properties.
  const effective = schema['allOf'] === undefined ? schema : effectiveSchema(schema, value, scope);
  const values = new Map(Object.entries(value ?? {}));
  const defaults = objectOf(inherited);
  const required = new Set(textsOf(effective['required']));
  const properties = objectOf(effective['properties']);
  const entries = new Map<string, JsonValue>();
  const fill = (key: string, property: JsonObject): void => {
    const at = [...path, key];
    const own = values.get(key);
    if (own === undefined && scope.isCleared(at)) return;
    const item = filled(property, own, scope, {
      path: at,
      nesting: 0,
      depth: depth + 1,
      inherited: ownValue(defaults, key),
    });
    const isEmpty = isRecord(item) && Object.keys(item).length === 0;
    if (item === undefined || (isEmpty && own === undefined && !required.has(key))) return;
    entries.set(key, item);
  };
  for (const [key, property] of Object.entries(properties)) fill(key, objectOf(property));
  const { additionalProperties: others } = effective;
  if (others !== undefined && others !== false) {
    const keys = [...Object.keys(defaults), ...values.keys()];
    for (const key of keys) {
      if (!Object.hasOwn(properties, key) && !entries.has(key)) fill(key, objectOf(others));
    }
  }
  for (const [key, item] of values) if (!entries.has(key)) entries.set(key, item);
  return Object.fromEntries(entries);
}

function filledList(
  schema: JsonObject,
  value: JsonValue[] | undefined,
  scope: FormScope,
  { path, depth, inherited }: Filling,
): JsonValue[] {
  const fill = (
    index: number,
    item: JsonValue | undefined,
    byDefault: JsonValue | undefined,
  ): JsonValue =>
    filled(itemSchemaAt(schema, index), item, scope, {
      path: [...path, index],
      nesting: 0,
      depth: depth + 1,
      inherited: byDefault,
    }) ?? null;
  const defaults = listOf(inherited);
  const tuple = Array.isArray(schema['items']) ? schema['items'].length : 0;
  const items =
    value?.map((item, index) => fill(index, item ?? undefined, defaults[index])) ??
    Array.from({ length: Math.max(defaults.length, tuple) }, (_, index) =>
      // The default of the list also covers its items. Defaults of `items` are for additional items.
      tuple > 0 ? fill(index, undefined, defaults[index]) : (defaults[index] ?? null),
    );
  const least = Math.min(numberOf(schema['minItems']) ?? 0, MAX_ITEMS);
  if (value) return items;
  const more = itemSchemaAt(schema, items.length);
  const isChosen = isMultiSelect(schema, followReference(more, scope));
  while (!isChosen && items.length < least) {
    items.push(fill(items.length, undefined, more['default']));
  }
  return items;
}
