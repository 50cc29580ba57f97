import { isMap, isScalar, isSeq } from 'yaml';
import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver-types';
import { comparePositions, type Range } from '../../base';
import type { KindRegistry } from '../../model/validation';
import { type Descriptor, descriptorOf } from '../descriptors/descriptor';
import { scalarsAt } from '../documents/cursor';
import type { PlacedPart, YamlText } from '../documents/yamlText';
import { symbolKindOf } from '../entities/entityKinds';

/** Below that an outline shows nothing that anybody looks for, as in API definitions. */
const MAX_DEPTH = 6;
const MAX_CHILDREN = 1000;
const MAX_TEXT = 80;

/** An outline of the descriptors in a file: entities, and in them what they consist of. */
export function documentSymbols(text: YamlText, kinds: KindRegistry): readonly DocumentSymbol[] {
  return text.parts.flatMap(placed => {
    const descriptor = descriptorOf(placed.part, kinds);
    return descriptor ? [entitySymbol(placed, descriptor, text)] : [];
  });
}

function entitySymbol(
  placed: PlacedPart,
  { kind, name, type }: Descriptor,
  text: YamlText,
): DocumentSymbol {
  const span = contentSpan(placed, text);
  const [found] = scalarsAt(placed, ['metadata', 'name']);
  const isNamed = found && span.start <= found.scalar.start && found.scalar.end <= span.end;
  const firstLine = text.rangeAt(span.start, Math.min(span.end, endOfLine(text, span.start)));
  const children = childrenOf(placed.part.root, { placed, text }, MAX_DEPTH);
  return {
    name: shortened(name) || `(no name)`,
    detail: [kind ?? 'no kind', type].filter(Boolean).map(shortened).join(' · '),
    kind: symbolKindOf(kind),
    range: covering(text.rangeAt(span.start, span.end), children),
    selectionRange: isNamed ? text.rangeAt(found.scalar.start, found.scalar.end) : firstLine,
    children,
  };
}

/** From the first to the last character of a document that is neither blank, comment nor marker. */
function contentSpan(
  { part, start, end }: PlacedPart,
  text: YamlText,
): { start: number; end: number } {
  const [from, to] = part.spanOf(part.root) ?? [0, end - start];
  const trimmed = text.text.slice(start + from, start + to).trimEnd().length;
  return { start: start + from, end: start + from + trimmed };
}

interface Place {
  readonly placed: PlacedPart;
  readonly text: YamlText;
}

function childrenOf(node: unknown, place: Place, depth: number): DocumentSymbol[] {
  if (depth === 0) return [];
  if (isMap(node)) {
    return node.items.slice(0, MAX_CHILDREN).flatMap(({ key, value }) => {
      if (!isScalar(key)) return [];
      return symbolOf({ name: String(key.value), key, value }, place, depth) ?? [];
    });
  }
  if (!isSeq(node)) return [];
  return node.items.slice(0, MAX_CHILDREN).flatMap((value, index) => {
    const name = isMap(value) ? itemName(value.items) : undefined;
    return symbolOf({ name: name ?? `[${index}]`, key: value, value }, place, depth) ?? [];
  });
}

function symbolOf(
  { name, key, value }: { name: string; key: unknown; value: unknown },
  { placed, text }: Place,
  depth: number,
): DocumentSymbol | undefined {
  const selection = placed.part.spanOf(key);
  if (!selection) return undefined;
  const whole = placed.part.spanOf(value) ?? selection;
  // Block texts end with the line break after them.
  const written = placed.part.source.slice(selection[0], whole[1]).trimEnd();
  const end = Math.max(selection[0] + written.length, selection[1]);
  const range = text.rangeAt(placed.start + selection[0], placed.start + end);
  const children = childrenOf(value, { placed, text }, depth - 1);
  const detail = isScalar(value) && value.value !== null ? String(value.value) : '';
  return {
    name: shortened(name) || '(empty)',
    ...(detail && { detail: shortened(detail) }),
    kind: kindOfNode(value),
    range: covering(range, children),
    selectionRange: text.rangeAt(placed.start + selection[0], placed.start + selection[1]),
    children,
  };
}

/** Of broken text the parser has nodes that reach beyond what they stand in. */
function covering(range: Range, children: readonly DocumentSymbol[]): Range {
  let { start, end } = range;
  for (const child of children) {
    if (comparePositions(child.range.start, start) < 0) start = child.range.start;
    if (comparePositions(end, child.range.end) < 0) end = child.range.end;
  }
  return { start, end };
}

/** What an item of a list goes by: links have titles, steps and resources ids and names. */
function itemName(
  items: readonly { readonly key: unknown; readonly value: unknown }[],
): string | undefined {
  for (const wanted of ['name', 'id', 'title', 'url']) {
    const pair = items.find(({ key }) => isScalar(key) && key.value === wanted);
    if (isScalar(pair?.value) && typeof pair.value.value === 'string') return pair.value.value;
  }
  return undefined;
}

function kindOfNode(value: unknown): SymbolKind {
  if (isMap(value)) return SymbolKind.Object;
  if (isSeq(value)) return SymbolKind.Array;
  const kinds: Readonly<Record<string, SymbolKind>> = {
    string: SymbolKind.String,
    number: SymbolKind.Number,
    boolean: SymbolKind.Boolean,
  };
  return (isScalar(value) ? kinds[typeof value.value] : undefined) ?? SymbolKind.Null;
}

function shortened(text: string | undefined): string {
  const line = text?.replace(/\s+/g, ' ').trim() ?? '';
  return line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT)}…` : line;
}

function endOfLine({ text }: YamlText, start: number): number {
  const length = text.slice(start).search(/[\r\n]/);
  return length < 0 ? text.length : start + length;
}
