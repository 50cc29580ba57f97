import { afterEach, describe, expect, it } from 'vitest';
import {
  formatList,
  formatNumber,
  setDisplayLanguage,
  translate,
  translateCount,
} from '../../../../src/base';

afterEach(() => setDisplayLanguage({ locale: 'en', texts: {} }));

const forms = { one: '{0} file in {1}', other: '{0} files in {1}' };

describe('the display language', () => {
  it('is English by default', () => {
    expect(translate('Open {0}', 'a')).toBe('Open a');
    expect([0, 1, 2, 1234].map(count => translateCount(count, forms, 'src'))).toEqual([
      '0 files in src',
      '1 file in src',
      '2 files in src',
      '1,234 files in src',
    ]);
  });

  it('has its own plural forms as separate messages', () => {
    setDisplayLanguage({
      locale: 'pl',
      texts: {
        '{0} file in {1}': '{0} plik w {1}',
        '{0} files in {1}': '{0} pliku w {1}',
        '{0} files in {1}/few': '{0} pliki w {1}',
        '{0} files in {1}/many': '{0} plików w {1}',
      },
    });
    expect([1, 3, 5, 1.5].map(count => translateCount(count, forms, 'src'))).toEqual([
      '1 plik w src',
      '3 pliki w src',
      '5 plików w src',
      '1,5 pliku w src',
    ]);
  });

  it('uses the plural form `other` if a translation lacks a form', () => {
    setDisplayLanguage({ locale: 'ru', texts: { '{0} files in {1}': '{1}: {0}' } });
    expect([1, 3].map(count => translateCount(count, forms, 'src'))).toEqual(['src: 1', 'src: 3']);
  });

  it('uses English plural rules for untranslated messages', () => {
    setDisplayLanguage({ locale: 'fr', texts: {} });
    expect([0, 1].map(count => translateCount(count, forms, 'src'))).toEqual([
      '0 files in src',
      '1 file in src',
    ]);
  });

  it('determines the format of numbers and lists', () => {
    setDisplayLanguage({ locale: 'de', texts: {} });
    expect(formatNumber(12345)).toBe('12.345');
    expect(formatList(['a', 'b', 'c'], 'and')).toBe('a, b und c');
    expect(formatList(['a', 'b'], 'or')).toBe('a oder b');
  });

  it('is English for a name that is not a language tag', () => {
    setDisplayLanguage({ locale: 'C.UTF-8', texts: { Open: 'Ouvrir' } });
    expect([formatNumber(1234), translate('Open')]).toEqual(['1,234', 'Ouvrir']);
  });
});
