import { isRecord } from '../../../../../base';
import type { JsonObject, JsonValue } from '../../../../../model';
import { referredRecord } from '../../../../../model/json';
import { InputError } from '../../../../scm/core/forgeFiles';
import { type ValidationError, validationErrors } from '../../parameters/validate';
import { objectOf, textOf } from './jsonParts';

/** Maximum number of visited schemas: more than any real form has, and fast to visit. */
const MAX_SCHEMAS = 20_000;
/** Maximum nesting of schemas. Only recursive ones are deeper. */
export const MAX_DEPTH = 24;

/** State shared by all schemas of a page. */
export class SchemaScope {
  /** Schema of the page, which references point into. */
  readonly root: JsonObject;
  #left = MAX_SCHEMAS;

  constructor(root: JsonObject) {
    this.root = root;
  }

  /**
   * Counts a visited schema, because references can make a small schema arbitrarily large.
   * @throws InputError
   */
  countSchema(): void {
    if (this.#left-- <= 0) throw new InputError('The form has too many fields');
  }

  /** The target of a `$ref`, if it exists. */
  resolveReference(ref: JsonValue | undefined): JsonObject | undefined {
    return referredRecord(ref, this.root);
  }

  /** Whether a value is valid for a schema of the page. */
  accepts(schema: JsonObject, value: JsonValue): boolean {
    return this.errors(schema, value).length === 0;
  }

  /** Validation errors of a value. */
  errors(schema: JsonObject, value: JsonValue): readonly ValidationError[] {
    // Keeps the page as the root, so that references resolve.
    const { $ref: _ref, ...root } = this.root;
    return validationErrors(value, { ...root, [SCHEMA_KEY]: schema, $ref: `#/${SCHEMA_KEY}` });
  }
}

const SCHEMA_KEY = 'callboardSchema';

/** The type of a schema's field. Source: `getSchemaType` of `@rjsf/utils` 5.24. */
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

/** Values to select from, with their schemas. Undefined if the schema is no selection. */
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

/** The only value that a schema allows, if there is one. */
function constantOf(schema: JsonObject): JsonValue | undefined {
  const { const: constant, enum: values } = schema;
  return constant ?? (Array.isArray(values) && values.length === 1 ? values[0] : undefined);
}

/** Whether a list holds distinct values of a selection. */
export function isMultiSelect(schema: JsonObject, items: JsonObject): boolean {
  return schema['uniqueItems'] === true && selectOptions(items) !== undefined;
}

/** The schema of the item at an index. */
export function itemSchemaAt(schema: JsonObject, index: number): JsonObject {
  const { items, additionalItems } = schema;
  if (!Array.isArray(items)) return objectOf(items);
  return objectOf(index < items.length ? items[index] : additionalItems);
}

export function equals(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
