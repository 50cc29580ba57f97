import { validate } from 'jsonschema';
import { errorMessage } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';

/** What does not fit a schema, in the words of the validator that Backstage's backend uses. */
export interface ValidationError {
  /** Keys that lead to the value. */
  readonly path: readonly (string | number)[];
  /** Such as `requires property "name"`. */
  readonly message: string;
  /** The same with the place before it: `instance requires property "name"`. */
  readonly stack: string;
  /** The keyword of the schema that is not satisfied. */
  readonly name: string;
}

/**
 * What a schema is called that has no name. By itself the validator calls it `/`, and resolves references in it against
 * an address that newer versions of Node refuse.
 */
const BASE = 'https://schema.invalid/';

/** Source: `jsonschema.validate`, with which Backstage checks parameters, secrets and inputs of actions. */
export function validationErrors(value: JsonValue, schema: JsonObject): readonly ValidationError[] {
  try {
    // It writes into what it checks: of `constructor`, which nobody gave, the one that all objects have.
    return validate(structuredClone(value), schema, { base: BASE }).errors.map(
      ({ path, message, stack, name }) => ({ path, message, stack, name }),
    );
  } catch (error) {
    // The schema itself is wrong: a `$ref` that leads nowhere, a pattern that is none.
    const message = errorMessage(error).replaceAll(BASE, '/');
    return [{ path: [], message, stack: message, name: 'schema' }];
  }
}
