import { isRecord } from '../../../../../base';

/** What stands at a path of keys and indices; undefined where there is nothing. */
export function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((below, key) => {
    if (Array.isArray(below)) return typeof key === 'number' ? (below[key] as unknown) : undefined;
    return isRecord(below) && Object.hasOwn(below, key) ? below[key] : undefined;
  }, value);
}
