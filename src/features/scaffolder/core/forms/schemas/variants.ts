import { isRecord } from '../../../../../base';
import type { JsonObject, JsonValue } from '../../../../../model';
import { effectiveReference } from './effectiveSchema';
import { objectOf } from './jsonParts';
import { guessedType, type SchemaScope, selectOptions } from './schemas';

/** Schemas of which one holds; undefined where a schema has none, or where they are values to choose from. */
export function variantsOf(schema: JsonObject): readonly JsonValue[] | undefined {
  const variants = [schema['oneOf'], schema['anyOf']].find(Array.isArray);
  return variants?.length && !selectOptions(schema) ? variants : undefined;
}

/**
 * Which of some variants a value is most likely of.
 *
 * Source: `getClosestMatchingOption` of `@rjsf/utils` 5.24.
 */
export function closestVariant(
  variants: readonly JsonValue[],
  value: JsonValue | undefined,
  scope: SchemaScope,
): number {
  const schemas = variants.map(variant => effectiveReference(variant, scope));
  const fitting = schemas.flatMap((schema, index) => (mayBe(schema, value, scope) ? [index] : []));
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  const candidates = fitting.length > 0 ? fitting : schemas.map((_, index) => index);
  const scores = candidates.map(index => score(schemas[index] ?? {}, value, scope));
  const best = Math.max(0, ...scores);
  // Where all are as good as each other, none is better than the first one of all.
  if (scores.every(one => one === scores[0])) return 0;
  return candidates[scores.indexOf(best)] ?? 0;
}

/** Whether a value could be on the way to one that fits: it has one field at least, and no wrong ones. */
function mayBe(schema: JsonObject, value: JsonValue | undefined, scope: SchemaScope): boolean {
  if (value === undefined) return false;
  const { required: _required, ...lenient } = schema;
  if (!isRecord(schema['properties'])) return scope.accepts(schema, value);
  const names = Object.keys(schema['properties']);
  const hasSome = isRecord(value) && names.some(name => Object.hasOwn(value, name));
  return hasSome && scope.accepts(lenient, value);
}

function score(schema: JsonObject, value: JsonValue | undefined, scope: SchemaScope): number {
  scope.enter();
  const { properties } = schema;
  if (!isRecord(properties))
    return schema['type'] === guessedType(value) && value !== undefined ? 1 : 0;
  const values = objectOf(value);
  let total = 0;
  for (const [key, property] of Object.entries(properties)) {
    const field = effectiveReference(property, scope);
    const own = Object.hasOwn(values, key) ? values[key] : undefined;
    if (field['type'] === 'object') total += (isRecord(own) ? 1 : 0) + score(field, own, scope);
    else if (own !== undefined && field['type'] === guessedType(own)) {
      // Zero, no text and false count for nothing there, and lists are never the same.
      const wanted = field['default'] || field['const'];
      total += 1 + (wanted ? (wanted === own ? 1 : -1) : 0);
    }
  }
  return total;
}
