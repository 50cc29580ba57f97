import { describe, expect, it } from 'vitest';
import { errorMessage } from '../../../src/base';

describe('errorMessage', () => {
  it.each([
    ['an error', new Error('Broken'), 'Broken'],
    ['a text', 'Broken', 'Broken'],
    ['an object without a prototype', Object.create(null), 'Unknown error'],
    ['a message that is no text', Object.assign(new Error(), { message: 5 }), '5'],
    [
      'a message that throws',
      Object.defineProperty(new Error(), 'message', {
        get() {
          throw new Error('No message');
        },
      }),
      'Unknown error',
    ],
  ])('returns the message of %s', (_, error, message) => {
    expect(errorMessage(error)).toBe(message);
  });
});
