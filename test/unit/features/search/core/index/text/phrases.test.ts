import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseQuery } from '../../../../../../../src/features/search/core';
import { longRun } from '../../../../../../support/longRun';
import { anIndexOf } from '../../../../../../support/searchIndex';

const word = fc.string({
  unit: fc.constantFrom(
    'a',
    'b',
    'B',
    '1',
    '-',
    '.',
    '#',
    '+',
    '/',
    'ß',
    'é',
    '网',
    '关',
    'か\u3099',
  ),
  minLength: 1,
  maxLength: 7,
});

it('finds and highlights any copied words of a text in quotes', () => {
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 7 }),
      fc.nat(6),
      fc.nat(6),
      (words, a, b) => {
        const phrase = words.slice(Math.min(a, b), Math.max(a, b) + 1).join(' ');
        fc.pre(/[\p{L}\p{N}]/u.test(phrase));
        const text = words.join(' ');
        const index = anIndexOf([
          { id: 'said', text },
          { id: 'named', title: text },
        ]);
        const steps = index.search({
          query: parseQuery(`"${phrase}"`),
          preferences: { mine: [], starred: [], recent: [] },
          limit: 5,
          offset: 0,
          withFacets: false,
        });
        let step = steps.next();
        while (!step.done) step = steps.next();
        const hits = new Map(step.value.hits.map(hit => [hit.document.id, hit]));
        expect([...hits.keys()].sort()).toEqual(['named', 'said']);
        expect(hits.get('said')?.snippet?.marks.length).toBeGreaterThan(0);
        expect(hits.get('named')?.title.marks.length).toBeGreaterThan(0);
      },
    ),
    longRun({ runs: 200, seed: 20261125 }),
  );
});
