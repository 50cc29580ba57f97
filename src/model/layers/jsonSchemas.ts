import { isRecord } from '../../base';

/** A JSON schema, not checked. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const schemaMapKeywords = new Set([
  'properties',
  'patternProperties',
  'definitions',
  '$defs',
  'dependencies',
  'dependentSchemas',
]);

const schemaKeywords = new Set([
  'additionalProperties',
  'additionalItems',
  'items',
  'contains',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
  'unevaluatedProperties',
  'unevaluatedItems',
  'contentSchema',
]);

/** Meaning of an object within a schema: a schema, a map of schemas by name, or other data. */
type Meaning = 'schema' | 'map' | 'data';

/**
 * Returns a schema with changes: objects merge, `null` deletes, and another `type` replaces its
 * schema. Source: `mergeJsonSchemas` (`packages/catalog-model/src/model/jsonSchema`).
 */
export function mergeSchemas(target: JsonSchema, change: JsonSchema): JsonSchema {
  return merge(target, change, 'schema');
}

function merge(target: JsonSchema, change: JsonSchema, meaning: Meaning): JsonSchema {
  const isReplaced = meaning === 'schema' && hasOtherType(target, change);
  // A Map, because a key can be `__proto__`.
  const result = new Map(isReplaced ? [] : Object.entries(target));
  for (const [key, value] of Object.entries(change)) {
    if (meaning === 'schema' && (key === 'const' || key === 'default')) result.set(key, value);
    else if (value === null) result.delete(key);
    else if (isRecord(value)) {
      const below = result.get(key);
      result.set(key, merge(isRecord(below) ? below : {}, value, meaningBelow(meaning, key)));
    } else result.set(key, value);
  }
  return Object.fromEntries(result);
}

function meaningBelow(meaning: Meaning, key: string): Meaning {
  if (meaning === 'map' || (meaning === 'schema' && schemaKeywords.has(key))) return 'schema';
  return meaning === 'schema' && schemaMapKeywords.has(key) ? 'map' : 'data';
}

function hasOtherType({ type: old }: JsonSchema, { type }: JsonSchema): boolean {
  if (type === undefined || type === null || old === undefined) return false;
  return typeText(type) !== typeText(old);
}

function typeText(type: unknown): string {
  return JSON.stringify([type].flat().sort());
}

const RESERVED_ROOT_FIELDS = ['kind', 'apiVersion', 'metadata', '$ref'];
const STRUCTURAL_KEYWORDS = ['allOf', 'oneOf', 'anyOf', 'if', 'else', 'then', 'not', '$ref'];

/**
 * Checks the root of a kind's schema, which a model extends with `metadata`. Returns Backstage's
 * message for the first fault, with the path of the fault.
 *
 * Source: `validateKindRootSchemaSemantics` (`packages/catalog-model/src/model/jsonSchema`).
 */
export function rootSchemaFault(
  schema: JsonSchema,
): { readonly message: string; readonly path: readonly string[] } | undefined {
  const { type, properties } = schema;
  if (type !== undefined && type !== 'object') {
    return { message: 'Schema root type must be "object"', path: ['type'] };
  }
  for (const field of STRUCTURAL_KEYWORDS) {
    if (!Object.hasOwn(schema, field)) continue;
    return { message: `Schema must not use "${field}" keyword in the root`, path: [field] };
  }
  if (!isRecord(properties)) {
    const message = 'Schema must have a "properties" field that is an object';
    return { message, path: ['properties'] };
  }
  for (const field of RESERVED_ROOT_FIELDS) {
    if (!Object.hasOwn(properties, field)) continue;
    const message = `Schema must not try to declare the reserved root field "${field}"`;
    return { message, path: ['properties', field] };
  }
  for (const [name, below] of Object.entries(properties)) {
    const path = ['properties', name];
    if (!isRecord(below)) {
      return { message: `Schema for root field "${name}" must be an object`, path };
    }
    const field = STRUCTURAL_KEYWORDS.find(keyword => Object.hasOwn(below, keyword));
    if (field === undefined) continue;
    const message = `Schema for root field "${name}" must not use "${field}" keyword`;
    return { message, path: [...path, field] };
  }
  return undefined;
}
