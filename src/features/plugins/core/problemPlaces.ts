import { isMap, isScalar, isSeq, type Pair, type ParsedNode } from 'yaml';
import { LineIndex, type Range } from '../../../base';
import { composeDocuments } from '../../../platform/core/yaml';

/** A field of a document. */
export interface FieldPlace {
  /** 0-based index of the document. */
  readonly document: number;
  readonly path: readonly (string | number)[];
}

/**
 * Finds fields in a text of YAML or JSON.
 *
 * @returns the range of each field's value, or of its key if the value has several lines; of the
 * nearest field above that exists if it doesn't; undefined if the document can't be read
 */
export async function rangesOfFields(
  text: string,
  places: readonly FieldPlace[],
): Promise<readonly (Range | undefined)[]> {
  const documents = composeDocuments(text);
  const lines = new LineIndex(text);
  return places.map(({ document, path }) => {
    const composed = documents[document];
    const span = spanOf(composed?.document?.contents ?? undefined, path);
    return composed && span && lines.rangeAt(composed.base + span[0], composed.base + span[1]);
  });
}

function spanOf(
  contents: ParsedNode | undefined,
  path: readonly (string | number)[],
): readonly [from: number, to: number] | undefined {
  let node: ParsedNode | null | undefined = contents;
  let span: readonly [number, number] | undefined;
  for (const step of path) {
    if (isMap<ParsedNode, ParsedNode | null>(node)) {
      const pair: Pair<ParsedNode, ParsedNode | null> | undefined = node.items.find(
        ({ key }) => isScalar(key) && String(key.value) === String(step),
      );
      if (!pair) break;
      span = [pair.key.range[0], pair.key.range[1]];
      node = pair.value;
    } else if (isSeq<ParsedNode>(node)) {
      const item: ParsedNode | undefined = node.items[Number(step)];
      if (!item) break;
      span = [item.range[0], item.range[1]];
      node = item;
    } else break;
    if (isScalar(node) && node.range && node.range[1] > node.range[0]) {
      span = [node.range[0], node.range[1]];
    }
  }
  return span;
}
