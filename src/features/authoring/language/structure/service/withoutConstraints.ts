import { isRecord } from '../../../../../base';
import type { DefaultSnippet, JsonSchema } from '../schemas/jsonSchema';

/** Keywords that explain and never cause errors. */
const explanations = [
  '$ref',
  'title',
  'description',
  'markdownDescription',
  'default',
  'defaultSnippets',
  'doNotSuggest',
  'examples',
] as const;

/** Keywords whose value is a list of schemas; any of them may match. */
const alternatives: Readonly<Record<string, 'allOf' | 'anyOf'>> = {
  allOf: 'allOf',
  anyOf: 'anyOf',
  oneOf: 'anyOf',
};

/** Reduces a schema to its fields, values and documentation, so that it causes no errors. @param schema - untrusted */
export function withoutConstraints(schema: JsonSchema): JsonSchema {
  return explained(schema, 0);
}

const MAX_DEPTH = 100;

function explained(schema: unknown, depth: number): JsonSchema {
  if (!isRecord(schema) || depth > MAX_DEPTH) return {};
  const below = (value: unknown): JsonSchema => explained(value, depth + 1);
  const map = (value: unknown): Record<string, JsonSchema> =>
    Object.fromEntries(
      Object.entries(isRecord(value) ? value : {}).map(([key, part]) => [key, below(part)]),
    );
  const made: Record<string, unknown> = {};
  for (const keyword of explanations) {
    if (schema[keyword] !== undefined) made[keyword] = schema[keyword];
  }
  const snippets = valuesOf(schema);
  if (snippets.length) made['defaultSnippets'] = snippets;
  for (const [keyword, kept] of Object.entries(alternatives)) {
    const list = schema[keyword];
    if (Array.isArray(list)) made[kept] = list.map(below);
  }
  for (const keyword of ['properties', 'patternProperties', 'definitions']) {
    if (schema[keyword] !== undefined) made[keyword] = map(schema[keyword]);
  }
  const { items, additionalProperties } = schema;
  if (isRecord(items)) made['items'] = below(items);
  if (isRecord(additionalProperties)) made['additionalProperties'] = below(additionalProperties);
  if (isRecord(schema['if'])) {
    made['if'] = schema['if'];
    for (const keyword of ['then', 'else']) {
      if (schema[keyword] !== undefined) made[keyword] = below(schema[keyword]);
    }
  }
  // Completion uses these to start lines for the content of a field, as for a type.
  if (mainType(schema) === 'object') made['properties'] ??= {};
  if (mainType(schema) === 'array') made['items'] ??= {};
  // Without this or a type, a key is completed without its colon.
  if (isScalar(schema) && !made['defaultSnippets']) made['anyOf'] ??= [{}];
  return withTextInside(made);
}

/** Moves documentation into alternatives: if all match, only theirs is shown. */
function withTextInside(schema: JsonSchema): JsonSchema {
  const { anyOf, description, markdownDescription = description } = schema;
  const [first, ...others] = anyOf ?? [];
  if (!first || anyOf?.some(part => part.description ?? part.markdownDescription)) return schema;
  const text = { description: undefined, markdownDescription };
  return { ...schema, ...text, anyOf: [{ ...first, ...text }, ...others] };
}

function isScalar(schema: Readonly<Record<string, unknown>>): boolean {
  const type = mainType(schema);
  return type === 'string' || type === 'number' || type === 'integer';
}

function mainType({ type }: Readonly<Record<string, unknown>>): unknown {
  return Array.isArray(type) ? type[0] : type;
}

/** Returns the possible values of a field for completion. */
function valuesOf(schema: Readonly<Record<string, unknown>>): readonly DefaultSnippet[] {
  if (schema['defaultSnippets'] !== undefined) return [];
  const listed = schema['const'] === undefined ? schema['enum'] : [schema['const']];
  const values: readonly unknown[] = Array.isArray(listed)
    ? listed
    : mainType(schema) === 'boolean'
      ? [true, false]
      : [];
  return values
    .filter(value => typeof value !== 'object')
    .map(value => ({ label: String(value), body: value }));
}
