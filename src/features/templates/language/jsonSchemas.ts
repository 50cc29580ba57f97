import { isRecord } from '../../../base';
import type { JsonSchema } from '../core';

/** A property with its schema. */
export interface SchemaField {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
}

/** Maximum depth, more than schemas of actions have. */
const MAX_DEPTH = 8;

/** A schema with all schemas that it combines. */
export function branchesOf(schema: unknown, depth = 0): readonly JsonSchema[] {
  if (!isRecord(schema) || depth > MAX_DEPTH) return [];
  const parts = ['allOf', 'anyOf', 'oneOf'].flatMap(keyword => {
    const list: unknown = schema[keyword];
    return Array.isArray(list) ? list.flatMap(part => branchesOf(part, depth + 1)) : [];
  });
  return [schema, ...parts];
}

/** Properties of an object. The first schema of each counts. */
export function fieldsOf(schemas: readonly JsonSchema[]): readonly SchemaField[] {
  const fields = new Map<string, SchemaField>();
  for (const { properties, required } of schemas) {
    if (!isRecord(properties)) continue;
    for (const [name, schema] of Object.entries(properties)) {
      if (fields.has(name) || !isRecord(schema)) continue;
      const isRequired = Array.isArray(required) && required.includes(name);
      fields.set(name, { name, schema, isRequired });
    }
  }
  return [...fields.values()];
}

/** Schemas of the value at a path, from all branches. */
export function schemasAt(
  root: unknown,
  path: readonly (string | number)[],
): readonly JsonSchema[] {
  let schemas = branchesOf(root);
  for (const segment of path) {
    schemas = schemas.flatMap(schema => {
      if (typeof segment === 'number') return branchesOf(schema['items']);
      const { properties, additionalProperties } = schema;
      const isNamed = isRecord(properties) && Object.hasOwn(properties, segment);
      return branchesOf(isNamed ? properties[segment] : additionalProperties);
    });
  }
  return schemas;
}

/** Short description of a schema's type: `string`, `string[]`, `'a' | 'b'`. */
export function typeText(schema: JsonSchema): string {
  const values = schema['enum'];
  if (Array.isArray(values) && values.length && values.length <= 6) {
    return values.map(value => JSON.stringify(value)).join(' | ');
  }
  const { type, items } = schema;
  if (type === 'array') {
    const item = isRecord(items) ? typeText(items) : '';
    return item && !item.includes(' ') ? `${item}[]` : 'array';
  }
  if (typeof type === 'string') return type;
  if (Array.isArray(type)) return type.filter(name => typeof name === 'string').join(' | ');
  const others = [...new Set(branchesOf(schema).slice(1).map(typeText).filter(Boolean))];
  return others.slice(0, 4).join(' | ');
}

/**
 * Whether a value of a schema may be valid for others, according to their types.
 * @param to - all branches of the target
 */
export function mayFit(from: unknown, to: readonly JsonSchema[]): boolean {
  const given = typesOf(branchesOf(from));
  const taken = typesOf(to);
  return !given.size || !taken.size || [...given].some(type => taken.has(type));
}

/** Empty if no type is declared. */
function typesOf(schemas: readonly JsonSchema[]): ReadonlySet<unknown> {
  const types = schemas.flatMap(({ type }) => (Array.isArray(type) ? (type as unknown[]) : [type]));
  return new Set(
    types.filter(type => type !== undefined).map(type => (type === 'integer' ? 'number' : type)),
  );
}

/** Text of a schema's keyword. */
export function textOf(schema: unknown, keyword: string): string | undefined {
  const value = isRecord(schema) ? schema[keyword] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
