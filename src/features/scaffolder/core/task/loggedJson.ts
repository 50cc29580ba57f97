import { isRecord } from '../../../../base';
import type { JsonValue } from '../../../../model';

/** Value as JavaScript puts it into a text: what lies in it is not spelled out. */
export function shortText(value: JsonValue): string {
  if (Array.isArray(value)) return value.map(item => (item === null ? '' : shortText(item))).join();
  return isRecord(value) ? '[object Object]' : String(value);
}

/** As many as YAML files may have: indentation takes the square of it. */
const MAX_INDENTED_LEVELS = 200;

/** Value as it stands in the log of a task: indented as in Backstage, on one line where it is nested very deeply. */
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
