import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  SourceText,
  SourceTextBuilder,
} from '../../../../../../src/features/techdocs/core/markdown/text/sourceText';

const written = '0123456789abcdefghij';

/** Texts that are cut out of `written` and joined in any way. */
const texts = fc
  .array(fc.tuple(fc.nat(20), fc.nat(20), fc.boolean()), { minLength: 1, maxLength: 6 })
  .map(cuts => {
    const whole = SourceText.at(written, 0);
    const builder = new SourceTextBuilder();
    for (const [from, length, isMade] of cuts) {
      if (isMade) builder.addMade('#', from);
      builder.add(whole.slice(from, from + length));
    }
    return builder.build();
  });

describe('SourceText', () => {
  it('keeps offsets when it is cut and joined', () => {
    fc.assert(
      fc.property(texts, fc.nat(30), fc.nat(30), (text, from, length) => {
        const slice = text.slice(Math.min(from, text.length), Math.min(from + length, text.length));
        for (const [at, character] of [...slice.text].entries()) {
          if (character !== '#') expect(written[slice.offsetAt(at)]).toBe(character);
        }
      }),
    );
  });

  it('finds the same as a string, also in slices', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom('#', 'a', '34', 'zz'), fc.nat(30), (text, part, from) => {
        expect(text.indexOf(part)).toBe(text.text.indexOf(part));
        const end = text.slice(Math.min(from, text.length));
        expect(end.indexOf(part)).toBe(end.text.indexOf(part));
        const begin = text.slice(0, Math.min(from, text.length));
        expect(begin.indexOf(part)).toBe(begin.text.indexOf(part));
      }),
    );
  });

  it('searches its text once for all slices', () => {
    let steps = 0;
    const find = (text: string): number => {
      steps++;
      return text.indexOf('9');
    };
    for (const sought of [`${written}${written}`, 'a'.repeat(1000)]) {
      steps = 0;
      const text = SourceText.at(sought, 0);
      const first = text.search('nine', find);
      for (let from = 0; from <= (first === -1 ? sought.length : first); from++) {
        const end = text.slice(from);
        expect(end.search('nine', find)).toBe(end.text.indexOf('9'));
      }
      expect(steps).toBe(1);
    }
  });

  it('is equal after splitting and joining', () => {
    fc.assert(
      fc.property(texts, text => {
        expect(SourceText.join(text.split('5'), '5').text).toBe(text.text);
      }),
    );
  });
});
