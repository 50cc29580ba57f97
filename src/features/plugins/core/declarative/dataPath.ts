import { failure, isRecord, ok, type Result } from '../../../../base';
import type { DataPath } from './placedText';

/** Maximum number of steps of a path. */
const MAX_STEPS = 50;

/**
 * Parses a path to a value: a JSON pointer (`/measures/0/value`), or a JSONPath without wildcards
 * and filters (`$.measures[0].value`, `$['a key']`).
 */
export function parseDataPath(text: string): Result<DataPath, string> {
  const steps = text.startsWith('$') ? stepsOfJsonPath(text) : stepsOfPointer(text);
  if (!steps) {
    return failure(
      `"${text.slice(0, 100)}" isn't a path. Use a JSON pointer such as /measures/0/value, or a JSONPath without wildcards such as $.measures[0].value`,
    );
  }
  if (steps.length > MAX_STEPS) return failure(`A path can have at most ${MAX_STEPS} steps`);
  return ok(steps);
}

function stepsOfPointer(text: string): DataPath | undefined {
  if (text === '') return [];
  if (!text.startsWith('/')) return undefined;
  return text
    .slice(1)
    .split('/')
    .map(segment => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

const STEP = /\.([^.[\]'"\s*?()]+)|\[(\d{1,9})\]|\['([^']*)'\]|\["([^"]*)"\]/y;

function stepsOfJsonPath(text: string): DataPath | undefined {
  const steps: (string | number)[] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < text.length) {
    const match = STEP.exec(text);
    if (!match) return undefined;
    const [, name, index, single, double] = match;
    steps.push(index === undefined ? (name ?? single ?? double ?? '') : Number(index));
  }
  return steps;
}

/** Returns the value at a path; undefined if there is none. Inherited properties don't count. */
export function valueAtSteps(value: unknown, path: DataPath): unknown {
  let current = value;
  for (const step of path) {
    if (Array.isArray(current)) {
      const items: readonly unknown[] = current;
      current = /^\d+$/.test(String(step)) ? items[Number(step)] : undefined;
    } else if (isRecord(current) && Object.hasOwn(current, step)) current = current[step];
    else return undefined;
  }
  return current ?? undefined;
}
