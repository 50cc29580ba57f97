import { describe, expect, it } from 'vitest';
import { headerSecrets, Redactor } from '../../../../src/platform/core';
import { growth, LINEAR } from '../../../support/growth';

describe('Redactor', () => {
  it.each([
    [['abc'], 'x abc y', 'x *** y'],
    [['abc', 'bcd'], 'abcd', '***'],
    [['abc'], 'abcabc', '******'],
    [['abc', 'abcdef'], 'abcdef', '***'],
    [['a.c', '('], 'abc a.c (', 'abc *** ('],
    [['a', ' ', ''], 'a b', 'a b'],
    [['  padded \n'], 'is padded', 'is ***'],
    [['line\nbreak'], 'a line\nbreak', 'a ***'],
    [['line\n"break"'], JSON.stringify({ a: 'a line\n"break"' }), '{"a":"a ***"}'],
    [['p@ss w/ö'], new URL('https://host/?a=p@ss w/ö').href, 'https://host/?a=***'],
    [['p@ss w/ö'], encodeURIComponent('p@ss w/ö'), '***'],
    [['a\ud800b'], 'a\ud800b', '***'],
    [['abab'], 'ababab', '***'],
    [[`secret${'x'.repeat(200_000)}`], `a secret${'x'.repeat(200_000)} b`, 'a *** b'],
    [['x'.repeat(200_000)], 'x'.repeat(400_001), '******x'],
    [['$&', '\\d'], '$& \\d 5', '*** *** 5'],
    [['Sesame-123'], new URL('https://Sesame-123.example.com/').href, 'https://***.example.com/'],
    [['3f9ab0c7de'], 'unknown key 3F9AB0C7DE', 'unknown key ***'],
    [['Ab+cd/ef'], 'https://x/?p=Ab%2bcd%2fef', 'https://x/?p=***'],
    [['Ab+cd/ef'], 'https://ab%2bcd%2fef.x', 'https://***.x'],
    [[], 'as it is', 'as it is'],
  ])('%j: %j', (secrets, text, expected) => {
    const redactor = new Redactor(secrets);
    expect(redactor.redact(text)).toBe(expected);
    expect(redactor.finds(text)).toBe(text !== expected);
  });

  it('redacts any part of a value', () => {
    const redactor = new Redactor();
    redactor.add(['abc', '12']);
    const value = { abc: ['an abc', { b: 'abc' }], n: 12, m: 123, no: null, ['__proto__']: 'abc' };
    expect(redactor.redactValue(value)).toEqual({
      '***': ['an ***', { b: '***' }],
      n: '***',
      m: 123,
      no: null,
      ['__proto__']: '***',
    });
  });

  it('accepts further secrets later', () => {
    const redactor = new Redactor();
    redactor.add(['one']);
    redactor.add(['two', 'one']);
    expect(redactor.redact('one two')).toBe('*** ***');
  });
});

it('shows untrusted text on one line, truncated', () => {
  const redactor = new Redactor(['s3cret']);
  expect(redactor.line(' a\n\u001b[31ms3cret\u202e b')).toBe('a [31m*** b');
  expect(redactor.line('x'.repeat(1000))).toBe(`${'x'.repeat(300)}…`);
});

describe('secrets in a header', () => {
  it.each([
    ['Bearer t0ken', ['Bearer t0ken', 't0ken']],
    ['t0ken', ['t0ken']],
    [`Basic ${btoa('me:pass:word')}`, [btoa('me:pass:word'), 'me:pass:word', 'pass:word']],
    ['Basic no-base64!', ['Basic no-base64!', 'no-base64!']],
  ])('of %j are %j', (value, secrets) => {
    expect(headerSecrets(value)).toEqual(expect.arrayContaining(secrets));
    expect(new Redactor(headerSecrets(value)).redact('Basic Bearer me')).toBe('Basic Bearer me');
  });
});

it('finds secrets among very many', () => {
  const few = new Redactor();
  few.add(['ab', 'bcd', 'x'.repeat(300)]);
  const many = new Redactor();
  many.add(['ab', 'bcd', 'x'.repeat(300)]);
  many.add(Array.from({ length: 1000 }, (_, index) => `s-${index}`));
  const text = `abcd ab ${'x'.repeat(301)} %s-999%`;
  expect(few.redact(text)).toBe('*** *** ***x %s-999%');
  expect(many.redact(text)).toBe('*** *** ***x %***%');
});

it('takes linear time for very many secrets', async () => {
  const run = (count: number): string[] => {
    const redactor = new Redactor();
    redactor.add(Array.from({ length: count }, (_, index) => `token-${1000 + index}`));
    return Array.from({ length: count }, (_, index) => redactor.redact(`a token-${1000 + index}`));
  };
  expect(await growth(run, 1500)).toBeLessThan(LINEAR);
});
