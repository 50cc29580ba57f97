import fc from 'fast-check';
import { isBinaryFileSync } from 'isbinaryfile';
import { expect, it } from 'vitest';
import { isBinary } from '../../../../src/platform/core/binary';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** Texts and realistic binary files: purely random bytes are nearly always binary. */
const content = fc.oneof(
  fc.uint8Array({ maxLength: 600 }),
  fc
    .array(fc.integer({ min: 1, max: 255 }), { maxLength: 600 })
    .map(Uint8Array.from.bind(Uint8Array)),
  fc.string({ unit: 'binary', maxLength: 600 }).map(text),
  fc.tuple(fc.string({ maxLength: 560 }), fc.uint8Array({ maxLength: 40 })).map(parts => {
    const [before, after] = parts;
    return Uint8Array.from([...text(before), ...after]);
  }),
  // As messages of Protocol Buffers: fields, each with a number, a type and a value.
  fc
    .array(
      fc.tuple(
        fc.integer({ min: 1, max: 15 }),
        fc.constantFrom(0, 1, 2, 5),
        fc.uint8Array({ maxLength: 12 }),
      ),
      {
        maxLength: 40,
      },
    )
    .map(fields =>
      Uint8Array.from(
        fields.flatMap(([number, type, value]) => [
          (number << 3) | type,
          ...(type === 2 ? [value.length] : []),
          ...value,
        ]),
      ),
    ),
);

it('returns the same as isbinaryfile', () => {
  fc.assert(
    fc.property(content, file => {
      expect(isBinary(file)).toBe(isBinaryFileSync(Buffer.from(file), file.length));
    }),
    { numRuns: 3000 },
  );
});

it.each([
  ['nothing', bytes(), false],
  ['a text', text('äöü 日本 😀\r\n\t'), false],
  ['a text that begins with its byte order', bytes(0xef, 0xbb, 0xbf, 0x61), false],
  ['a text of UTF-16', bytes(0xff, 0xfe, 0x61, 0x00), false],
  ['a PDF', text('%PDF-1.7\n'), true],
  ['a picture', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0), true],
  [
    'a character split at the end of the searched part',
    text(`${'a'.repeat(511)}ü${'b'.repeat(50)}`),
    false,
  ],
  ['a NUL after the searched part', bytes(...text('a'.repeat(520)), 0), false],
])('returns the same as isbinaryfile for %s', (_, file, expected) => {
  expect(isBinary(file)).toBe(expected);
  expect(isBinaryFileSync(Buffer.from(file), file.length)).toBe(expected);
});
