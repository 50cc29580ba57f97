import {
  Ajv,
  type CodeOptions,
  type FuncKeywordDefinition,
  type Options,
  type SchemaValidateFunction,
} from 'ajv';
import { schemaIssues, type SchemaIssue, type ValidateKind } from '../../../../model/validation';
import { compilePattern } from '../../../../platform/core/patterns';
import type { KindSchema } from './kindSchema';

/**
 * How ajv resolves references where schemas refer to nothing but parts of themselves: the URIs before the
 * `#` are only told apart. The library that it uses otherwise knows all kinds of URIs, and is as
 * large as a sixth of ajv.
 */
const ownReferences: NonNullable<Options['uriResolver']> = {
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

/** What judging one entity may cost; a step is about what it takes to look at one value once. */
const MAX_STEPS = 300_000;
/** What the patterns of a schema may come to, in instructions of the machine that matches them. */
const MAX_PATTERN_SIZE = 50_000;
/** Of one pattern, in characters. */
const MAX_PATTERN_LENGTH = 5000;

/** Stands in every schema, with what it costs to apply it, and counts. */
const STEP = 'callboardStep';

class TooManySteps extends Error {}

/**
 * Compiles a schema that anybody may have written. However it is made, judging an entity comes to
 * an end soon: patterns are matched in linear time, lists are compared in linear time, and all of
 * it is counted, which alternatives of alternatives, long lists and large values multiply.
 *
 * @throws Error with ajv's reason where it is no schema
 */
export function compileKindSchema(schema: KindSchema): ValidateKind {
  let steps = 0;
  const charge = (cost: number): void => {
    steps += cost;
    if (steps > MAX_STEPS) throw new TooManySteps();
  };
  const ajv = new Ajv({
    // The options of Backstage's compileAjvSchema, which takes more than ajv by itself does.
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
      // A schema that applies itself to the same value again runs out of stack before it counts.
      if (error instanceof TooManySteps || error instanceof RangeError) return [endless(error)];
      throw error;
    }
  };
}

/** What keywords that go through a text or the keys of an object have to go through. */
function breadthOf(value: unknown): number {
  if (typeof value === 'string') return value.length / 250;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 0;
  return Object.keys(value).length;
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
  return { [STEP]: costOf(schema), ...Object.fromEntries(entries) };
}

/** The keywords that compare with every value that they list, or ask for every name. */
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
 * Ajv writes code that calls this by `code`; it is compiled here and never stored.
 *
 * @param charge - takes what a match costs
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
      // By which ajv tells the patterns of a schema apart.
      toString: () => source,
    };
  };
  return Object.assign(compile, { code: 'unused' });
}

/** As ajv's, in linear time. */
function uniqueItems(charge: (cost: number) => void): FuncKeywordDefinition {
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

/** Equal values have equal texts, whatever the order of their keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join()}}`;
}
