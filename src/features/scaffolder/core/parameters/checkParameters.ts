import { createTemplateRenderer } from 'nunjitsu';
import { errorMessage, isRecord } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';
import { referredRecord } from '../../../../model/json';
import { ReadingBudget } from '../rendering/readingBudget';
import { type ValidationError, validationErrors } from './validate';

/** What a Template asks for, and what it was given. Plain data: it is worked on elsewhere. */
export interface ParametersRequest {
  /** `spec.parameters`: a page, or a list of them. */
  readonly parameters: JsonValue | undefined;
  readonly values: JsonObject;
  /** Given apart, with `spec.secrets.schema`; undefined where they are not to be checked. */
  readonly secrets?: {
    readonly values: Readonly<Record<string, string>>;
    readonly schema: JsonValue | undefined;
  };
}

export interface ParametersReply {
  /** Those of the first page that is not satisfied; of secrets, where all pages are. */
  readonly errors: readonly ValidationError[];
  /** Whether each page is shown, by its `when`. */
  readonly visible: readonly boolean[];
  /** Without those of pages that are not shown. */
  readonly values: JsonObject;
  /** Why expressions cannot know the values: there are names that they reserve. */
  readonly unusable?: string | undefined;
}

/**
 * Checks parameters as a backend does before it runs a Template. Defaults are not filled in: forms do that.
 *
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
  return { errors, visible, values: shown, unusable: reasonAgainst(shown) };
}

function reasonAgainst(parameters: JsonObject): string | undefined {
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

/** Which pages are shown for some values, and the values without those of pages that are not. */
export function resolvePages(
  parameters: JsonValue | undefined,
  values: JsonObject,
): { pages: readonly ShownPage[]; values: JsonObject } {
  const schemas = parameters === undefined || parameters === null ? [] : [parameters].flat();
  const pages: ShownPage[] = [];
  const budget = new ReadingBudget();
  for (const schema of schemas) {
    const when = isRecord(schema) ? schema['when'] : undefined;
    // What pages before it hide is not there for it.
    const isVisible = isMet(when, () => withoutHiddenValues(values, pages), budget);
    pages.push({ schema, isVisible });
  }
  return { pages, values: withoutHiddenValues(values, pages) };
}

const renderer = createTemplateRenderer();

/** Source: `evaluateCondition` of `plugins/scaffolder-common`: what cannot be worked out is met. */
function isMet(
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
    return true;
  }
}

/** A page of the form, and whether it is shown. */
interface ShownPage {
  readonly schema: JsonValue;
  readonly isVisible: boolean;
}

/** Fields that schemas speak of: `all` where everything below counts, whatever it is called. */
interface Fields {
  all: boolean;
  readonly children: Map<string, Fields>;
}

/** A page that speaks of its fields in a way that cannot be followed. */
class UnreadableSchema extends Error {}

/**
 * The values without those that only pages ask for that are not shown.
 *
 * Source: `filterHiddenStepValues` of `plugins/scaffolder-common` 2.4.
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
      // Of what is shown nothing is taken away for that; what is hidden hides nothing.
      if (!isVisible) continue;
      fields = allFields();
    }
    merge(isVisible ? visible : hidden, fields);
  }
  const result = filtered(values, hidden, visible);
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
  /** The page, which references lead into. */
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
  for (const part of partsOf(schema, root, new Set())) {
    const { additionalProperties: others, properties, items, additionalItems } = part;
    if (!(isPage && isHidden) && (others === true || isRecord(others))) fields.all = true;
    if (isRecord(properties)) {
      for (const [key, property] of Object.entries(properties)) {
        const child = isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
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

/** The schema itself, and all that it may become. */
function partsOf(
  schema: JsonObject,
  root: JsonValue,
  ancestors: ReadonlySet<JsonObject>,
): readonly JsonObject[] {
  if (ancestors.has(schema)) throw new UnreadableSchema();
  const within = new Set(ancestors).add(schema);
  const { $ref: ref, then, else: otherwise, dependencies } = schema;
  const parts: (JsonValue | undefined)[] = [];
  if (typeof ref === 'string') parts.push(referred(ref, root));
  for (const keyword of ['allOf', 'oneOf', 'anyOf']) {
    const choices = schema[keyword];
    if (Array.isArray(choices)) parts.push(...choices);
  }
  parts.push(then, otherwise, ...(isRecord(dependencies) ? Object.values(dependencies) : []));
  return [schema, ...parts.flatMap(part => (isRecord(part) ? partsOf(part, root, within) : []))];
}

function referred(ref: string, root: JsonValue): JsonObject {
  const target = referredRecord(ref, root);
  if (!target) throw new UnreadableSchema();
  return target;
}

/** @returns undefined where nothing is left of it */
function filtered(
  value: JsonValue,
  hidden: Fields | undefined,
  visible: Fields | undefined,
): JsonValue | undefined {
  if (!hidden || visible?.all) return value;
  if (!visible) return undefined;
  const hiddenBelow = (key: string): Fields | undefined =>
    hidden.all ? allFields() : hidden.children.get(key);
  if (Array.isArray(value)) {
    // An item has its place, and is not taken away.
    return value.map(
      (item, index) =>
        filtered(
          item,
          hiddenBelow(String(index)),
          visible.children.get(String(index)) ?? allFields(),
        ) ?? item,
    );
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).flatMap(([key, item]) => {
    const left = filtered(item, hiddenBelow(key), visible.children.get(key));
    return left === undefined ? [] : [[key, left] as const];
  });
  return Object.fromEntries(entries);
}
