import { expect, it } from 'vitest';
import { matchedText } from '../../../../../src/features/search/plugin/searchRows';

const text = 'Takes payments,\n  and refunds them.';

it.for([
  ['matches that the editor highlights are unchanged', 'payments', [[6, 14]], 0],
  ['other matches are highlighted', 'paymnts', [[6, 14]], 'Takes ‹payments›, and refunds them.'],
  [
    'separate matches are highlighted separately',
    'paymnts refund',
    [
      [6, 14],
      [22, 28],
    ],
    'Takes ‹payments›, and ‹refund›s them.',
  ],
  [
    'adjacent matches are merged',
    '"and refunds"',
    [
      [18, 21],
      [22, 29],
    ],
    'Takes payments, ‹and refunds› them.',
  ],
  ['without matches nothing is highlighted', 'tag:java', [], 0],
  [
    'matches are highlighted without a query',
    '  ',
    [[6, 14]],
    'Takes ‹payments›, and refunds them.',
  ],
] as const)('%s', ([, typed, marks, shown]) => {
  const plain = 'Takes payments, and refunds them.';
  expect(matchedText({ text, marks }, typed)).toBe(shown === 0 ? plain : shown);
});

const long = `${'Before that, much is said. '.repeat(4)}It takes payments, of all kinds.`;
const payments = long.indexOf('payments');

it.for<[string, string]>([
  ['paymnts', '… is said. It takes ‹payments›, of all kinds.'],
  ['payments', '… is said. It takes payments, of all kinds.'],
])('a far match is scrolled into view: %s', ([typed, shown]) => {
  expect(matchedText({ text: long, marks: [[payments, payments + 8]] }, typed)).toBe(shown);
});

it('a text without spaces starts at the match', () => {
  const text = `${'x'.repeat(100)}payments`;
  expect(matchedText({ text, marks: [[100, 108]] }, 'paymnts')).toBe('… ‹payments›');
});
