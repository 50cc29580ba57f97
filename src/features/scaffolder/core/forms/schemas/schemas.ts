import { isRecord } from '../../../../../base';
import type { JsonObject, JsonValue } from '../../../../../model';
import { referredRecord } from '../../../../../model/json';
import { InputError } from '../../../../scm/core/forgeFiles';
import { type ValidationError, validationErrors } from '../../parameters/validate';
import { objectOf, textOf } from './jsonParts';

/** More of them than any form has, and few enough to be gone through in no time. */
const MAX_SCHEMAS = 20_000;
/** Schemas within schemas: deeper is only what refers to itself. */
export const MAX_DEPTH = 24;

/** What the schemas of a page have in common. */
export class SchemaScope {
  /** The page, which references lead into. */
  readonly root: JsonObject;
  #left = MAX_SCHEMAS;

  constructor(root: JsonObject) {
    this.root = root;
  }

  /**
   * Counts a schema that is gone through: by references a small one can become as large as it likes.
   *
   * @throws InputError
   */
  enter(): void {
    if (this.#left-- <= 0) throw new InputError('The form has more fields than can be shown');
  }

  /** What a `$ref` leads to in the page; undefined where that is nothing. */
  referred(ref: JsonValue | undefined): JsonObject | undefined {
    return referredRecord(ref, this.root);
  }

  /** Whether a value fits a schema of the page. */
  accepts(schema: JsonObject, value: JsonValue): boolean {
    return this.errors(schema, value).length === 0;
  }

  /** What of a value does not fit a schema of the page. */
  errors(schema: JsonObject, value: JsonValue): readonly ValidationError[] {
    // References in it lead into the page.
    const { $ref: _ref, ...root } = this.root;
    return validationErrors(value, { ...root, [SCHEMA_KEY]: schema, $ref: `#/${SCHEMA_KEY}` });
  }
}

const SCHEMA_KEY = 'callboardSchema';

/**
 * The type that a field of a schema has.
 *
 * Source: `getSchemaType` of `@rjsf/utils` 5.24.
 */
export function typeOf(schema: JsonObject): string | undefined {
  const { type } = schema;
  if (typeof type === 'string') return type;
  if (Array.isArray(type)) {
    const others = type.filter(one => one !== 'null');
    return textOf(type.length === 2 && others.length === 1 ? others[0] : type[0]);
  }
  if (schema['const'] !== undefined) return guessedType(schema['const']);
  if (schema['enum'] !== undefined) return 'string';
  const isObject =
    schema['properties'] !== undefined || schema['additionalProperties'] !== undefined;
  return isObject ? 'object' : undefined;
}

export function guessedType(value: JsonValue | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}

/** Values of which one is chosen, and what they are called; undefined for what is none of such. */
export function selectOptions(
  schema: JsonObject,
): readonly { readonly value: JsonValue; readonly schema: JsonObject }[] | undefined {
  const { enum: values, oneOf, anyOf } = schema;
  if (Array.isArray(values)) return values.map(value => ({ value, schema: {} }));
  const choices = [oneOf, anyOf].find(one => Array.isArray(one));
  if (!choices?.length) return undefined;
  const options = choices.flatMap(choice => {
    const value = isRecord(choice) ? constantOf(choice) : undefined;
    return value === undefined ? [] : [{ value, schema: objectOf(choice) }];
  });
  return options.length === choices.length ? options : undefined;
}

/** The one value that a schema allows, if it says so. */
function constantOf(schema: JsonObject): JsonValue | undefined {
  const { const: constant, enum: values } = schema;
  return constant ?? (Array.isArray(values) && values.length === 1 ? values[0] : undefined);
}

/** Whether a list is one of some values, each once at most. */
export function isMultiSelect(schema: JsonObject, items: JsonObject): boolean {
  return schema['uniqueItems'] === true && selectOptions(items) !== undefined;
}

/** Of what a list holds in a place: `undefined` for one that is added. */
export function itemSchemaAt(schema: JsonObject, index: number): JsonObject {
  const { items, additionalItems } = schema;
  if (!Array.isArray(items)) return objectOf(items);
  return objectOf(index < items.length ? items[index] : additionalItems);
}

export function equals(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
