import { isRecord, ownValue } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';
import { Redactor } from '../../../../platform/core';
import { addedBySecrets } from '../rendering/redactions';

/** Input that may be stored. */
export interface PlainValues {
  readonly values: JsonObject;
  /** Redacts secrets and password values. */
  readonly redactor: Redactor;
}

/**
 * Removes secrets from values.
 * @param draft - the form's draft of the values, without secrets and with defaults
 */
export function plainValues(
  { values, secrets }: { readonly values: JsonObject; readonly secrets: Record<string, string> },
  draft: JsonObject,
): PlainValues {
  const plain = within(draft, values);
  const redactor = new Redactor([
    ...Object.values(secrets),
    ...addedBySecrets(values, plain).values,
  ]);
  return { values: redactor.redactRecord(plain), redactor };
}

/** The parts of a value that were given. */
function within(value: JsonObject, given: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, own]) => {
      const other = ownValue(given, key);
      return other === undefined ? [] : [[key, withinValue(own, other)]];
    }),
  );
}

function withinValue(value: JsonValue, given: JsonValue): JsonValue {
  if (isRecord(value) && isRecord(given)) return within(value, given);
  if (!Array.isArray(value) || !Array.isArray(given)) return value;
  return value.map((item, index) => {
    const other = given[index];
    return other === undefined ? item : withinValue(item, other);
  });
}
