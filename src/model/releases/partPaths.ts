import { isRecord, ownValue } from '../../base';
import type { PartPath } from './releaseRules';

/** A value in a document, with its path. */
export interface PlacedValue {
  readonly value: unknown;
  readonly path: PartPath;
}

/** Returns the value at a path; undefined if there is none. */
export function valueAt(value: unknown, path: PartPath): unknown {
  return path.reduce<unknown>(childOf, value);
}

/** Returns the paths that exist for a pattern, in which `*` matches any key or index. */
export function matchingPaths(value: unknown, pattern: PartPath): readonly PartPath[] {
  const [first, ...rest] = pattern;
  if (first === undefined) return [[]];
  const keys =
    first !== '*'
      ? [first]
      : Array.isArray(value)
        ? [...value.keys()]
        : isRecord(value)
          ? Object.keys(value)
          : [];
  return keys.flatMap(key => {
    const child = childOf(value, key);
    if (child === undefined) return [];
    return matchingPaths(child, rest).map(path => [key, ...path]);
  });
}

/** Returns the value at a path and all values in it, outer ones first. */
export function* valuesIn(document: unknown, path: PartPath): Generator<PlacedValue> {
  // An alias can repeat a value in itself.
  const seen = new Set<unknown>();
  const pending: PlacedValue[] = [{ value: valueAt(document, path), path }];
  for (const part of pending) {
    const { value } = part;
    if (seen.has(value)) continue;
    yield part;
    if (typeof value !== 'object' || value === null) continue;
    seen.add(value);
    for (const [key, child] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
      pending.push({ value: child, path: [...part.path, key] });
    }
  }
}

function childOf(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  return isRecord(value) ? ownValue(value, String(key)) : undefined;
}
