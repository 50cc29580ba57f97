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
import { mustParseWhole, composeDocuments, MAX_NESTING } from '../../../../platform/core/yaml';
import { type OffsetEdit, scalarText } from '../../core/edits';
import { type FieldPath, nodeAt, type WrittenScalar } from '../documents/cursor';
import { YamlPart } from '../documents/yamlPart';
import type { PlacedPart, YamlText } from '../documents/yamlText';
import { innerSpan, refParts } from '../mentions/mention';

/** A scalar of a document with one of its paths. */
export interface Leaf {
  readonly path: FieldPath;
  readonly scalar: Scalar;
  /** The alias at the path, if the scalar is reached through one. */
  readonly alias: Alias | undefined;
}

/** The maximum number of visited nodes: nested aliases can multiply without limit. */
const MAX_STEPS = 100_000;

/**
 * Returns all scalars of a document in order, those behind aliases under each of their paths; undefined if there are
 * too many.
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
      // An alias refers to the last node with its name; one to itself has no value.
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
 * Returns the documents of a text with their values, also for a text that `YamlText` has as one part, whose documents
 * can't be edited separately.
 */
export function documentsOf(text: YamlText): readonly PlacedPart[] {
  if (!mustParseWhole(text.text)) return text.parts;
  return composeDocuments(text.text).map(({ start, end }, index) => ({
    index,
    start,
    end,
    line: text.positionAt(start).line,
    part: new YamlPart(text.text.slice(start, end)),
  }));
}

/**
 * Returns the range of a scalar's value, without quotes and the header of a block; undefined if escapes or line breaks
 * make the value differ from the source text.
 */
export function valueSpan(
  text: YamlText,
  scalar: WrittenScalar,
): { readonly start: number; readonly end: number } | undefined {
  if (scalar.style !== 'block') return innerSpan(text, scalar);
  const source = text.text.slice(scalar.start, scalar.end);
  const header = /^[^\r\n]*(?:\r\n|\n|\r)/.exec(source)?.[0].length ?? source.length;
  const body = source.slice(header);
  if (scalar.value === '' || body.trim() !== scalar.value) return undefined;
  const start = scalar.start + header + body.indexOf(scalar.value);
  return { start, end: start + scalar.value.length };
}

/**
 * Returns the smallest edit that gives a scalar another one-line value, keeping its quotes and adding some only if
 * plain text would be read as another type. If only the name of a ref changes, only that is replaced.
 *
 * @returns undefined if no small edit can change the notation
 */
export function scalarEdit(
  text: YamlText,
  scalar: WrittenScalar,
  value: string,
): OffsetEdit | undefined {
  const { start, end, style } = scalar;
  if (style === 'plain' && scalarText(value, 'PLAIN') !== value) {
    return { start, end, text: scalarText(value, 'PLAIN') };
  }
  const span = valueSpan(text, scalar);
  if (!span) {
    if (style === 'block') return undefined;
    return { start, end, text: scalarText(value, STYLES[style]) };
  }
  const [before, after] = [nameStart(scalar.value), nameStart(value)];
  if (scalar.value.slice(0, before) === value.slice(0, after)) {
    return { ...span, start: span.start + before, text: value.slice(after) };
  }
  return { ...span, text: value };
}

const STYLES = { plain: 'PLAIN', single: 'QUOTE_SINGLE', double: 'QUOTE_DOUBLE' } as const;

function nameStart(ref: string): number {
  return refParts(ref).name.start;
}

const PLACEHOLDER = /^\$(?:text|json|yaml|openapi|asyncapi)$/;

/**
 * Returns the placeholder that provides a field: `$text: ./owner.txt`. Undefined if the field is written in the
 * document.
 *
 * @param field - such as `spec.dependsOn[1]`
 */
export function placeholderOn(placed: PlacedPart, field: string): string | undefined {
  const path = field
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map(key => (/^\d+$/.test(key) ? Number(key) : key));
  for (let length = 1; length <= path.length; length++) {
    const node = nodeAt(placed, path.slice(0, length));
    if (!isMap(node) || node.items.length !== 1) continue;
    const { key, value } = node.items[0] ?? {};
    if (isScalar(key) && typeof key.value === 'string' && PLACEHOLDER.test(key.value)) {
      return `${key.value}: ${isScalar(value) ? String(value.value) : '…'}`;
    }
  }
  return undefined;
}
