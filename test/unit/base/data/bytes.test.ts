import { expect, it } from 'vitest';
import { decodeExactly } from '../../../../src/base';

it.each([
  [[0x61, 0xc3, 0xbc], 'aü'],
  [[0xef, 0xbb, 0xbf, 0x61], '\uFEFFa'],
  [[0x61, 0xff], undefined],
  [[0x61, 0x00], undefined],
])('decodes %j only if the text encodes to the same bytes', (bytes, text) => {
  expect(decodeExactly(Uint8Array.from(bytes))).toBe(text);
});
