import { describe, expect, it } from 'vitest';
import {
  applyOffsetEdits,
  replaceValue,
} from '../../../../../../src/features/authoring/core/edits';
import { marked } from '../../../../../support/markedText';

/** The text with the marked value replaced by `orders`, or the reason for none. */
function replaced(source: string, options?: { readonly isForAll: boolean }): string {
  const { text, ranges } = marked(source);
  const start = ranges[0]?.start ?? { line: 0, character: 0 };
  const edit = replaceValue(text, start, 'orders', options);
  if (!edit.ok) return edit.error;
  return edit.value ? applyOffsetEdits(text, [edit.value]) : 'unchanged';
}

describe('replaceValue', () => {
  it.each([
    ['a: <|b|> # c\n', 'a: orders # c\n'],
    ['a: 1\n---\na: [x, <|"b"|>] # c\n', 'a: 1\n---\na: [x, "orders"] # c\n'],
    ["- <|'b'|>\n- c\n", "- 'orders'\n- c\n"],
    ['a:\n  <|b|>: c # d\n', 'a:\n  orders: c # d\n'],
    ['a: &x <|b|>\n---\na: &x c\nb: *x\n', 'a: &x orders\n---\na: &x c\nb: *x\n'],
    ['a: !!str <|b|>\n', 'a: !!str orders\n'],
    ['a: [!!str &x <|"b"|>]\n', 'a: [!!str &x "orders"]\n'],
  ])('replaces in %j', (before, after) => {
    expect(replaced(before)).toBe(after);
  });

  it.each([
    ['unchanged', 'a: <|orders|>\n'],
    ['moved', 'a: b <||>\n'],
    ['moved', 'a:<||> b\n'],
    ['unsafe', '<|a|>: b\norders: c\n'],
    ['moved', 'a: <|b|>\na: c\n'],
    ['anchor', 'a: &b <|b|>\nc: *b\n'],
    ['anchor', 'a: &b b\nc: <|*b|>\n'],
    ['anchor', 'a: !t <|b|>\n'],
    ['templated', 'a: <|${{ b }}|>\n'],
  ])('returns %s for %j', (reason, source) => {
    expect(replaced(source)).toBe(reason);
  });

  it.each([
    ['a: &x <|b|> # c\nd: *x\n', 'a: &x orders # c\nd: *x\n'],
    ['a: &x b # c\nd: [<|*x|>]\n', 'a: &x orders # c\nd: [*x]\n'],
    // An anchor may be defined twice: the last definition before the alias counts.
    ['a: &x b\nc: &x b\nd: <|*x|>\ne: &x b\n', 'a: &x b\nc: &x orders\nd: *x\ne: &x b\n'],
  ])('replaces a shared value for all its aliases on request in %j', (before, after) => {
    expect(replaced(before, { isForAll: true })).toBe(after);
  });

  it.each([
    ['moved', 'a: &b [b]\nc: <|*b|>\n'],
    ['anchor', 'a: &b !t b\nc: <|*b|>\n'],
  ])('returns %s for %j, for all aliases', (reason, source) => {
    expect(replaced(source, { isForAll: true })).toBe(reason);
  });
});
