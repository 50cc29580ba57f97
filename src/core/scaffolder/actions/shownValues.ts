import { isRecord } from '../../../base';
import type { JsonObject, JsonValue } from '../../../model';

/** Values behind a message, as Backstage's logger writes them: as JSON, keys sorted, nothing where there are none. */
export function shownValues(values: JsonObject | undefined): string {
  return values === undefined || Object.keys(values).length === 0
    ? ''
    : ` ${JSON.stringify(sorted(values))}`;
}

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
