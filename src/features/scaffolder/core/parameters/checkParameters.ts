import { createTemplateRenderer } from 'nunjitsu';
import { errorMessage, isRecord, ownValue } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';
import { referredRecord } from '../../../../model/json';
import { ReadingBudget } from '../rendering/readingBudget';
import { type ValidationError, validationErrors } from './validate';

/** Parameters of a Template with values. Plain data, which can be sent to a worker. */
export interface ParametersRequest {
  /** `spec.parameters`: a page or a list of pages. */
  readonly parameters: JsonValue | undefined;
  readonly values: JsonObject;
  /** Secrets with `spec.secrets.schema`. Undefined to skip their validation. */
  readonly secrets?: {
    readonly values: Readonly<Record<string, string>>;
    readonly schema: JsonValue | undefined;
  };
}

export interface ParametersReply {
  /** Errors of the first invalid page. If all pages are valid, errors of the secrets. */
  readonly errors: readonly ValidationError[];
  /** Whether each page is visible, according to its `when`. */
  readonly visible: readonly boolean[];
  /** Values without those of hidden pages. */
  readonly values: JsonObject;
  /** Error if a value has a name that expressions reserve. */
  readonly unusable?: string | undefined;
}

/**
 * Validates parameters as a backend does before it runs a Template. Fills in no defaults, which is up to forms.
 * Source: `validateParameterSteps` of `plugins/scaffolder-backend` 4.3.0.
 */
export function checkParameters({
  parameters,
  values,
  secrets,
}: ParametersRequest): ParametersReply {
  const { pages, values: shown } = resolvePages(parameters, values);
  const visible = pages.map(({ isVisible }) => isVisible);
  for (const { schema, isVisible } of pages) {
    if (!isVisible || !isRecord(schema)) continue;
    const errors = validationErrors(values, schema);
    if (errors.length > 0) return { errors, visible, values: shown };
  }
  const errors = secrets ? checkSecrets(secrets.values, secrets.schema) : [];
  return { errors, visible, values: shown, unusable: reservedNameError(shown) };
}

function reservedNameError(parameters: JsonObject): string | undefined {
  try {
    renderer.prepareContext({ parameters });
    return undefined;
  } catch (error) {
    return errorMessage(error);
  }
}

/** Source: `formatSecretsValidationErrors` of `plugins/scaffolder-backend`. */
export function checkSecrets(
  secrets: Readonly<Record<string, string>>,
  schema: JsonValue | undefined,
): readonly ValidationError[] {
  if (!isRecord(schema)) return [];
  return validationErrors(secrets, schema).map(error => {
    const { name, stack } = error;
    const [, required] = /^instance requires property "(.*)"$/.exec(stack) ?? [];
    const message =
      name === 'required' && required !== undefined
        ? `secrets.${required} is required`
        : stack.replace(/^instance/, 'secrets');
    return { ...error, message, stack: message };
  });
}

/** Visible pages for the values, and the values without those of hidden pages. */
export function resolvePages(
  parameters: JsonValue | undefined,
  values: JsonObject,
): { pages: readonly ShownPage[]; values: JsonObject } {
  const schemas = parameters === undefined || parameters === null ? [] : [parameters].flat();
  const pages: ShownPage[] = [];
  const budget = new ReadingBudget();
  for (const schema of schemas) {
    const when = isRecord(schema) ? schema['when'] : undefined;
    // Conditions don't see values of hidden pages before them.
    const isVisible = evaluateCondition(when, () => withoutHiddenValues(values, pages), budget);
    pages.push({ schema, isVisible });
  }
  return { pages, values: withoutHiddenValues(values, pages) };
}

const renderer = createTemplateRenderer();

/** Source: `evaluateCondition` of `plugins/scaffolder-common`. Conditions that fail to render are true. */
function evaluateCondition(
  condition: JsonValue | undefined,
  parameters: () => JsonObject,
  budget: ReadingBudget,
): boolean {
  if (typeof condition === 'boolean') return condition;
  const expression = typeof condition === 'string' ? condition.trim() : '';
  if (expression === '') return true;
  const source = expression.startsWith('${{') ? expression : `\${{ ${expression} }}`;
  try {
    budget.spend(source, { name: 'The condition' });
    const result = renderer.renderValue(source, { parameters: parameters() });
    return Array.isArray(result) ? result.length > 0 : Boolean(result);
  } catch {
    // Backstage shows a page if its condition can't be evaluated.
    return true;
  }
}

/** A page of a form with its visibility. */
interface ShownPage {
  readonly schema: JsonValue;
  readonly isVisible: boolean;
}

/** Fields of a schema. `all` includes every field below, with any name. */
interface Fields {
  all: boolean;
  readonly children: Map<string, Fields>;
}

/** A page whose schema has broken or circular references. */
class UnreadableSchema extends Error {}

/**
 * Removes values that only hidden pages ask for. Source: `filterHiddenStepValues` of
 * `plugins/scaffolder-common` 2.4.
 */
export function withoutHiddenValues(values: JsonObject, pages: readonly ShownPage[]): JsonObject {
  if (pages.every(page => page.isVisible)) return values;
  const hidden = noFields();
  const visible = noFields();
  for (const { schema, isVisible } of pages) {
    let fields;
    try {
      fields = fieldsOf(schema, values, { root: schema, isPage: true, isHidden: !isVisible });
    } catch (error) {
      if (!(error instanceof UnreadableSchema)) throw error;
      // An unreadable visible page keeps all values. An unreadable hidden page removes none.
      if (!isVisible) continue;
      fields = allFields();
    }
    merge(isVisible ? visible : hidden, fields);
  }
  const result = withoutHidden(values, hidden, visible);
  return isRecord(result) ? result : {};
}

const noFields = (): Fields => ({ all: false, children: new Map() });
const allFields = (): Fields => ({ all: true, children: new Map() });

function merge(target: Fields, source: Fields): void {
  if (source.all) target.all = true;
  for (const [key, fields] of source.children) addChild(target, key, fields);
}

function addChild({ children }: Fields, key: string, fields: Fields): void {
  const before = children.get(key);
  if (before) merge(before, fields);
  else children.set(key, { all: fields.all, children: new Map(fields.children) });
}

interface Reading {
  /** The page, which references point into. */
  readonly root: JsonValue;
  readonly isPage: boolean;
  readonly isHidden: boolean;
}

function fieldsOf(
  schema: JsonValue | undefined,
  value: JsonValue | undefined,
  { root, isPage, isHidden }: Reading,
): Fields {
  if (!isRecord(schema) || value === undefined) return allFields();
  const fields = noFields();
  const below: Reading = { root, isPage: false, isHidden: false };
  for (const part of applicableSchemas(schema, root, new Set())) {
    const { additionalProperties: others, properties, items, additionalItems } = part;
    if (!(isPage && isHidden) && (others === true || isRecord(others))) fields.all = true;
    if (isRecord(properties)) {
      for (const [key, property] of Object.entries(properties)) {
        const child = isRecord(value) ? ownValue(value, key) : undefined;
        addChild(fields, key, fieldsOf(property, child, below));
      }
    }
    if (Array.isArray(value) && items !== undefined) {
      for (const [index, item] of value.entries()) {
        const itemSchema = Array.isArray(items) ? (items[index] ?? additionalItems) : items;
        addChild(fields, String(index), fieldsOf(itemSchema, item, below));
      }
    }
  }
  if (!isPage && fields.children.size === 0) fields.all = true;
  return fields;
}

/** The schema and all schemas that can apply with it. */
function applicableSchemas(
  schema: JsonObject,
  root: JsonValue,
  ancestors: ReadonlySet<JsonObject>,
): readonly JsonObject[] {
  if (ancestors.has(schema)) throw new UnreadableSchema();
  const within = new Set(ancestors).add(schema);
  const { $ref: ref, then, else: otherwise, dependencies } = schema;
  const parts: (JsonValue | undefined)[] = [];
  if (typeof ref === 'string') parts.push(resolveReference(ref, root));
  for (const keyword of ['allOf', 'oneOf', 'anyOf']) {
    const choices = schema[keyword];
    if (Array.isArray(choices)) parts.push(...choices);
  }
  parts.push(then, otherwise, ...(isRecord(dependencies) ? Object.values(dependencies) : []));
  return [
    schema,
    ...parts.flatMap(part => (isRecord(part) ? applicableSchemas(part, root, within) : [])),
  ];
}

function resolveReference(ref: string, root: JsonValue): JsonObject {
  const target = referredRecord(ref, root);
  if (!target) throw new UnreadableSchema();
  return target;
}

/** @returns undefined if nothing is left */
function withoutHidden(
  value: JsonValue,
  hidden: Fields | undefined,
  visible: Fields | undefined,
): JsonValue | undefined {
  if (!hidden || visible?.all) return value;
  if (!visible) return undefined;
  const hiddenBelow = (key: string): Fields | undefined =>
    hidden.all ? allFields() : hidden.children.get(key);
  if (Array.isArray(value)) {
    // Items are not removed, so that indexes stay.
    return value.map(
      (item, index) =>
        withoutHidden(
          item,
          hiddenBelow(String(index)),
          visible.children.get(String(index)) ?? allFields(),
        ) ?? item,
    );
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).flatMap(([key, item]) => {
    const left = withoutHidden(item, hiddenBelow(key), visible.children.get(key));
    return left === undefined ? [] : [[key, left] as const];
  });
  return Object.fromEntries(entries);
}
