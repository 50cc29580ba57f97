import { isRecord } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';
import { addedBySecrets, Redactor } from '../rendering/redactions';

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
  const redactor = new Redactor();
  redactor.add([...Object.values(secrets), ...addedBySecrets(values, plain).values]);
  return { values: redactedRecord(plain, redactor), redactor };
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

export function redactedRecord(value: JsonObject, redactor: Redactor): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, redactedValue(item, redactor)]),
  );
}

function redactedValue(value: JsonValue, redactor: Redactor): JsonValue {
  if (typeof value === 'string') return redactor.redact(value);
  if (Array.isArray(value)) return value.map(item => redactedValue(item, redactor));
  return isRecord(value) ? redactedRecord(value, redactor) : value;
}
