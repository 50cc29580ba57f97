import { expect, it } from 'vitest';
import { matchedText } from '../../../../../src/features/search/plugin/searchRows';

const text = 'Takes payments,\n  and refunds them.';

it.for([
  ['what the editor highlights itself is left as it is', 'payments', [[6, 14]], 0],
  ['what is marked stands out', 'paymnts', [[6, 14]], 'Takes ‹payments›, and refunds them.'],
  [
    'marks apart stand out one by one',
    'paymnts refund',
    [
      [6, 14],
      [22, 28],
    ],
    'Takes ‹payments›, and ‹refund›s them.',
  ],
  [
    'marks side by side are one',
    '"and refunds"',
    [
      [18, 21],
      [22, 29],
    ],
    'Takes payments, ‹and refunds› them.',
  ],
  ['without marks there is nothing to show', 'tag:java', [], 0],
  ['nothing is typed', '  ', [[6, 14]], 'Takes ‹payments›, and refunds them.'],
] as const)('%s', ([, typed, marks, shown]) => {
  const plain = 'Takes payments, and refunds them.';
  expect(matchedText({ text, marks }, typed)).toBe(shown === 0 ? plain : shown);
});

const long = `${'Before that, much is said. '.repeat(4)}It takes payments, of all kinds.`;
const payments = long.indexOf('payments');

it.for<[string, string]>([
  ['paymnts', '… is said. It takes ‹payments›, of all kinds.'],
  ['payments', '… is said. It takes payments, of all kinds.'],
])('what is far on in a line comes into sight: %s', ([typed, shown]) => {
  expect(matchedText({ text: long, marks: [[payments, payments + 8]] }, typed)).toBe(shown);
});

it('a text without a space to begin at begins with what is marked', () => {
  const text = `${'x'.repeat(100)}payments`;
  expect(matchedText({ text, marks: [[100, 108]] }, 'paymnts')).toBe('… ‹payments›');
});
