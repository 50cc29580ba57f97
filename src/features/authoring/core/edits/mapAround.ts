import { isAlias, isMap, isSeq, type YAMLMap } from 'yaml';
import { failure, ok, type Result } from '../../../../base';
import type { FieldRefusal } from './documentEdit';
import { findPair, isMarked } from './yamlLayout';

/** The map in the last of the lists that a path goes through, and the keys from there on. */
export function mapAround(
  root: YAMLMap,
  path: readonly (string | number)[],
): Result<{ readonly map: YAMLMap; readonly keys: readonly string[] }, FieldRefusal> {
  const last = path.findLastIndex(segment => typeof segment === 'number');
  let node: unknown = root;
  for (const segment of path.slice(0, last + 1)) {
    if (isAlias(node) || isMarked(node)) return failure('anchor');
    if (typeof segment === 'string')
      node = isMap(node) ? findPair(node, segment)?.value : undefined;
    else node = isSeq(node) ? node.items[segment] : undefined;
  }
  if (isAlias(node)) return failure('anchor');
  if (!isMap(node)) return failure('several-values');
  return ok({ map: node, keys: path.slice(last + 1).map(String) });
}
