import { isMap, isScalar, isSeq, visit } from 'yaml';
import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver-types';
import type { PlacedPart, YamlText } from '../documents/yamlText';

/** Documents, maps, lists, block texts, runs of comments and regions. */
export function foldingRanges(text: YamlText): readonly FoldingRange[] {
  const byLine = new Map<number, FoldingRange>();
  const add = (startLine: number, endLine: number, kind?: FoldingRangeKind): void => {
    const known = byLine.get(startLine);
    if (endLine <= startLine || (known && known.endLine >= endLine)) return;
    byLine.set(startLine, { startLine, endLine, ...(kind && { kind }) });
  };
  const lines = new Lines(text);
  for (const placed of text.parts) {
    foldDocument(placed, lines, add);
    foldNodes(placed, lines, add);
  }
  foldComments(lines, blockTextLines(text), add);
  return [...byLine.values()].sort((a, b) => a.startLine - b.startLine);
}

type AddFold = (startLine: number, endLine: number, kind?: FoldingRangeKind) => void;

class Lines {
  readonly texts: readonly string[];
  #text: YamlText;

  constructor(text: YamlText) {
    this.#text = text;
    const { lines } = text;
    this.texts = Array.from({ length: lines.lineCount }, (_, line) =>
      text.text.slice(
        lines.offsetOfLine(line),
        line + 1 < lines.lineCount ? lines.offsetOfLine(line + 1) : text.text.length,
      ),
    );
  }

  lineOf(offset: number): number {
    return this.#text.positionAt(offset).line;
  }

  /** The last line with something on it before an offset. */
  lastLineBefore(offset: number, first: number): number {
    let line = this.lineOf(Math.max(0, offset - 1));
    while (line > first && !this.texts[line]?.trim()) line--;
    return line;
  }
}

function foldDocument({ part, start, end }: PlacedPart, lines: Lines, add: AddFold): void {
  const content = /^(?:[ \t]*(?:#.*)?\r?\n)*/.exec(part.source)?.[0].length ?? 0;
  const first = lines.lineOf(start + content);
  add(first, lines.lastLineBefore(end, first));
}

function foldNodes({ part, start }: PlacedPart, lines: Lines, add: AddFold): void {
  if (!part.root) return;
  const fold = (from: unknown, to: unknown): void => {
    const head = part.spanOf(from);
    const body = part.spanOf(to);
    if (!head || !body) return;
    const first = lines.lineOf(start + head[0]);
    add(first, lines.lastLineBefore(start + body[1], first));
  };
  visit(part.root, {
    Pair(_, { key, value }) {
      if (isMap(value) || isSeq(value) || isScalar(value)) fold(key, value);
    },
    Seq(_, { items }) {
      for (const item of items) if (isMap(item) || isSeq(item) || isScalar(item)) fold(item, item);
    },
  });
}

/** Lines in block texts, where a `#` begins no comment. */
function blockTextLines(text: YamlText): ReadonlySet<number> {
  const inside = new Set<number>();
  for (const { part, start } of text.parts) {
    if (!part.root || !part.source.includes('#')) continue;
    visit(part.root, {
      Scalar(_, scalar) {
        const span = part.spanOf(scalar);
        if (!span) return;
        const first = text.positionAt(start + span[0]).line;
        const last = text.positionAt(start + Math.max(span[0], span[1] - 1)).line;
        for (let line = first + 1; line <= last; line++) inside.add(line);
      },
    });
  }
  return inside;
}

function foldComments(lines: Lines, blockTexts: ReadonlySet<number>, add: AddFold): void {
  const regions: number[] = [];
  let runStart: number | undefined;
  const endRun = (line: number): void => {
    if (runStart !== undefined) add(runStart, line - 1, FoldingRangeKind.Comment);
    runStart = undefined;
  };
  for (const [line, source] of lines.texts.entries()) {
    const region = blockTexts.has(line) ? undefined : /^\s*#\s*(end)?region\b/.exec(source);
    if (region) {
      endRun(line);
      if (!region[1]) regions.push(line);
      else add(regions.pop() ?? line, line, FoldingRangeKind.Region);
    } else if (!/^\s*#/.test(source) || blockTexts.has(line)) endRun(line);
    else runStart ??= line;
  }
  endRun(lines.texts.length);
}
