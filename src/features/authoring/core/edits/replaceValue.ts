import { type Document, isAlias, isScalar, type Node, type Scalar, visit } from 'yaml';
import { failure, LineIndex, type Position, type Result } from '../../../../base';
import { composeDocuments } from '../../../../platform/core/yaml';
import { applyOffsetEdits, type FieldRefusal, type OffsetEdit } from './documentEdit';
import { replaceScalar } from './setField';

export interface ReplaceOptions {
  /** Whether to replace a value that aliases share for all of them. */
  readonly isForAll?: boolean;
}

/** Returns the edit that replaces the scalar (value or key) at a position; undefined if it has the value already. */
export function replaceValue(
  text: string,
  start: Position,
  value: string,
  { isForAll = false }: ReplaceOptions = {},
): Result<OffsetEdit | undefined, FieldRefusal> {
  const lines = new LineIndex(text);
  const offset = lines.offsetOfLine(start.line) + start.character;
  const found = scalarAt(text, offset);
  if (!found) return failure('moved');
  const { node, base, isShared } = found;
  if ((isShared && !isForAll) || (node.tag !== undefined && node.tag !== STRING)) {
    return failure('anchor');
  }
  const edit = replaceScalar(text, base, node, value);
  if (!edit.ok || !edit.value) return edit;
  const after = scalarAt(applyOffsetEdits(text, [edit.value]), base + (node.range?.[0] ?? 0));
  return after?.node.value === value ? edit : failure('unsafe');
}

/** The full form of `!!str`. */
const STRING = 'tag:yaml.org,2002:str';

interface FoundScalar {
  readonly node: Scalar;
  readonly base: number;
  /** Whether an alias refers to it. */
  readonly isShared: boolean;
}

/** Returns the scalar at an offset, or the target of an alias there. */
function scalarAt(text: string, offset: number): FoundScalar | undefined {
  for (const { document, base, start, end } of composeDocuments(text)) {
    if (offset < start || offset >= end) continue;
    if (!document || document.errors.length) return undefined;
    return scalarIn(document, base, offset);
  }
  return undefined;
}

function scalarIn(document: Document, base: number, offset: number): FoundScalar | undefined {
  const anchors = new Map<string, Node>();
  const shared = new Set<Node>();
  let found: Node | undefined;
  visit(document, {
    Node(_, node) {
      const aliased = isAlias(node) ? anchors.get(node.source) : undefined;
      if (aliased) shared.add(aliased);
      if (!isAlias(node) && node.anchor !== undefined) anchors.set(node.anchor, node);
      const isHere = base + (node.range?.[0] ?? -1) === offset;
      if (isHere && (isScalar(node) || isAlias(node))) found ??= aliased ?? node;
    },
  });
  return isScalar(found) ? { node: found, base, isShared: shared.has(found) } : undefined;
}
