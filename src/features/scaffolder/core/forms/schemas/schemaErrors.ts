import { isRecord } from '../../../../../base';
import { type JsonObject, type JsonValue } from '../../../../../model';
import { pointerOf, type ValuePath } from '../../../../../model/forms';
import { type ValidationError, validationErrors } from '../../parameters/validate';
import type { FormControl, FormError } from '../formField';
import { objectOf, textOf, textsOf } from './jsonParts';
import { withSchema } from './mergeSchemas';
import { type SchemaScope } from './schemas';

/** Keywords whose errors name no field. The errors of fields are more precise. */
const COMPOSITE: ReadonlySet<string> = new Set([
  'oneOf',
  'anyOf',
  'allOf',
  'dependencies',
  'if',
  'schema',
]);

/** Keywords about nested values, which have fields of their own. */
const NESTED_KEYWORDS: ReadonlySet<string> = new Set([
  'properties',
  'required',
  'additionalProperties',
  'patternProperties',
  'items',
  'additionalItems',
  'oneOf',
  'anyOf',
  'allOf',
  'dependencies',
]);

/** Errors of a page's values: validated against the original schema, and reported at the resolved fields. */
export class SchemaErrors {
  readonly #scope: SchemaScope;
  /** Resolved schemas by pointer. */
  readonly #schemas = new Map<string, JsonObject>();
  readonly #fieldErrors: FormError[] = [];
  readonly #pickerErrors: FormError[] = [];

  constructor(scope: SchemaScope) {
    this.#scope = scope;
  }

  /** Validates the value of a field against its resolved schema. */
  add(
    path: ValuePath,
    schema: JsonObject,
    value: JsonValue | undefined,
    control: FormControl,
  ): void {
    const pointer = pointerOf(path);
    this.#schemas.set(pointer, withSchema(this.#schemas.get(pointer) ?? {}, schema));
    if (value === undefined) return;
    const { type } = control;
    const holdsOthers = type === 'object' || type === 'list' || type === 'variants';
    const own = holdsOthers
      ? Object.fromEntries(Object.entries(schema).filter(([key]) => !NESTED_KEYWORDS.has(key)))
      : schema;
    for (const error of this.#scope.errors(own, value)) {
      this.#fieldErrors.push(formError({ ...error, path: [...path, ...error.path] }));
    }
    if (type !== 'object') return;
    for (const name of textsOf(schema['required'])) {
      if (isRecord(value) && Object.hasOwn(value, name)) continue;
      const message = `requires property "${name}"`;
      this.#fieldErrors.push(createError([...path, name], 'required', message));
    }
  }

  /** Adds errors from a field extension. */
  addPickerErrors(path: ValuePath, messages: readonly string[]): void {
    for (const message of messages) this.#pickerErrors.push(createError(path, 'picker', message));
  }

  all(values: JsonObject): readonly FormError[] {
    const raw = validationErrors(values, this.#scope.root);
    if (raw.length === 0) return this.#pickerErrors;
    const specific = raw.filter(({ name }) => !COMPOSITE.has(name)).map(formError);
    const distinctErrors = distinct([...specific, ...this.#fieldErrors]);
    const errors = distinctErrors.length > 0 ? distinctErrors : distinct(raw.map(formError));
    return [...errors.map(error => this.#withAuthoredMessage(error)), ...this.#pickerErrors];
  }

  /** Replaces the message with the author's, as `ajv-errors` does in Backstage. */
  #withAuthoredMessage(error: FormError): FormError {
    const { path, keyword } = error;
    const key = path.at(-1);
    const schema = this.#schemas.get(pointerOf(path));
    const own = schema?.['errorMessage'];
    const around = objectOf(this.#messagesAround(path));
    const required = around['required'];
    const message =
      keyword === 'required' && key !== undefined
        ? (textOf(required) ?? textOf(objectOf(required)[key]))
        : (textOf(own) ?? textOf(objectOf(own)[keyword]) ?? textOf(objectOf(own)['_']));
    const authored = message ?? textOf(objectOf(around['properties'])[key ?? '']);
    if (authored !== undefined) return { ...error, message: authored, isAuthored: true };
    const argument = schema?.[keyword];
    const isPlain = typeof argument === 'string' || typeof argument === 'number';
    return isPlain ? { ...error, argument } : error;
  }

  #messagesAround(path: ValuePath): JsonValue | undefined {
    if (path.length === 0) return undefined;
    const above =
      path.length === 1 ? this.#scope.root : this.#schemas.get(pointerOf(path.slice(0, -1)));
    return above?.['errorMessage'];
  }
}

function createError(path: ValuePath, keyword: string, message: string): FormError {
  return { path, keyword, message, isAuthored: false };
}

function formError({ path, name, message }: ValidationError): FormError {
  const [, missing] = /^requires property "(.*)"$/s.exec(message) ?? [];
  const isMissing = name === 'required' && missing !== undefined;
  return createError(isMissing ? [...path, missing] : path, name, message);
}

function distinct(errors: readonly FormError[]): readonly FormError[] {
  const seen = new Map(errors.map(error => [`${pointerOf(error.path)} ${error.message}`, error]));
  return [...seen.values()];
}
