import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../../../src/platform/core/linearRegExp';
import { programOf } from '../../../../../src/platform/core/linearRegExp/patternProgram';
import { PatternMachine } from '../../../../../src/platform/core/linearRegExp/patternSearch';
import { readPattern } from '../../../../../src/platform/core/linearRegExp/patternSyntax';
import { longRun } from '../../../../support/longRun';

const maxSize = 50_000;

/** Also for engines that don't support flags inside a pattern yet. */
function matchesUnchecked(source: string, text: string): boolean | undefined {
  const program = programOf(readPattern(source), { maxSize });
  return program && new PatternMachine(program, true).test(text);
}

/** Matches at each character: V8 would also match an empty text within a surrogate pair. */
function matchesInEngine(source: string, text: string, flags = ''): boolean {
  const expression = new RegExp(source, `uy${flags}`);
  let place = 0;
  return [...text, ''].some(character => {
    expression.lastIndex = place;
    place += character.length;
    return expression.test(text);
  });
}

describe('linear pattern', () => {
  const atoms = [
    'a',
    'b',
    'K',
    '\u017f',
    '\u{1f600}',
    '-',
    '_',
    '/',
    '.',
    '[ab]',
    '[^ab]',
    '[^]',
    '[]',
    '[a-c\\d]',
    '[\\]\\\\^]',
    '[\\w-]',
    '\\d',
    '\\D',
    '\\s',
    '\\S',
    '\\w',
    '\\W',
    '\\.',
    '\\\\',
    '\\n',
    '\\t',
    '\\0',
    '\\x61',
    '\\cJ',
    '\\u0061',
    '\\u{1F600}',
    '\\ud83d\\ude00',
    '\\ud83d',
    '[\\ud83d\\ude00x]',
    '\\p{L}',
    '\\P{Lu}',
    '\\p{Script=Greek}',
    '[\\p{Lu}\\d]',
  ];
  const places = ['^', '$', '\\b', '\\B'];
  const signs = ['*', '+', '?', '{0}', '{2}', '{0,1}', '{1,3}', '{2,}', '*?', '{1,2}?'];
  const { pattern } = fc.letrec<{ pattern: string; sequence: string; term: string; group: string }>(
    tie => ({
      pattern: fc.array(tie('sequence'), { minLength: 1, maxLength: 3 }).map(all => all.join('|')),
      sequence: fc.array(tie('term'), { maxLength: 4 }).map(all => all.join('')),
      term: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(...atoms),
        fc.constantFrom(...places),
        fc
          .tuple(fc.oneof(fc.constantFrom(...atoms), tie('group')), fc.constantFrom(...signs))
          .map(parts => parts.join('')),
        tie('group'),
        fc
          .tuple(fc.constantFrom('(?=', '(?!', '(?<=', '(?<!'), tie('pattern'))
          .map(([start, inside]) => `${start}${inside})`),
      ),
      group: fc
        .tuple(fc.constantFrom('(', '(?:'), tie('pattern'))
        .map(([start, inside]) => `${start}${inside})`),
    }),
  );
  const characters = [...'aabbKk1_-./ \n\\]^\u017f\u212a\u03b1', '\u{1f600}', '\ud83d', '\ude00'];
  const text = fc.array(fc.constantFrom(...characters), { maxLength: 8 }).map(all => all.join(''));
  const texts = fc.array(text, { minLength: 5, maxLength: 10 });

  it('matches the same as the engine', () => {
    fc.assert(
      fc.property(pattern, texts, (source, values) => {
        const ours = compilePattern(source, { maxSize });
        expect(values.map(value => ours?.test(value))).toEqual(
          values.map(value => matchesInEngine(source, value)),
        );
      }),
      longRun({ runs: 150, seed: 20261125 }),
    );
  });

  it.each(['i', 'm', 's', 'im'])('matches the same as the engine with inline flags (%s)', flags => {
    fc.assert(
      fc.property(pattern, texts, (source, values) => {
        expect(values.map(value => matchesUnchecked(`(?${flags}:${source})`, value))).toEqual(
          values.map(value => matchesInEngine(source, value, flags)),
        );
      }),
      longRun({ runs: 60, seed: 20261125 }),
    );
  });

  it.each([
    ['(?i:a)b', 'Ab', true],
    ['(?i:a)b', 'AB', false],
    ['(?i:a(?-i:b))', 'Ab', true],
    ['(?i:a(?-i:b))', 'AB', false],
    ['(?s-i:.)', '\n', true],
  ])('applies flags to their group: %s in %j', (source, value, expected) => {
    expect(matchesUnchecked(source, value)).toBe(expected);
  });

  it.each(['(', 'a**', '[b-a]', '\\p{Nothing}', '(?<a>x)(?<a>y)', '{1}', '\\-'])(
    'is rejected if the engine rejects it: %s',
    source => {
      expect(() => compilePattern(source, { maxSize })).toThrow('Invalid regular expression');
    },
  );

  it.each(['(a)\\1', '(?<first>a)\\k<first>'])('rejects references to groups: %s', source => {
    expect(() => compilePattern(source, { maxSize })).toThrow(
      /^A pattern refers to one of its groups: \\/,
    );
  });

  it('rejects groups that are nested too deep', () => {
    expect(() => compilePattern('('.repeat(2000) + ')'.repeat(2000), { maxSize })).toThrow(
      'The groups of a pattern are nested too deeply',
    );
  });

  it.each(['a{60000}', '(?:a{300}){300}', '(?:){99999999}', '(?=a{60000})', '(?:a?){0,60000}'])(
    'returns undefined above the maximum size: %s',
    source => {
      expect(compilePattern(source, { maxSize })).toBeUndefined();
      expect(compilePattern('a{3}', { maxSize })?.size).toBeLessThan(10);
    },
  );

  it.each([
    ['^(a+)+$', `${'a'.repeat(20_000)}b`],
    ['^(?:a|a|aa)*$', `${'a'.repeat(20_000)}b`],
    ['(?:x+x+)+y', 'x'.repeat(20_000)],
    ['^(?=(?:a*)*b)', 'a'.repeat(20_000)],
    ['(?<=b(?:a*)*)$', 'a'.repeat(20_000)],
  ])('matches fast where other matchers backtrack: %s', (source, value) => {
    expect(compilePattern(source, { maxSize })?.test(value)).toBe(false);
  });
});
