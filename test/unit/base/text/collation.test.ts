import { expect, it } from 'vitest';
import { compareNaturally } from '../../../../src/base';

it('orders numbers by value and ignores case', () => {
  const texts = ['item 10', 'Zebra', 'item 2', 'apple', 'Item 3'];
  expect(texts.sort(compareNaturally)).toEqual(['apple', 'item 2', 'Item 3', 'item 10', 'Zebra']);
});
