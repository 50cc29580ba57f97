import {
  type Alias,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Scalar,
} from 'yaml';
import { cannotBeParted, composeDocuments, MAX_NESTING } from '../../../../platform/core/yaml';
import type { FieldPath } from '../documents/cursor';
import { YamlPart } from '../documents/yamlPart';
import type { PlacedPart, YamlText } from '../documents/yamlText';

/** A scalar of a document under one of the paths that lead to it. */
export interface Leaf {
  readonly path: FieldPath;
  readonly scalar: Scalar;
  /** What stands at the path, where that is an alias for the scalar. */
  readonly alias: Alias | undefined;
}

/** More are in no descriptor; aliases of aliases make as many as they please. */
const MAX_STEPS = 100_000;

/**
 * All scalars of a document in their order, those behind aliases under each path that leads to them;
 * undefined where there are too many.
 */
export function leavesOf({ part }: Pick<PlacedPart, 'part'>): readonly Leaf[] | undefined {
  const leaves: Leaf[] = [];
  const anchors = new Map<string, unknown>();
  let steps = 0;
  const collect = (node: unknown, path: FieldPath, alias: Alias | undefined): void => {
    if (++steps > MAX_STEPS || path.length > MAX_NESTING) {
      steps = MAX_STEPS + 1;
      return;
    }
    if (isAlias(node)) {
      // An alias stands for what had the name last before it; one for itself has no value.
      collect(anchors.get(node.source), path, node);
      return;
    }
    if ((isScalar(node) || isCollection(node)) && node.anchor !== undefined && !alias) {
      anchors.set(node.anchor, node);
    }
    if (isScalar(node)) leaves.push({ path, scalar: node, alias });
    else if (isSeq(node)) {
      node.items.forEach((item, index) =>
        collect(isPair(item) ? item.value : item, [...path, index], undefined),
      );
    } else if (isMap(node)) {
      for (const { key, value } of node.items) {
        if (isScalar(key) && key.anchor !== undefined && !alias) anchors.set(key.anchor, key);
        collect(value, [...path, isScalar(key) ? String(key.value) : ''], undefined);
      }
    }
  };
  collect(part.root, [], undefined);
  return steps > MAX_STEPS ? undefined : leaves;
}

/**
 * The documents of a text, each with what it says: those as well that `YamlText` has in one part,
 * since they cannot be edited by themselves.
 */
export function documentsOf(text: YamlText): readonly PlacedPart[] {
  if (!cannotBeParted(text.text)) return text.parts;
  return composeDocuments(text.text).map(({ start, end }, index) => ({
    index,
    start,
    end,
    line: text.positionAt(start).line,
    part: new YamlPart(text.text.slice(start, end)),
  }));
}
