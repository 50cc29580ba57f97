import { isRecord } from '../../../../base';
import { nearNames } from '../../../../platform/core';
import type { JsonSchema } from '../actions/generatedAction';
import type { FieldPath } from '../fieldPath';
import { hasTemplate } from '../templateTexts';

/** A reason for Backstage to refuse an input. */
export interface InputIssue {
  /** Worded by `jsonschema`, which Backstage validates with. */
  readonly message: string;
  readonly path: FieldPath;
  readonly at: 'key' | 'value';
  readonly suggestions?: readonly string[];
  /** Missing properties. Of several, one is enough. */
  readonly missing?: readonly string[];
  /** Whether the property is not allowed. */
  readonly isAdditional?: true;
  /** Allowed types, if the value has another type. */
  readonly expectedTypes?: readonly string[];
  /** Allowed texts, if the value is not among them. */
  readonly allowed?: readonly string[];
}

/**
 * Validates a value, with the keywords that Backstage's own actions use. Expressions and placeholders are
 * always valid, because their values are unknown.
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
  /** Name as in `jsonschema`: `instance.files[0]`. */
  readonly name: string;
}

function issuesOf(value: unknown, schema: unknown, place: Place): readonly InputIssue[] {
  if (!isRecord(schema) || isUnknown(value)) return [];
  const refusal = findMismatch(value, schema);
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

/** An empty text is removed when it is rendered, like an expression without a result. */
function isUnknown(value: unknown): boolean {
  if (typeof value === 'string') return value === '' || hasTemplate(value);
  return isRecord(value) && Object.keys(value).some(key => key.startsWith('$'));
}

/** The violation of a value as a whole, if any. */
function findMismatch(value: unknown, schema: JsonSchema): Mismatch | undefined {
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
  // `not: {}` is never valid.
  return isRecord(schema['not']) && !Object.keys(schema['not']).length
    ? { message: 'is of prohibited type [object Object]' }
    : undefined;
}

type Mismatch = Pick<InputIssue, 'message' | 'expectedTypes' | 'allowed' | 'suggestions'>;

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
        isAdditional: true,
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

/** Issues of the branch that fits best. Backstage only reports that none is valid. */
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
    ? [{ message: mergeMessages(best, place), path: place.path, at: 'value' }]
    : first;
}

/** Combined message of all branches. */
function mergeMessages(tried: readonly (readonly InputIssue[])[], { name }: Place): string {
  const messages = tried.flatMap(([issue]) =>
    issue ? [issue.message.slice(name.length + 1)] : [],
  );
  return `${name} ${[...new Set(messages)].join(' or ')}`;
}
