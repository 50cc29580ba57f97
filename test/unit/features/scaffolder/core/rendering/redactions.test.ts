import { describe, expect, it } from 'vitest';
import {
  addedBySecrets,
  Redactor,
} from '../../../../../../src/features/scaffolder/core/rendering/redactions';
import { growth, LINEAR } from '../../../../../support/growth';

describe('what secrets bring into a value', () => {
  it('is every text that is another without them', () => {
    expect(
      addedBySecrets(
        { a: 'token', b: ['plain', 'Bearer token'], c: { d: 'same' }, e: 5 },
        { a: '', b: ['plain', 'Bearer '], c: { d: 'same' }, e: 6 },
      ),
    ).toEqual({ values: ['token', 'Bearer token'], keys: [] });
  });

  it('is all behind a key that is not there without them, and the key', () => {
    expect(addedBySecrets({ token: { deep: ['x', { y: 'z' }] } }, {})).toEqual({
      values: ['x', 'z'],
      keys: ['token', 'deep', 'y'],
    });
  });

  it('is all of what is something else without them', () => {
    expect(addedBySecrets(['a'], 'a')).toEqual({ values: ['a'], keys: [] });
    expect(addedBySecrets({ toString: 'a' }, {})).toEqual({ values: ['a'], keys: ['toString'] });
    expect(addedBySecrets('a', undefined).values).toEqual(['a']);
    expect(addedBySecrets(null, 'a').values).toEqual([]);
  });
});

describe('a text that secrets are taken out of', () => {
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
    [[], 'as it is', 'as it is'],
  ])('%j: %j', (secrets, text, expected) => {
    const redactor = new Redactor();
    redactor.add(secrets);
    expect(redactor.redact(text)).toBe(expected);
  });

  it('may be anywhere in a value', () => {
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

  it('learns of more', () => {
    const redactor = new Redactor();
    redactor.add(['one']);
    redactor.add(['two', 'one']);
    expect(redactor.redact('one two')).toBe('*** ***');
  });
});

it('finds very many as it finds few', () => {
  const few = new Redactor();
  few.add(['ab', 'bcd', 'x'.repeat(300)]);
  const many = new Redactor();
  many.add(['ab', 'bcd', 'x'.repeat(300)]);
  many.add(Array.from({ length: 1000 }, (_, index) => `s-${index}`));
  const text = `abcd ab ${'x'.repeat(301)} %s-999%`;
  expect(few.redact(text)).toBe('*** *** ***x %s-999%');
  expect(many.redact(text)).toBe('*** *** ***x %***%');
});

it('takes no time for each of very many secrets', async () => {
  const run = (count: number): string[] => {
    const redactor = new Redactor();
    redactor.add(Array.from({ length: count }, (_, index) => `token-${1000 + index}`));
    return Array.from({ length: count }, (_, index) => redactor.redact(`a token-${1000 + index}`));
  };
  expect(await growth(run, 1500)).toBeLessThan(LINEAR);
});
