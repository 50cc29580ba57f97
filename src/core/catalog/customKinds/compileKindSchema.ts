import { Ajv, type FuncKeywordDefinition, type SchemaValidateFunction } from 'ajv';
import { RE2JS } from 're2js';
import { schemaIssues, type SchemaIssue, type ValidateKind } from '../../../model/validation';
import type { KindSchema } from './kindSchema';

/** So often a schema may be applied to the values of one entity. */
const MAX_STEPS = 100_000;

/** Stands in every schema and counts how often it is applied. */
const STEP = 'callboardStep';

class TooManySteps extends Error {}

/**
 * Compiles a schema that anybody may have written. However it is made, judging an entity comes to
 * an end soon: patterns are matched in linear time, lists are compared in linear time, and the
 * number of steps is bounded, which alternatives of alternatives would otherwise multiply.
 *
 * @throws Error with ajv's reason where it is no schema
 */
export function compileKindSchema(schema: KindSchema): ValidateKind {
  let steps = 0;
  const ajv = new Ajv({
    // The options of Backstage's compileAjvSchema, which takes more than ajv by itself does.
    allErrors: true,
    allowUnionTypes: true,
    strict: false,
    validateFormats: false,
    ownProperties: true,
    logger: false,
    addUsedSchema: false,
    code: { regExp: linearRegExp },
  });
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword(uniqueItems);
  ajv.addKeyword({
    keyword: STEP,
    schema: false,
    errors: false,
    validate() {
      if (++steps > MAX_STEPS) throw new TooManySteps();
      return true;
    },
  });
  const validate = ajv.compile(withSteps(schema));
  return entity => {
    steps = 0;
    try {
      return schemaIssues(validate, entity);
    } catch (error) {
      // A schema that applies itself to the same value again runs out of stack before it counts.
      if (error instanceof TooManySteps || error instanceof RangeError) return [endless(error)];
      throw error;
    }
  };
}

function endless(error: Error): SchemaIssue {
  const reason = error instanceof TooManySteps ? `more than ${MAX_STEPS} steps` : 'no end';
  return {
    message: `The schema of the kind takes ${reason} to judge it`,
    path: ['kind'],
    at: 'value',
  };
}

/** Definitions are all schemas; what lies in them is found by the keywords that hold schemas. */
function withSteps({ definitions, ...root }: KindSchema): KindSchema {
  const named = Object.entries(definitions as Record<string, unknown>);
  return {
    ...root,
    definitions: Object.fromEntries(named.map(([name, item]) => [name, counted(item)])),
  };
}

const single: ReadonlySet<string> = new Set([
  'additionalItems',
  'additionalProperties',
  'contains',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
]);
const lists: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf', 'items']);
const maps: ReadonlySet<string> = new Set(['patternProperties', 'properties', 'dependencies']);

function counted(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return schema;
  const entries = Object.entries(schema).map(([keyword, value]: [string, unknown]) => {
    if (Array.isArray(value)) return [keyword, lists.has(keyword) ? value.map(counted) : value];
    if (single.has(keyword)) return [keyword, counted(value)];
    if (!maps.has(keyword)) return [keyword, value];
    const items = Object.entries(value as Record<string, unknown>);
    return [keyword, Object.fromEntries(items.map(([name, item]) => [name, counted(item)]))];
  });
  return { [STEP]: true, ...Object.fromEntries(entries) };
}

/** Ajv writes code that calls this by `code`; it is compiled here and never stored. */
const linearRegExp = Object.assign(
  (pattern: string) => {
    const compiled = RE2JS.compile(pattern);
    return { test: (text: string): boolean => compiled.matcher(text).find() };
  },
  { code: 'unused' },
);

const findsNoDuplicate: SchemaValidateFunction = (isWanted: boolean, items: readonly unknown[]) => {
  if (!isWanted) return true;
  const places = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const key = canonical(item);
    const first = places.get(key);
    places.set(key, index);
    if (first === undefined) continue;
    findsNoDuplicate.errors = [
      {
        keyword: 'uniqueItems',
        message: `must NOT have duplicate items (items ## ${first} and ${index} are identical)`,
        params: { i: index, j: first },
      },
    ];
    return false;
  }
  return true;
};

const uniqueItems: FuncKeywordDefinition = {
  keyword: 'uniqueItems',
  type: 'array',
  schemaType: 'boolean',
  errors: 'full',
  validate: findsNoDuplicate,
};

/** Equal values have equal texts, whatever the order of their keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join()}}`;
}
