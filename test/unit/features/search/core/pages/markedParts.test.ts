import { expect, it } from 'vitest';
import type { TextMark } from '../../../../../../src/api';
import { markedParts } from '../../../../../../src/features/search/core/pages/resultViews';

/** Shows marked parts in brackets. */
function shown(text: string, marks: readonly TextMark[], most = 100): string {
  return markedParts({ text, marks }, most)
    .map(({ text: part, isMatch }) => (isMatch ? `[${part}]` : part))
    .join('');
}

it.each<[string, readonly TextMark[], string]>([
  ['booking', [], 'booking'],
  ['', [], ''],
  ['booking api', [[0, 4]], '[book]ing api'],
  [
    'booking api',
    [
      [0, 7],
      [8, 11],
    ],
    '[booking] [api]',
  ],
  [
    'marks that are none',
    [
      [4, 2],
      [-3, 2],
      [50, 60],
      [NaN, 3],
    ],
    'marks that are none',
  ],
  [
    'marks that overlap',
    [
      [0, 5],
      [3, 8],
      [6, 8],
    ],
    '[marks] [th]at overlap',
  ],
  ['marks beyond', [[6, 900]], 'marks [beyond]'],
])('splits %j at %j', (text, marks, expected) => {
  expect(shown(text, marks)).toBe(expected);
});

it('truncates long text together with a mark', () => {
  expect(
    shown(
      'abcdefgh',
      [
        [2, 7],
        [7, 8],
      ],
      4,
    ),
  ).toBe('ab[cd]…');
});
