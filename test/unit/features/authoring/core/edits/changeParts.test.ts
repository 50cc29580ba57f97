import { describe, expect, it } from 'vitest';
import { changeParts } from '../../../../../../src/features/authoring/core/edits';
import type { PartChange } from '../../../../../../src/model/releases';

function changed(text: string, ...changes: readonly PartChange[]): string {
  const result = changeParts(text, { document: 0, changes });
  return result.ok ? result.value : result.error;
}

describe('changeParts', () => {
  it('renames a key', () => {
    expect(
      changed('a:\n  "b": 1 # c\n  d: 2\n', { type: 'rename', path: ['a', 'b'], to: 'e' }),
    ).toBe('a:\n  "e": 1 # c\n  d: 2\n');
  });

  it('renames a key in a list item', () => {
    expect(changed('- \n', { type: 'rename', path: ['a'], to: 'b' })).toBe('moved');
    expect(changed('s:\n  - a: 1\n', { type: 'rename', path: ['s', 0, 'a'], to: 'b' })).toBe(
      's:\n  - b: 1\n',
    );
  });

  it('moves a value', () => {
    expect(
      changed(
        's:\n  - a: 1\n    b: true\n    c: 2\n',
        { type: 'set', path: ['s', 0, 'd', 'b'], value: true },
        { type: 'remove', path: ['s', 0, 'b'] },
      ),
    ).toBe('s:\n  - a: 1\n    c: 2\n    d:\n      b: true\n');
  });

  it('replaces a text with template syntax', () => {
    expect(changed("a: '{{ b }}'\n", { type: 'set', path: ['a'], value: '${{ b }}' })).toBe(
      "a: '${{ b }}'\n",
    );
  });

  it.each([
    ['a value that is repeated', 'a: &x\n  b: 1\nc: *x\n', 'unsafe'],
    ['a key that is gone', 'a:\n  c: 1\n', 'moved'],
    ['broken YAML', 'a: [\n', 'invalid'],
  ])('refuses %s', (_, text, reason) => {
    const path = ['a', 'b'];
    expect(changed(text, { type: 'rename', path, to: 'e' })).toBe(reason);
  });
});
