import { isRecord } from '../../../../base';
import { nearNames } from '../../../../platform/core';
import type { JsonSchema } from '../actions/generatedAction';
import type { FieldPath } from '../fieldPath';
import { hasTemplate } from '../templateTexts';

/** Why Backstage would refuse an input, as far as it is written out. */
export interface InputIssue {
  /** In the words of `jsonschema`, which Backstage validates by. */
  readonly message: string;
  readonly path: FieldPath;
  readonly at: 'key' | 'value';
  readonly suggestions?: readonly string[];
  /** Where it is about something that is not there; of several, one would do. */
  readonly missing?: readonly string[];
  /** Whether the property should not be there. */
  readonly isForeign?: true;
  /** The types that the value may be of, where it is of none of them. */
  readonly expectedTypes?: readonly string[];
  /** The texts that the value may be, where it is none of them. */
  readonly allowed?: readonly string[];
}

/**
 * Holds a value against a schema of the keywords that Backstage's own actions use. What an expression or
 * a placeholder stands for is not known, and may be anything.
 *
 * @param path - of the value
 */
export function inputIssues(
  value: unknown,
  schema: JsonSchema,
  path: FieldPath,
): readonly InputIssue[] {
  return issuesOf(value, schema, { path, name: 'instance' });
}

interface Place {
  readonly path: FieldPath;
  /** As `jsonschema` calls it: `instance.files[0]`. */
  readonly name: string;
}

function issuesOf(value: unknown, schema: unknown, place: Place): readonly InputIssue[] {
  if (!isRecord(schema) || isUnknown(value)) return [];
  const refusal = refusalOf(value, schema);
  if (refusal !== undefined) {
    const { message, ...more } = refusal;
    return [{ message: `${place.name} ${message}`, path: place.path, at: 'value', ...more }];
  }
  return [
    ...(isRecord(value) ? issuesOfObject(value, schema, place) : []),
    ...(Array.isArray(value) ? issuesOfItems(value, schema, place) : []),
    ...issuesOfBranches(value, schema, place),
  ];
}

/** An empty text is dropped when it is rendered, as an expression may be that gives nothing. */
function isUnknown(value: unknown): boolean {
  if (typeof value === 'string') return value === '' || hasTemplate(value);
  return isRecord(value) && Object.keys(value).some(key => key.startsWith('$'));
}

/** What is wrong with a value as a whole. */
function refusalOf(value: unknown, schema: JsonSchema): Refusal | undefined {
  const { type, enum: values, const: constant } = schema;
  const types = Array.isArray(type)
    ? (type as readonly unknown[])
    : type === undefined
      ? []
      : [type];
  if (types.length && !types.some(name => isOfType(value, name))) {
    const message = `is not of a type(s) ${types.join(',')}`;
    return { message, expectedTypes: types.map(String) };
  }
  if (Array.isArray(values) && isPrimitive(value) && !values.includes(value)) {
    const allowed = values.filter(other => typeof other === 'string');
    return {
      message: `is not one of enum values: ${values.join(',')}`,
      ...(typeof value === 'string' && { allowed, suggestions: nearNames(value, allowed) }),
    };
  }
  if (constant !== undefined && isPrimitive(value) && value !== constant) {
    return { message: `does not exactly match expected constant: ${JSON.stringify(constant)}` };
  }
  // What is never right.
  return isRecord(schema['not']) && !Object.keys(schema['not']).length
    ? { message: 'is of prohibited type [object Object]' }
    : undefined;
}

type Refusal = Pick<InputIssue, 'message' | 'expectedTypes' | 'allowed' | 'suggestions'>;

function isPrimitive(value: unknown): boolean {
  return value === null || typeof value !== 'object';
}

function isOfType(value: unknown, type: unknown): boolean {
  switch (type) {
    case 'string':
    case 'boolean':
      return typeof value === type;
    case 'number':
      return typeof value === 'number';
    case 'integer':
      return Number.isInteger(value);
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isRecord(value);
    default:
      return true;
  }
}

function issuesOfObject(
  value: Readonly<Record<string, unknown>>,
  schema: JsonSchema,
  { path, name }: Place,
): readonly InputIssue[] {
  const issues: InputIssue[] = [];
  const properties = isRecord(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? (schema['required'] as unknown[]) : [];
  for (const property of required) {
    if (typeof property !== 'string' || Object.hasOwn(value, property)) continue;
    const message = `${name} requires property "${property}"`;
    issues.push({ message, path, at: 'key', missing: [property] });
  }
  const others = schema['additionalProperties'];
  for (const [key, child] of Object.entries(value)) {
    const at = { path: [...path, key], name: `${name}.${key}` };
    if (Object.hasOwn(properties, key)) issues.push(...issuesOf(child, properties[key], at));
    else if (others === false) {
      const unused = Object.keys(properties).filter(property => !Object.hasOwn(value, property));
      issues.push({
        message: `${name} is not allowed to have the additional property "${key}"`,
        path: at.path,
        at: 'key',
        suggestions: nearNames(key, unused),
        isForeign: true,
      });
    } else issues.push(...issuesOf(child, others, at));
  }
  return issues;
}

function issuesOfItems(
  value: readonly unknown[],
  { items }: JsonSchema,
  { path, name }: Place,
): readonly InputIssue[] {
  if (!isRecord(items)) return [];
  return value.flatMap((item, index) =>
    issuesOf(item, items, { path: [...path, index], name: `${name}[${index}]` }),
  );
}

function issuesOfBranches(
  value: unknown,
  { allOf, anyOf, oneOf }: JsonSchema,
  place: Place,
): readonly InputIssue[] {
  const all = Array.isArray(allOf) ? allOf.flatMap(branch => issuesOf(value, branch, place)) : [];
  return [...all, ...issuesOfAny(value, anyOf, place), ...issuesOfAny(value, oneOf, place)];
}

/** Of the branch that is meant most likely: Backstage only says that none fits. */
function issuesOfAny(value: unknown, branches: unknown, place: Place): readonly InputIssue[] {
  if (!Array.isArray(branches) || !branches.length) return [];
  const tried = branches.map(branch => issuesOf(value, branch, place));
  const fewest = Math.min(...tried.map(({ length }) => length));
  const best = tried.filter(({ length }) => length === fewest);
  const [first = [], ...others] = best;
  if (!others.length || first.length !== 1) return first;
  if (best.every(([issue]) => issue?.missing)) {
    const missing = [...new Set(best.flatMap(([issue]) => issue?.missing ?? []))];
    const names = missing.map(name => `"${name}"`).join(' or ');
    const message = `${place.name} requires property ${names}`;
    return [{ message, path: place.path, at: 'key', missing }];
  }
  return first.every(({ path }) => path === place.path)
    ? [{ message: mergedRefusal(best, place), path: place.path, at: 'value' }]
    : first;
}

/** What all of several types or values refuse. */
function mergedRefusal(tried: readonly (readonly InputIssue[])[], { name }: Place): string {
  const messages = tried.flatMap(([issue]) =>
    issue ? [issue.message.slice(name.length + 1)] : [],
  );
  return `${name} ${[...new Set(messages)].join(' or ')}`;
}
