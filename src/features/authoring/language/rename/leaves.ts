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
import { type OffsetEdit, scalarText } from '../../core/edits';
import { type FieldPath, nodeAt, type WrittenScalar } from '../documents/cursor';
import { YamlPart } from '../documents/yamlPart';
import type { PlacedPart, YamlText } from '../documents/yamlText';
import { innerSpan, refParts } from '../mentions/mention';

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

/**
 * What of a scalar is its value letter by letter, quotes and the first line of a block text left out;
 * undefined where escapes or breaks make the value another text than the one that stands there.
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
 * The smallest edit that makes the value of a scalar another one of a single line, quotes kept: quotes
 * are only added where a plain text would be read as something else. Of a ref whose name alone
 * changes, the name is replaced.
 *
 * @returns undefined where the value is written in a way that no small edit can change
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
 * The placeholder that a field comes from, as it is written: `$text: ./owner.txt`. Undefined where the
 * field is written in the document itself.
 *
 * @param field - as people write it: `spec.dependsOn[1]`
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
