import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { EMPTY_RANGE, failure, LineIndex, ok, type Range, type Result } from '../../../../base';
import { composeDocuments, MAX_ALIASES } from '../../../../platform/core/yaml';

/** Keys and indices from the root of a value. */
export type DataPath = readonly (string | number)[];

/** A reason why a text can't be parsed. */
export interface SyntaxFault {
  readonly message: string;
  readonly range: Range;
}

/** A parsed JSON or YAML text with the places of its values. */
export interface PlacedText {
  readonly value: unknown;
  /** Returns the range of a key or value; that of the nearest existing value around it if it is missing. */
  readonly locate: (path: DataPath, at?: 'key' | 'value') => Range;
}

/** Parses an untrusted text with one JSON or YAML document. */
export function parsePlacedText(text: string): Result<PlacedText, SyntaxFault> {
  const lines = new LineIndex(text);
  const rangeOf = (from: number, to: number): Range => ({
    start: lines.positionAt(from),
    end: lines.positionAt(to),
  });
  const [composed, second] = composeDocuments(text);
  if (!composed) return ok({ value: null, locate: () => EMPTY_RANGE });
  const { document, excess, base } = composed;
  const fault = (message: string, from: number, to: number): Result<PlacedText, SyntaxFault> =>
    failure({ message, range: rangeOf(base + from, base + to) });
  if (!document) return fault(excess?.message ?? '', excess?.pos[0] ?? 0, excess?.pos[1] ?? 0);
  const [error] = document.errors;
  if (error) return fault(error.message, error.pos[0], error.pos[1]);
  if (second) {
    const range = rangeOf(second.start, second.start);
    return failure({ message: 'Only one YAML document is expected', range });
  }
  return ok({
    value: document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown,
    locate(path, at = 'value') {
      const [from = 0, to = from] = nodeAt(document.contents, path, at)?.range ?? [];
      return rangeOf(base + from, base + to);
    },
  });
}

/** Returns the node at a path, or the nearest one around it. */
function nodeAt(contents: Node | null, path: DataPath, at: 'key' | 'value'): Node | undefined {
  let node: unknown = contents;
  for (const [index, step] of path.entries()) {
    let next: unknown;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
      const isKey = at === 'key' && index === path.length - 1;
      // A value that isn't written is at its key.
      next = isKey ? pair?.key : (pair?.value ?? pair?.key);
    } else if (isSeq(node)) next = node.items[Number(step)];
    if (next === undefined || next === null) break;
    node = next;
  }
  return (node as Node | null) ?? undefined;
}
