import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TermDictionary } from '../../../../../../../src/features/search/core/index/terms/termDictionary';
import { similarTerms } from '../../../../../../../src/features/search/core/index/terms/expansions';

/** Edit distance with transpositions, by the full matrix of the textbook. */
function editsBetween(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, row) =>
    Array.from({ length: b.length + 1 }, (_, column) => (row === 0 ? column : column ? 0 : row)),
  );
  const at = (row: number, column: number): number => table[row]?.[column] ?? Infinity;
  for (let row = 1; row <= a.length; row++) {
    for (let column = 1; column <= b.length; column++) {
      const isSwap =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const cells = table[row] ?? [];
      cells[column] = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1),
        isSwap ? at(row - 2, column - 2) + 1 : Infinity,
      );
    }
  }
  return at(a.length, b.length);
}

const prefixes = (term: string): string[] => Array.from(term, (_, at) => term.slice(0, at + 1));

it('finds the same terms as a naive comparison', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(fc.uniqueArray(text, { maxLength: 30 }), text, fc.nat(2), (terms, word, edits) => {
      const dictionary = new TermDictionary();
      for (const term of terms) dictionary.add(term);
      const found = new Map(
        similarTerms(dictionary, word, edits).map(({ number, ...rest }) => [
          dictionary.terms[number],
          { edits: rest.edits, isPrefix: rest.isPrefix },
        ]),
      );
      const expected = new Map(
        terms.flatMap(term => {
          const whole = editsBetween(word, term);
          const prefix = Math.min(...prefixes(term).map(part => editsBetween(word, part)));
          if (whole <= edits) return [[term, { edits: whole, isPrefix: false }]];
          return prefix <= edits ? [[term, { edits: prefix, isPrefix: true }]] : [];
        }),
      );
      expect(found).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});
