import { validate } from 'jsonschema';
import { errorMessage } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';

/** A validation error, worded by the validator that Backstage's backend uses. */
export interface ValidationError {
  /** Path of the value. */
  readonly path: readonly (string | number)[];
  /** The validator's message: `requires property "name"`. */
  readonly message: string;
  /** The message with its location: `instance requires property "name"`. */
  readonly stack: string;
  /** The violated keyword of the schema. */
  readonly name: string;
}

/**
 * Id of schemas without one. The validator's default, `/`, fails to resolve references on newer versions of
 * Node.
 */
const BASE = 'https://schema.invalid/';

/** Source: `jsonschema.validate`, which Backstage uses for parameters, secrets and inputs of actions. */
export function validationErrors(value: JsonValue, schema: JsonObject): readonly ValidationError[] {
  try {
    // The validator modifies its input. It would, for example, set an own `constructor` property.
    return validate(structuredClone(value), schema, { base: BASE }).errors.map(
      ({ path, message, stack, name }) => ({ path, message, stack, name }),
    );
  } catch (error) {
    // The schema is invalid, for example a broken `$ref` or pattern.
    const message = errorMessage(error).replaceAll(BASE, '/');
    return [{ path: [], message, stack: message, name: 'schema' }];
  }
}
