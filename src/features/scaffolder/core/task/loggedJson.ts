import { isRecord } from '../../../../base';
import type { JsonValue } from '../../../../model';

/** Value as JavaScript converts it to text, without nested values. */
export function shortText(value: JsonValue): string {
  if (Array.isArray(value)) return value.map(item => (item === null ? '' : shortText(item))).join();
  return isRecord(value) ? '[object Object]' : String(value);
}

/** The limit of YAML nesting. Indentation takes quadratic space. */
const MAX_INDENTED_LEVELS = 200;

/** JSON for a task's log: indented as in Backstage, or on one line for deeply nested values. */
export function loggedJson(value: unknown): string {
  return JSON.stringify(value, undefined, isDeep(value) ? undefined : 2);
}

function isDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0 && depth < MAX_INDENTED_LEVELS; depth++) {
    level = level.flatMap(item =>
      typeof item === 'object' && item !== null ? Object.values<unknown>({ ...item }) : [],
    );
  }
  return level.length > 0;
}
