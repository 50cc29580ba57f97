import { expect, it } from 'vitest';
import { printable, printableName } from '../../../../src/base';

it('escapes line breaks and control characters', () => {
  expect(printable('a\nb\tc\r\u001b[2J\u009b\u202e\u2066\ud800')).toBe(
    'a\\nb c\\u000d\\u001b[2J\\u009b\\u202e\\u2066\\ud800',
  );
  expect(printable('Größe 👩‍💻 می‌خواهم')).toBe('Größe 👩‍💻 می‌خواهم');
});

it('escapes invisible characters of names', () => {
  expect(printableName('acme/sh\u200bop\u202e\n\u2028\u00a0\u{e0041}')).toBe(
    'acme/sh\\u200bop\\u202e\\n\\u2028\\u00a0\\u{e0041}',
  );
  expect(printableName('größe/ショップ 1')).toBe('größe/ショップ 1');
});
