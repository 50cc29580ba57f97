import {
  Ajv,
  type CodeOptions,
  type FuncKeywordDefinition,
  type Options,
  type SchemaValidateFunction,
} from 'ajv';
import { schemaIssues, type SchemaIssue, type ValidateKind } from '../../../../model/validation';
import { compilePattern } from '../../../../platform/core/linearRegExp';
import type { KindSchema } from './kindSchema';

/**
 * URI resolver of ajv for schemas that only reference themselves. The default library handles all
 * URIs and is a sixth of ajv's size.
 */
export const ownReferences: NonNullable<Options['uriResolver']> = {
  parse(uri) {
    const [path = '', ...fragment] = uri.split('#');
    return { path, ...(fragment.length && { fragment: fragment.join('#') }) };
  },
  serialize: ({ path = '', fragment }) => (fragment === undefined ? path : `${path}#${fragment}`),
  resolve(base, reference) {
    const isOwn = reference === '' || reference.startsWith('#');
    return isOwn ? `${base.split('#')[0]}${reference}` : reference;
  },
};

/** Maximum cost of validating one entity, in steps of about one look at a value. */
const MAX_STEPS = 300_000;
/** Maximum total size of a schema's patterns, in instructions of the matching machine. */
const MAX_PATTERN_SIZE = 50_000;
/** Maximum length of a pattern, in characters. */
const MAX_PATTERN_LENGTH = 5000;

/** Keyword that is added to every schema to charge its cost. */
const STEP = 'callboardStep';

class TooManySteps extends Error {}

/**
 * Compiles an untrusted schema. Validation always ends soon: patterns and list comparisons take
 * linear time, and all steps are counted, because nested alternatives, long lists and large values
 * multiply.
 *
 * @throws Error with ajv's reason if the schema is invalid
 */
export function compileKindSchema(schema: KindSchema): ValidateKind {
  let steps = 0;
  const charge = (cost: number): void => {
    steps += cost;
    if (steps > MAX_STEPS) throw new TooManySteps();
  };
  const ajv = new Ajv({
    // Options of Backstage's compileAjvSchema, which is more lenient than ajv's defaults.
    allErrors: true,
    allowUnionTypes: true,
    strict: false,
    validateFormats: false,
    ownProperties: true,
    logger: false,
    addUsedSchema: false,
    uriResolver: ownReferences,
    code: { regExp: linearRegExp(charge) },
  });
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword(uniqueItems(charge));
  ajv.addKeyword({
    keyword: STEP,
    schemaType: 'number',
    errors: false,
    validate(cost: number, value: unknown) {
      charge(cost + breadthOf(value));
      return true;
    },
  });
  const validate = ajv.compile(withSteps(schema));
  return entity => {
    steps = 0;
    try {
      return schemaIssues(validate, entity);
    } catch (error) {
      // Infinite recursion on the same value exhausts the stack before the counter ends it.
      if (error instanceof TooManySteps || error instanceof RangeError) return [endless(error)];
      throw error;
    }
  };
}

/** Returns the cost of keywords that iterate over a text or an object's keys. */
function breadthOf(value: unknown): number {
  if (typeof value === 'string') return value.length / 250;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 0;
  return Object.keys(value).length;
}

function endless(error: Error): SchemaIssue {
  const reason = error instanceof TooManySteps ? `more than ${MAX_STEPS} steps` : 'too long';
  return {
    message: `The schema of the kind takes ${reason} to validate`,
    path: ['kind'],
    at: 'value',
  };
}

/** Adds the step keyword to all definitions and the schemas nested in their keywords. */
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
  return { [STEP]: costOf(schema), ...Object.fromEntries(entries) };
}

/** Keywords that compare with each listed value, or check each name. */
const listings = ['const', 'enum', 'required', 'dependencies', 'properties'];

function costOf(schema: object): number {
  let cost = 1;
  for (const keyword of listings) {
    const listed: unknown = Reflect.get(schema, keyword);
    if (listed === undefined) continue;
    cost += keyword === 'properties' ? Object.keys(listed as object).length : extentOf(listed);
  }
  return cost;
}

function extentOf(value: unknown): number {
  if (typeof value === 'string') return 1 + value.length / 250;
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, item) => sum + extentOf(item), 1);
}

/**
 * Creates a factory of linear-time regular expressions.
 *
 * @param charge - called with the cost of each match
 */
function linearRegExp(charge: (cost: number) => void): NonNullable<CodeOptions['regExp']> {
  let left = MAX_PATTERN_SIZE;
  const compile = (source: string): { test(text: string): boolean; toString(): string } => {
    if (source.length > MAX_PATTERN_LENGTH) {
      throw new Error(`A pattern is longer than ${MAX_PATTERN_LENGTH} characters`);
    }
    const pattern = compilePattern(source, { maxSize: left });
    if (!pattern) throw new Error('The patterns of the schema are too large');
    left -= pattern.size;
    return {
      test(text) {
        charge(1 + ((text.length + 1) * pattern.size) / 200);
        return pattern.test(text);
      },
      // Ajv identifies patterns by this.
      toString: () => source,
    };
  };
  return Object.assign(compile, { code: 'unused' });
}

/** Creates ajv's `uniqueItems` keyword in linear time. */
export function uniqueItems(charge: (cost: number) => void): FuncKeywordDefinition {
  const validate: SchemaValidateFunction = (isWanted: boolean, items: readonly unknown[]) => {
    if (!isWanted) return true;
    const places = new Map<string, number>();
    for (const [index, item] of items.entries()) {
      const key = canonical(item);
      charge(1 + key.length / 100);
      const first = places.get(key);
      places.set(key, index);
      if (first === undefined) continue;
      validate.errors = [
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
  return {
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    errors: 'full',
    validate,
  };
}

/** Serializes a value with sorted keys, so that equal values give equal texts. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join()}}`;
}
