import { isRecord } from '../../../../../base';
import { type JsonObject, type JsonValue } from '../../../../../model';
import { pointerOf, type ValuePath } from '../../../../../model/forms';
import { type ValidationError, validationErrors } from '../../parameters/validate';
import type { FormControl, FormError } from '../formField';
import { objectOf, textOf, textsOf } from './jsonParts';
import { withSchema } from './mergeSchemas';
import { type SchemaScope } from './schemas';

/** What does not say which field is wrong: that is said by the errors of the fields. */
const COMPOSITE: ReadonlySet<string> = new Set([
  'oneOf',
  'anyOf',
  'allOf',
  'dependencies',
  'if',
  'schema',
]);

/** What is said of what a schema holds, which fields of their own are checked for. */
const WITHIN: ReadonlySet<string> = new Set([
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

/** What is wrong with the values of a page: by the schema as it is written, told at the fields that it comes to. */
export class SchemaErrors {
  readonly #scope: SchemaScope;
  /** By pointers: what holds for a value in the form as it is. */
  readonly #schemas = new Map<string, JsonObject>();
  readonly #ofFields: FormError[] = [];
  readonly #ofPickers: FormError[] = [];

  constructor(scope: SchemaScope) {
    this.#scope = scope;
  }

  /** Checks a value by what its field comes to. */
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
      ? Object.fromEntries(Object.entries(schema).filter(([key]) => !WITHIN.has(key)))
      : schema;
    for (const error of this.#scope.errors(own, value)) {
      this.#ofFields.push(formError({ ...error, path: [...path, ...error.path] }));
    }
    if (type !== 'object') return;
    for (const name of textsOf(schema['required'])) {
      if (isRecord(value) && Object.hasOwn(value, name)) continue;
      const message = `requires property "${name}"`;
      this.#ofFields.push(plain([...path, name], 'required', message));
    }
  }

  /** What a field says by itself of what is in it. */
  addOfPicker(path: ValuePath, messages: readonly string[]): void {
    for (const message of messages) this.#ofPickers.push(plain(path, 'picker', message));
  }

  all(values: JsonObject): readonly FormError[] {
    const raw = validationErrors(values, this.#scope.root);
    if (raw.length === 0) return this.#ofPickers;
    const specific = raw.filter(({ name }) => !COMPOSITE.has(name)).map(formError);
    const told = distinct([...specific, ...this.#ofFields]);
    const errors = told.length > 0 ? told : distinct(raw.map(formError));
    return [...errors.map(error => this.#authored(error)), ...this.#ofPickers];
  }

  /** In the words of who wrote the schema, as `ajv-errors` has them in Backstage. */
  #authored(error: FormError): FormError {
    const { path, keyword } = error;
    const key = path.at(-1);
    const own = this.#schemas.get(pointerOf(path))?.['errorMessage'];
    const around = objectOf(this.#messagesAround(path));
    const required = around['required'];
    const message =
      keyword === 'required' && key !== undefined
        ? (textOf(required) ?? textOf(objectOf(required)[key]))
        : (textOf(own) ?? textOf(objectOf(own)[keyword]) ?? textOf(objectOf(own)['_']));
    const said = message ?? textOf(objectOf(around['properties'])[key ?? '']);
    return said === undefined ? error : { ...error, message: said, isAuthored: true };
  }

  #messagesAround(path: ValuePath): JsonValue | undefined {
    if (path.length === 0) return undefined;
    const above =
      path.length === 1 ? this.#scope.root : this.#schemas.get(pointerOf(path.slice(0, -1)));
    return above?.['errorMessage'];
  }
}

function plain(path: ValuePath, keyword: string, message: string): FormError {
  return { path, keyword, message, isAuthored: false };
}

function formError({ path, name, message }: ValidationError): FormError {
  const [, missing] = /^requires property "(.*)"$/s.exec(message) ?? [];
  const isMissing = name === 'required' && missing !== undefined;
  return plain(isMissing ? [...path, missing] : path, name, message);
}

function distinct(errors: readonly FormError[]): readonly FormError[] {
  const seen = new Map(errors.map(error => [`${pointerOf(error.path)} ${error.message}`, error]));
  return [...seen.values()];
}
