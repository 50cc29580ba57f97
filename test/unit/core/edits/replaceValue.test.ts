import { describe, expect, it } from 'vitest';
import { applyOffsetEdits, replaceValue } from '../../../../src/core/edits';
import { marked } from '../../../support/markedText';

/** The text with the marked value replaced by `orders`, or why it is not. */
function replaced(source: string): string {
  const { text, ranges } = marked(source);
  const edit = replaceValue(text, ranges[0]?.start ?? { line: 0, character: 0 }, 'orders');
  if (!edit.ok) return edit.error;
  return edit.value ? applyOffsetEdits(text, [edit.value]) : 'unchanged';
}

describe('replaceValue', () => {
  it.each([
    ['a: <|b|> # c\n', 'a: orders # c\n'],
    ['a: 1\n---\na: [x, <|"b"|>] # c\n', 'a: 1\n---\na: [x, "orders"] # c\n'],
    ["- <|'b'|>\n- c\n", "- 'orders'\n- c\n"],
    ['a:\n  <|b|>: c # d\n', 'a:\n  orders: c # d\n'],
  ])('replaces in %j', (before, after) => {
    expect(replaced(before)).toBe(after);
  });

  it.each([
    ['unchanged', 'a: <|orders|>\n'],
    ['moved', 'a: b <||>\n'],
    ['moved', 'a:<||> b\n'],
    ['unsafe', '<|a|>: b\norders: c\n'],
    ['moved', 'a: <|b|>\na: c\n'],
    ['anchor', 'a: &b <|b|>\n'],
    ['templated', 'a: <|${{ b }}|>\n'],
  ])('gives %s for %j', (reason, source) => {
    expect(replaced(source)).toBe(reason);
  });
});
