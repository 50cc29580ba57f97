import { describe, expect, it } from 'vitest';
import {
  firstParagraph,
  toDescription,
} from '../../../../../../src/features/authoring/core/import/prose';

describe('First paragraph of a README', () => {
  const cases: readonly [string, string, string | undefined][] = [
    [
      'after a heading',
      '# Shop\n\nSells *all* things\nto `everybody`.\n\nMore.',
      'Sells all things to everybody.',
    ],
    ['after an underlined heading', 'The Shop\n========\n\nSells things.', 'Sells things.'],
    [
      'after badges',
      '[![b](https://x/y.svg)](https://x)\n![c][c]\n\nSells things.',
      'Sells things.',
    ],
    ['after HTML', '<p align="center">\n<img src="x">\n</p>\n\nSells things.', 'Sells things.'],
    ['after a comment', '<!-- a\n b c d -->\nSells things.', 'Sells things.'],
    [
      'after code, lists, tables and quotes',
      '```\nnpm i x\n```\n- a b\n1. c d\n| a | b |\n> e f\n\nSells things.',
      'Sells things.',
    ],
    ['with brackets', 'Reads items[0] of [JSON] files.', 'Reads items[0] of [JSON] files.'],
    ['with links', 'Sells [all things](https://x) and [more][m].', 'Sells all things and more.'],
    [
      'with reference links',
      `[![b][badge]][ci]\n\nSells [things][t] & &quot;more&quot;.\n\n${'- a\n'.repeat(10_000)}\n[t]: https://x`,
      'Sells things & "more".',
    ],
    [
      'with HTML and marks in words',
      'Sells <b>all</b>_the_things<br>**now**.',
      'Sells all _the_things now.',
    ],
    ['in HTML', '<div align="center">\n\n# Shop\n\nSells things.\n\n</div>', 'Sells things.'],
    ['after front matter', '---\ntitle: The shop\n---\n\nSells things.', 'Sells things.'],
    [
      'of reStructuredText',
      '========\nThe Shop\n========\n\n.. image:: a b\n\n:Author: A B\n\nSells things.',
      'Sells things.',
    ],
    ['that is only in a list', '- Sells things.\n\n  And more.', undefined],
    ['without any', '# Shop\n\n- a\n- b\n', undefined],
    ['with one word', 'Shop', undefined],
    ['with control characters', 'Sells\u0000 \u001b[31mthings\u2028now.', 'Sells [31mthings now.'],
  ];
  it.each(cases)('%s', (_, readme, expected) => {
    expect(firstParagraph(readme)).toBe(expected);
  });

  it('is truncated after a sentence or word', () => {
    const sentence = `${'Sells things '.repeat(10)}now.`;
    expect(firstParagraph(`${sentence} ${'and more '.repeat(40)}`)).toBe(sentence);
    const words = firstParagraph('things '.repeat(100)) ?? '';
    expect(words).toMatch(/things…$/);
    expect(words.length).toBeLessThanOrEqual(301);
  });

  it('is found in linear time in hostile text', () => {
    for (const part of [
      '![',
      '[a](',
      '<',
      '*a',
      '<!--',
      '[x]: ',
      '> ',
      '- ',
      '`',
      '![[',
      '&',
      '|-\n',
    ]) {
      expect(() => firstParagraph(part.repeat(200_000))).not.toThrow();
    }
  });
});

describe('Description from a manifest', () => {
  it('is one line of text or undefined', () => {
    expect(toDescription(' a\n b ')).toBe('a b');
    expect(toDescription('\n')).toBeUndefined();
    expect(toDescription(4)).toBeUndefined();
  });
});
