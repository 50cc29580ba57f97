import { mapConcurrently, type Range } from '../../base';
import type { Problem } from '../../model';
import type { FileSystem } from '../../platform/core/ports';
import { fitText, type Paint, printable, type Style, textWidth } from './style';

/** Lines of files, by URI. */
export type FileLines = ReadonlyMap<string, readonly string[]>;

/** The maximum number of columns of a line. */
const WIDTH = 120;

/** The columns that a long line keeps before the marked text. */
const BEFORE = 40;

/** The number of files that are read at a time. */
const FILES_AT_A_TIME = 16;

/** Reads the files that problems are in. Files that can't be read have no lines. */
export async function readLines(
  problems: readonly Problem[],
  fileSystem: Pick<FileSystem, 'readFile'>,
): Promise<FileLines> {
  const files = new Set(problems.filter(hasPlace).map(({ file }) => file));
  const read = await mapConcurrently([...files], FILES_AT_A_TIME, async file => {
    if (!file?.startsWith('file:')) return [];
    try {
      const text = new TextDecoder().decode(await fileSystem.readFile(file));
      return [[file, text.split(/\r\n|[\n\r]/)] as const];
    } catch {
      // A message of its own reports unreadable files.
      return [];
    }
  });
  return new Map(read.flat());
}

/** Whether a problem is at a text, rather than of its whole file. */
function hasPlace({ range: { start, end } }: Problem): boolean {
  return end.line > 0 || end.character > 0 || start.character > 0;
}

/**
 * Formats the first line of a problem with its number, and carets below the range.
 *
 * @returns no lines if the file or the line isn't known
 */
export function codeFrame(
  problem: Problem,
  lines: FileLines,
  { paint, style }: { readonly paint: Paint; readonly style: Style },
): readonly string[] {
  const { file = '', range } = problem;
  const line = hasPlace(problem) ? lines.get(file)?.[range.start.line] : undefined;
  if (line === undefined) return [];
  const { before, marked, after } = partsOf(line, range);
  const number = String(range.start.line + 1);
  const bar = (text: string): string => paint('dim', `${text} |`);
  return [
    `${bar(number)} ${before}${marked}${fitText(after, Math.max(1, WIDTH - textWidth(before) - textWidth(marked)))}`,
    `${bar(' '.repeat(number.length))} ${' '.repeat(textWidth(before))}${paint(style, '^'.repeat(Math.max(1, textWidth(marked))))}`,
  ];
}

/** Splits a line at the ends of a range, as printable texts that fit the width. */
function partsOf(
  line: string,
  { start, end }: Range,
): { readonly before: string; readonly marked: string; readonly after: string } {
  const stop = end.line > start.line ? line.trimEnd().length : end.character;
  const shown = (text: string): string => printable(text.replaceAll('\t', ' '));
  const indent = line.length - line.trimStart().length;
  const before = shown(line.slice(Math.min(indent, start.character), start.character));
  const marked = shown(line.slice(start.character, Math.max(start.character, stop)));
  return {
    before: fitText(before, BEFORE, 'end'),
    marked: fitText(marked, WIDTH - BEFORE),
    after: stop > line.length ? '' : shown(line.slice(Math.max(start.character, stop)).trimEnd()),
  };
}
