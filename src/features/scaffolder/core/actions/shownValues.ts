import { isRecord } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';

/**
 * Values behind a message, as Backstage's logger writes them: as JSON, keys sorted, nothing where there are none.
 * Names that mean something to it do not come out: what is called `message` is added to the message.
 */
export function shownValues(values: JsonObject | undefined): string {
  const { message, level: _level, splat: _splat, ...others } = values ?? {};
  const added = message ? ` ${shownText(message)}` : '';
  return Object.keys(others).length === 0 ? added : `${added} ${JSON.stringify(sorted(others))}`;
}

function shownText(value: JsonValue): string {
  if (Array.isArray(value)) return value.map(item => (item === null ? '' : shownText(item))).join();
  return isRecord(value) ? '[object Object]' : String(value);
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
