import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  inSnippet,
  plainOrQuoted,
  quotedWithin,
  snippetChoice,
} from '../../../../../../src/features/authoring/language/completion/yamlScalars';
import { expandSnippet } from '../../../../../support/snippets';

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'aB1:#-., /\'"\\$|}~@[{&*!%\n\te+_x') }),
  fc.constantFrom('true', 'null', '~', '1e3', '0x1f', '.inf', '12:30', '2020-01-01', '-', '', 'a:'),
);
/** Lone surrogates can't come from a UTF-8 file. */
const written = texts.filter(text => !/\p{Surrogate}/u.test(text));

describe('Text as a YAML scalar', () => {
  it('is parsed back unchanged in blocks and flow lists', () => {
    fc.assert(
      fc.property(written, text => {
        expect(parse(`a: ${plainOrQuoted(text)}\n`)).toEqual({ a: text });
        expect(parse(`[b, ${plainOrQuoted(text)}, c]`)).toEqual(['b', text, 'c']);
        expect(parse(`- ${plainOrQuoted(text)}\n`)).toEqual([text]);
      }),
    );
  });

  it('is parsed back unchanged in quotes', () => {
    fc.assert(
      fc.property(written, text => {
        expect(parse(`a: "${quotedWithin(text, '"')}"\n`)).toEqual({ a: text });
        if (!/[\p{Cc}\u2028\u2029\uFEFF]/u.test(text)) {
          expect(parse(`a: '${quotedWithin(text, "'")}'\n`)).toEqual({ a: text });
        }
      }),
    );
  });

  it.each([
    ['team-a', 'team-a'],
    ['component:default/shop', 'component:default/shop'],
    ['c#', 'c#'],
    ['./a b.yaml', "'./a b.yaml'"],
    ['true', "'true'"],
    ['1.0', "'1.0'"],
  ])('is quoted only when needed: %s', (text, expected) => {
    expect(plainOrQuoted(text)).toBe(expected);
  });

  it('is unchanged after snippet expansion', () => {
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1 }), ([first = '', ...others]) => {
        expect(expandSnippet(`a ${inSnippet(first)} b`)).toBe(`a ${first} b`);
        expect(expandSnippet(`a ${snippetChoice(1, [first, ...others])} b`)).toBe(`a ${first} b`);
      }),
    );
  });
});
