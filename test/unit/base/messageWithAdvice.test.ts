import { expect, it } from 'vitest';
import { messageWithAdvice } from '../../../src/base';

it.each([
  [new Error('It is gone'), 'It is gone'],
  [
    Object.assign(new Error('It is gone'), { advice: 'Look elsewhere.' }),
    'It is gone. Look elsewhere.',
  ],
  [Object.assign(new Error('Gone.'), { advice: 'Look elsewhere.' }), 'Gone. Look elsewhere.'],
  [Object.assign(new Error('Gone.'), { advice: 5 }), 'Gone.'],
  ['text', 'text'],
])('%s', (error, expected) => {
  expect(messageWithAdvice(error)).toBe(expected);
});
