import { isMap, isScalar, isSeq } from 'yaml';
import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver-types';
import { comparePositions, shiftRange, type Range, translate } from '../../../../base';
import { flatMapInSlices } from '../../../../platform/core';
import { type Descriptor, descriptorOf } from '../descriptors/descriptor';
import { PartCache, type YamlPart } from '../documents/yamlPart';
import { symbolKindOf } from '../entities/markdown';
import type { TextRequest } from '../languageProvider';

/** Limits of the outline, for large content such as API definitions. */
const MAX_DEPTH = 6;
const MAX_CHILDREN = 1000;
const MAX_TEXT = 80;

/** Returns the outline of a file: descriptors with their fields. */
export function documentSymbols({
  text,
  context,
  signal,
}: TextRequest): Promise<readonly DocumentSymbol[]> {
  const { kinds } = context.catalog;
  return flatMapInSlices(text.parts, signal, ({ part, line }) => {
    const symbol = symbolOfPart.get(part, kinds, () => {
      const descriptor = descriptorOf(part, kinds);
      return descriptor && entitySymbol(part, descriptor);
    });
    return symbol ? [shifted(symbol, line)] : [];
  });
}

/** Symbols with positions as if each document were at the start of its file. */
const symbolOfPart = new PartCache<DocumentSymbol | undefined>();

function shifted(symbol: DocumentSymbol, lines: number): DocumentSymbol {
  return {
    ...symbol,
    range: shiftRange(symbol.range, lines),
    selectionRange: shiftRange(symbol.selectionRange, lines),
    children: symbol.children?.map(child => shifted(child, lines)) ?? [],
  };
}

function entitySymbol(part: YamlPart, { kind, name, type }: Descriptor): DocumentSymbol {
  const { start, end } = contentSpan(part);
  const firstLine = part.source.slice(start, end).search(/[\r\n]|$/);
  const children = childrenOf(part.root, part, MAX_DEPTH);
  return {
    name: shortened(name) || translate('(no name)'),
    detail: [kind ?? translate('no kind'), type].filter(Boolean).map(shortened).join(' · '),
    kind: symbolKindOf(kind),
    range: covering(part.lines.rangeAt(start, end), children),
    // The first line rather than the name below `metadata`: sticky scroll shows it above the lines of the children.
    selectionRange: part.lines.rangeAt(start, start + firstLine),
    children,
  };
}

/** Returns the range of a document's content, without leading and trailing blank lines, comments and markers. */
function contentSpan(part: YamlPart): { start: number; end: number } {
  const { root } = part;
  const [from, end] = part.spanOf(root) ?? [0, part.source.length];
  // After a stray bracket, the parser starts a mapping after its first key.
  const [firstKey = from] = (isMap(root) && part.spanOf(root.items[0]?.key)) || [];
  const start = Math.min(from, firstKey);
  return { start, end: start + part.source.slice(start, end).trimEnd().length };
}

function childrenOf(node: unknown, part: YamlPart, depth: number): DocumentSymbol[] {
  if (depth === 0) return [];
  if (isMap(node)) {
    return node.items.slice(0, MAX_CHILDREN).flatMap(({ key, value }) => {
      if (!isScalar(key)) return [];
      return symbolOf({ name: String(key.value), key, value }, part, depth) ?? [];
    });
  }
  if (!isSeq(node)) return [];
  return node.items.slice(0, MAX_CHILDREN).flatMap((value, index) => {
    const name = isMap(value) ? itemName(value.items) : undefined;
    return symbolOf({ name: name ?? `[${index}]`, key: value, value }, part, depth) ?? [];
  });
}

function symbolOf(
  { name, key, value }: { name: string; key: unknown; value: unknown },
  part: YamlPart,
  depth: number,
): DocumentSymbol | undefined {
  const selection = part.spanOf(key);
  if (!selection) return undefined;
  const whole = part.spanOf(value) ?? selection;
  // Block scalars include the final line break.
  const written = part.source.slice(selection[0], whole[1]).trimEnd();
  const end = Math.max(selection[0] + written.length, selection[1]);
  const range = part.lines.rangeAt(selection[0], end);
  const children = childrenOf(value, part, depth - 1);
  const detail = isScalar(value) ? textOf(value.value) : '';
  return {
    name: shortened(name) || '(empty)',
    ...(detail && { detail: shortened(detail) }),
    kind: kindOfNode(value),
    range: covering(range, children),
    selectionRange: part.lines.rangeAt(selection[0], selection[1]),
    children,
  };
}

/** Extends a range, because in broken text children can extend beyond their parent. */
function covering(range: Range, children: readonly DocumentSymbol[]): Range {
  let { start, end } = range;
  for (const child of children) {
    if (comparePositions(child.range.start, start) < 0) start = child.range.start;
    if (comparePositions(end, child.range.end) < 0) end = child.range.end;
  }
  return { start, end };
}

/** Returns the label of a list item: links have titles, steps and resources have ids and names. */
function itemName(
  items: readonly { readonly key: unknown; readonly value: unknown }[],
): string | undefined {
  for (const wanted of ['name', 'id', 'title', 'url']) {
    const pair = items.find(({ key }) => isScalar(key) && key.value === wanted);
    if (isScalar(pair?.value) && typeof pair.value.value === 'string') return pair.value.value;
  }
  return undefined;
}

function textOf(value: unknown): string {
  const isText = ['string', 'number', 'boolean', 'bigint'].includes(typeof value);
  return isText ? String(value) : '';
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
