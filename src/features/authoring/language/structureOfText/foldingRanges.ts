import { isMap, isScalar, isSeq, visit } from 'yaml';
import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver-types';
import { type LineIndex } from '../../../../base';
import { flatMapInSlices } from '../../../../platform/core';
import { PartCache } from '../documents/partCache';
import type { YamlPart } from '../documents/yamlPart';
import type { TextRequest } from '../languageProvider';

/** Documents, maps, lists, block texts, runs of comments and regions. */
export async function foldingRanges({
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
  foldComments(linesOf(text.text, text.lines), textLines, add);
  return [...byLine.values()].sort((a, b) => a.startLine - b.startLine);
}

/** Lines count from the start of the document. */
interface FoldsOfPart {
  readonly folds: readonly (readonly [first: number, last: number])[];
  /** Those in texts of several lines, where a `#` begins no comment. */
  readonly textLines: readonly number[];
}

const foldsOfPart = new PartCache<FoldsOfPart>();

function readFolds(part: YamlPart): FoldsOfPart {
  const { source, root, lines } = part;
  const texts = linesOf(source, lines);
  const folds: [number, number][] = [];
  const textLines: number[] = [];
  /** Up to the last line with something on it. */
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

function linesOf(text: string, lines: LineIndex): readonly string[] {
  return Array.from({ length: lines.lineCount }, (_, line) =>
    text.slice(
      lines.offsetOfLine(line),
      line + 1 < lines.lineCount ? lines.offsetOfLine(line + 1) : text.length,
    ),
  );
}
