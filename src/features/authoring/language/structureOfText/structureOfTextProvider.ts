import {
  type FoldingRange,
  FoldingRangeKind,
  type SelectionRange,
} from 'vscode-languageserver-types';
import { isMap, isPair, isScalar, isSeq, visit } from 'yaml';
import type { KindRegistry } from '../../../../model/validation';
import { flatMapInSlices } from '../../../../platform/core';
import { refAt, refsIn } from '../descriptors/writtenRefs';
import { cursorAt } from '../documents/cursor';
import { PartCache, type YamlPart } from '../documents/yamlPart';
import type { PlacedPart, YamlText } from '../documents/yamlText';
import type {
  LanguageContext,
  LanguageProvider,
  SemanticToken,
  TextRequest,
} from '../languageProvider';
import { innerSpan, refParts } from '../mentions/mention';

/** Provides folding ranges, selection ranges and semantic tokens. */
export const structureOfTextProvider: LanguageProvider = {
  foldingRanges,

  selectionRange({ context, text, offset }): SelectionRange {
    return selectionRange(text, offset, context.catalog.kinds);
  },

  semanticTokens: refTokens,
};

/** Returns the parts of refs as tokens; those of missing entities are `unresolved`. */
async function refTokens({
  text,
  context,
  signal,
}: TextRequest): Promise<readonly SemanticToken[]> {
  const tokens = await flatMapInSlices(text.parts, signal, placed =>
    tokensIn(placed, text, context),
  );
  const sorted = tokens.sort((a, b) => a.start - b.start);
  // A field in two relation rules has one token.
  return sorted.filter(({ start }, index) => start >= (sorted[index - 1]?.end ?? 0));
}

function tokensIn(
  placed: PlacedPart,
  text: YamlText,
  { catalog }: LanguageContext,
): readonly SemanticToken[] {
  const tokens: SemanticToken[] = [];
  for (const { scalar, targetRef, descriptor } of refsIn(placed, catalog.kinds)) {
    const span = targetRef === undefined ? undefined : innerSpan(text, scalar);
    if (!span || targetRef === undefined || /[\r\n]/.test(scalar.value)) continue;
    // A ref in a template may resolve once it is filled in.
    const isUnresolved = catalog.isReady && !descriptor.isTemplated && !catalog.has(targetRef);
    const { kind, namespace, name } = refParts(scalar.value);
    const parts = [
      ['type', kind],
      ['namespace', namespace],
      ['class', name],
    ] as const;
    for (const [type, part] of parts) {
      if (!part || part.start === part.end) continue;
      tokens.push({
        start: span.start + part.start,
        end: span.start + part.end,
        type,
        ...(isUnresolved && { modifiers: ['unresolved'] }),
      });
    }
  }
  return tokens;
}

/** Folds documents, maps, lists, block scalars, runs of comments and regions. */
async function foldingRanges({
  text,
  signal,
}: Pick<TextRequest, 'text' | 'signal'>): Promise<readonly FoldingRange[]> {
  const byLine = new Map<number, FoldingRange>();
  const add = ({ startLine, endLine, kind }: FoldingRange): void => {
    const known = byLine.get(startLine);
    if (endLine <= startLine || (known && known.endLine >= endLine)) return;
    byLine.set(startLine, { startLine, endLine, ...(kind && { kind }) });
  };
  const textLines = new Set<number>();
  const parts = await flatMapInSlices(text.parts, signal, ({ part, line }) => {
    return [{ line, found: foldsOfPart.get(part, undefined, () => readFolds(part)) }];
  });
  for (const { line, found } of parts) {
    for (const [first, last] of found.folds) add({ startLine: line + first, endLine: line + last });
    for (const inText of found.textLines) textLines.add(line + inText);
  }
  if (signal.aborted) return [];
  foldComments(text.text.split(LINE_END), textLines, add);
  return [...byLine.values()].sort((a, b) => a.startLine - b.startLine);
}

/** Lines relative to the start of the document. */
interface FoldsOfPart {
  readonly folds: readonly (readonly [first: number, last: number])[];
  /** Lines within multi-line texts, where `#` starts no comment. */
  readonly textLines: readonly number[];
}

const LINE_END = /\r\n|\n|\r/;

const foldsOfPart = new PartCache<FoldsOfPart>();

function readFolds(part: YamlPart): FoldsOfPart {
  const { source, root, lines } = part;
  const texts = source.split(LINE_END);
  const folds: [number, number][] = [];
  const textLines: number[] = [];
  /** Ends at the last line that isn't blank. */
  const fold = (from: number, to: number): void => {
    const first = lines.positionAt(from).line;
    let last = lines.positionAt(Math.max(0, to - 1)).line;
    while (last > first && !texts[last]?.trim()) last--;
    if (last > first) folds.push([first, last]);
  };
  const foldNode = (from: unknown, to: unknown): void => {
    if (!isMap(to) && !isSeq(to) && !isScalar(to)) return;
    const head = part.spanOf(from);
    const body = part.spanOf(to);
    if (head && body) fold(head[0], body[1]);
  };
  fold(/^(?:[ \t]*(?:#.*)?\r?\n)*/.exec(source)?.[0].length ?? 0, source.length);
  if (!root) return { folds, textLines };
  visit(root, {
    Pair(_, { key, value }) {
      foldNode(key, value);
    },
    Seq(_, { items }) {
      for (const item of items) foldNode(item, item);
    },
    Scalar(_, scalar) {
      const [start, end] = part.spanOf(scalar) ?? [0, 0];
      const last = lines.positionAt(Math.max(start, end - 1)).line;
      for (let line = lines.positionAt(start).line + 1; line <= last; line++) textLines.push(line);
    },
  });
  return { folds, textLines };
}

function foldComments(
  lines: readonly string[],
  textLines: ReadonlySet<number>,
  add: (fold: FoldingRange) => void,
): void {
  const regions: number[] = [];
  let run: number | undefined;
  const endRun = (line: number): void => {
    if (run !== undefined) {
      add({ startLine: run, endLine: line - 1, kind: FoldingRangeKind.Comment });
    }
    run = undefined;
  };
  for (const [line, source] of lines.entries()) {
    const isComment = !textLines.has(line) && /^\s*#/.test(source);
    const region = isComment ? /^\s*#\s*(end)?region\b/.exec(source) : undefined;
    if (!isComment || region) endRun(line);
    else run ??= line;
    if (region?.[1] === undefined) {
      if (region) regions.push(line);
    } else {
      add({ startLine: regions.pop() ?? line, endLine: line, kind: FoldingRangeKind.Region });
    }
  }
  endRun(lines.length);
}

/** Offsets into the file. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Returns selections from an offset outwards: part of a ref, ref, with quotes, field, its parents, document, file. Each
 * range contains the previous one.
 */
function selectionRange(text: YamlText, offset: number, kinds: KindRegistry): SelectionRange {
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

/** Returns the part of a ref at an offset, then namespace and name, then the whole ref. */
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

/** Returns a key or value without and with its quotes. */
function scalarSpans(text: YamlText, offset: number): readonly Span[] {
  const scalar = cursorAt(text, offset)?.scalar;
  if (!scalar) return [];
  const inner = innerSpan(text, scalar);
  return inner ? [inner, scalar] : [scalar];
}

/** Returns pairs, maps, lists and items around an offset, the outermost first. */
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

/** Returns a document without surrounding blank lines, and as it is between its markers. */
function documentSpans({ start, end }: PlacedPart, text: YamlText): readonly Span[] {
  const source = text.text.slice(start, end);
  const blank = source.length - source.trimStart().length;
  return [
    { start: start + blank, end: start + Math.max(blank, source.trimEnd().length) },
    { start, end },
  ];
}
