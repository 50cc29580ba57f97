import { isMap, isPair, isSeq } from 'yaml';
import type { SelectionRange } from 'vscode-languageserver-types';
import type { KindRegistry } from '../../../../model/validation';
import { refAt } from '../descriptors/writtenRefs';
import { cursorAt } from '../documents/cursor';
import type { PlacedPart, YamlText } from '../documents/yamlText';
import { innerSpan } from '../mentions/mention';
import { refParts } from '../mentions/refParts';

/** Offsets into the file. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * What is selected step by step from an offset outwards: the part of a ref, the ref, its quotes, the
 * field, what that stands in, the document, the file. Each range lies in the next.
 */
export function selectionRange(
  text: YamlText,
  offset: number,
  kinds: KindRegistry,
): SelectionRange {
  const placed = cursorAt(text, offset)?.placed ?? text.partAt(offset);
  const outwards = [
    ...refSpans(text, offset, kinds),
    ...scalarSpans(text, offset),
    ...nodeSpans(placed, offset).reverse(),
    ...documentSpans(placed, text),
    { start: 0, end: text.text.length },
  ];
  const nested: Span[] = [];
  for (const span of outwards) {
    const inner = nested.at(-1) ?? { start: offset, end: offset };
    const isWider = span.start <= inner.start && inner.end <= span.end;
    const isSame = span.start === inner.start && span.end === inner.end && nested.length > 0;
    if (isWider && !isSame) nested.push(span);
  }
  let selection: SelectionRange | undefined;
  for (const { start, end } of nested.reverse()) {
    selection = { range: text.rangeAt(start, end), ...(selection && { parent: selection }) };
  }
  return selection ?? { range: text.rangeAt(offset, offset) };
}

/** The part of a ref at an offset, the namespace and name, the whole. */
function refSpans(text: YamlText, offset: number, kinds: KindRegistry): readonly Span[] {
  const ref = refAt(text, offset, kinds);
  const span = ref && innerSpan(text, ref.scalar);
  if (!ref || !span) return [];
  const { kind, namespace, name } = refParts(ref.scalar.value);
  const parts = [name, namespace, kind].flatMap(part => part ?? []);
  return [...parts, { start: (namespace ?? name).start, end: name.end }].map(({ start, end }) => ({
    start: span.start + start,
    end: span.start + end,
  }));
}

/** A key or value without its quotes, and with them. */
function scalarSpans(text: YamlText, offset: number): readonly Span[] {
  const scalar = cursorAt(text, offset)?.scalar;
  if (!scalar) return [];
  const inner = innerSpan(text, scalar);
  return inner ? [inner, scalar] : [scalar];
}

/** Pairs, maps, lists and items around an offset, the outermost first. */
function nodeSpans({ part, start }: PlacedPart, offset: number): Span[] {
  const spans: Span[] = [];
  const local = offset - start;
  const spanOf = (first: unknown, last: unknown): Span | undefined => {
    const from = part.spanOf(first) ?? part.spanOf(last);
    const to = part.spanOf(last) ?? from;
    if (!from || !to) return undefined;
    const [begin] = from;
    const end = begin + part.source.slice(begin, to[1]).trimEnd().length;
    return begin <= local && local <= end ? { start: start + begin, end: start + end } : undefined;
  };
  let node: unknown = part.root;
  while (isMap(node) || isSeq(node)) {
    const own = spanOf(node, node);
    if (own) spans.push(own);
    const next: unknown = (node.items as readonly unknown[]).find(item =>
      isPair(item) ? spanOf(item.key, item.value) : spanOf(item, item),
    );
    if (isPair(next)) {
      const pair = spanOf(next.key, next.value);
      if (pair) spans.push(pair);
      node = next.value;
    } else node = next;
  }
  return spans;
}

/** A document without blanks around it, and as it stands between its markers. */
function documentSpans({ start, end }: PlacedPart, text: YamlText): readonly Span[] {
  const source = text.text.slice(start, end);
  const blank = source.length - source.trimStart().length;
  return [
    { start: start + blank, end: start + Math.max(blank, source.trimEnd().length) },
    { start, end },
  ];
}
