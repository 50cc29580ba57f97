import { expect, it } from 'vitest';
import { unifiedDiff } from '../../../../src/cli/output/unifiedDiff';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const diff = (expected: Uint8Array | undefined, actual: Uint8Array | undefined) =>
  unifiedDiff({ name: 'a', expected, actual });

it('shows a missing line end', async () => {
  expect(await diff(bytes('a\n'), bytes('a'))).toEqual([
    '--- expected a',
    '+++ a',
    '@@ -1,1 +1,1 @@',
    '-a',
    '+a',
    '\\ No newline at end of file',
  ]);
});

it('truncates a long diff and reports texts that differ too much', async () => {
  const lines = (from: number, count: number): Uint8Array =>
    bytes(Array.from({ length: count }, (_, index) => `${from + index}\n`).join(''));
  expect((await diff(lines(0, 400), lines(1000, 400))).at(-1)).toBe('… 603 more lines');
  expect(await diff(lines(0, 50_000), lines(100_000, 50_000))).toEqual([
    'The texts differ too much to show the differences',
  ]);
});

it('reports binary data without showing it', async () => {
  expect(await diff(bytes('a'), Uint8Array.of(0, 255))).toEqual([
    'expected 1 bytes of binary data, got 2',
  ]);
  expect(await diff(undefined, bytes('a'))).toEqual([]);
});
