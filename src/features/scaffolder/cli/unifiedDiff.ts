import { exactText } from '../../../base';
import type { Difference } from '../core';

/** Of one difference; the rest is counted. */
const MAX_LINES = 200;
/** Texts that differ in more are not compared line by line: that takes the square of it. */
const MAX_EDITS = 2000;

/**
 * What stands in one text and not in the other, as `diff -u` prints it, without what is the same. A single line
 * says so where that cannot be shown.
 */
export async function unifiedDiff({
  name,
  expected,
  actual,
}: Difference): Promise<readonly string[]> {
  if (!expected || !actual) return [];
  const before = exactText(expected);
  const after = exactText(actual);
  if (before === undefined || after === undefined) {
    return [`expected ${expected.length} bytes that are no text, got ${actual.length}`];
  }
  const { createTwoFilesPatch } = await import('diff');
  const patch = createTwoFilesPatch(`expected ${name}`, name, before, after, undefined, undefined, {
    context: 3,
    maxEditLength: MAX_EDITS,
  });
  if (patch === undefined) return ['There is more that differs than can be shown'];
  // The first line is a rule, and the last is empty.
  const lines = patch.split('\n').slice(1, -1);
  const more = lines.length - MAX_LINES;
  return more > 0 ? [...lines.slice(0, MAX_LINES), `… ${more} more lines`] : lines;
}
