import * as z from 'zod/mini';
import { pluginSchema } from '../../src/features/plugins/core/declarative/declaration';

interface Schema {
  readonly [keyword: string]: unknown;
}

/** Prefix of references to definitions. */
const START = '#/definitions/';

/** Returns the JSON schema of plugins without code, for editors. */
export function pluginJsonSchema(): Schema {
  const options = { target: 'draft-7', unrepresentable: 'any', reused: 'ref' } as const;
  const written: Schema = { ...z.toJSONSchema(pluginSchema, options) };
  const { definitions, ...schema } = written;
  return withFewDefinitions(schema, new Map(Object.entries(definitions as Record<string, Schema>)));
}

/** Replaces references to definitions that occur once by the definition. */
function withFewDefinitions(schema: Schema, definitions: ReadonlyMap<string, Schema>): Schema {
  const references = JSON.stringify([schema, ...definitions.values()]).match(
    /"#\/definitions\/\w+"/g,
  );
  const counts = Map.groupBy(references ?? [], reference => reference.slice(START.length + 1, -1));
  const isReused = (name: string): boolean => (counts.get(name)?.length ?? 0) > 1;
  const inlined = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inlined);
    if (typeof value !== 'object' || value === null) return value;
    const { $ref, ...own } = value as Schema;
    const name = typeof $ref === 'string' ? $ref.slice(START.length) : undefined;
    // An optional field consists of a single schema.
    if (Array.isArray(own['allOf']) && own['allOf'].length === 1 && Object.keys(own).length === 1) {
      return inlined(own['allOf'][0]);
    }
    const target = name === undefined || isReused(name) ? undefined : definitions.get(name);
    if (target) return inlined({ ...target, ...own });
    const parts = Object.entries(value).map(([key, part]) => [key, inlined(part)]);
    return Object.fromEntries(parts);
  };
  const reused = [...definitions].filter(([name]) => isReused(name));
  return {
    ...(inlined(schema) as Schema),
    definitions: Object.fromEntries(reused.map(([name, part]) => [name, inlined(part)])),
  };
}
