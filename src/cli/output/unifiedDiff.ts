import { decodeExactly } from '../../base';
import type { Paint } from './style';

/** Lines shown of one difference. The rest is only counted. */
const MAX_LINES = 200;
/** Texts that differ in more edits are not compared by line, which takes quadratic time. */
const MAX_EDITS = 2000;

interface ComparedTexts {
  /** Path or another name of the text. */
  readonly name: string;
  readonly expected?: Uint8Array | undefined;
  readonly actual?: Uint8Array | undefined;
  /** Label of the first text. Default: `expected NAME`. */
  readonly label?: string;
}

/**
 * Lines that differ between two texts, as `diff -u` prints them. A single line explains when they can't be
 * shown.
 */
export async function unifiedDiff({
  name,
  expected,
  actual,
  label = `expected ${name}`,
}: ComparedTexts): Promise<readonly string[]> {
  if (!expected || !actual) return [];
  const before = decodeExactly(expected);
  const after = decodeExactly(actual);
  if (before === undefined || after === undefined) {
    return [`expected ${expected.length} bytes of binary data, got ${actual.length}`];
  }
  const { createTwoFilesPatch } = await import('diff');
  const patch = createTwoFilesPatch(label, name, before, after, undefined, undefined, {
    context: 3,
    maxEditLength: MAX_EDITS,
  });
  if (patch === undefined) return ['The texts differ too much to show the differences'];
  // Without the header and the empty last line.
  const lines = patch.slice(patch.indexOf('--- ')).split('\n').slice(0, -1);
  const more = lines.length - MAX_LINES;
  return more > 0 ? [...lines.slice(0, MAX_LINES), `… ${more} more lines`] : lines;
}

/** Colors a line of a diff. */
export function paintedDiff(line: string, paint: Paint): string {
  if (line.startsWith('+')) return paint('green', line);
  if (line.startsWith('-')) return paint('red', line);
  return line.startsWith('@@') ? paint('cyan', line) : line;
}
