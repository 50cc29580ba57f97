import { isRecord } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';
import { Redactor } from '../../../../platform/core';
import { addedBySecrets } from '../rendering/redactions';

/** What is filled in, without what must not be kept. */
export interface PlainValues {
  readonly values: JsonObject;
  /** Of what was filled in in confidence: secrets, and passwords among the values. */
  readonly redactor: Redactor;
}

/**
 * What of values may be kept.
 *
 * @param draft - what a form would keep of them: without its secrets, and with its defaults
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

/** What of a value is in another, too. */
function within(value: JsonObject, given: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, own]) => {
      const other = Object.hasOwn(given, key) ? given[key] : undefined;
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
