import {
  createZodV3FilterPredicateSchema,
  evaluateFilterPredicate,
} from '@backstage/filter-predicates';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod/v3';
import { matchesPredicate, readPredicate } from '../../../../src/model/predicates';

/** As parsed JSON: objects with a prototype. */
const plain = { noNullPrototype: true };

// Few and short names, with dots, so that paths meet often and in more than one way.
const names = fc.constantFrom('a', 'B', 'a.b', 'b.a', 'b', 'c', '', '1');
const texts = fc.constantFrom(
  'a',
  'A',
  'ab',
  'Straße',
  'STRASSE',
  '7',
  'true',
  '',
  '1,2',
  'ı',
  'I',
);
const primitives = fc.oneof(texts, fc.constantFrom(7, 0, -0, 1.5, 1e21), fc.boolean());
const leaves = fc.oneof(primitives, fc.constant(null));

const { value: values } = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaves,
    fc.dictionary(names, tie('value'), { maxKeys: 4, ...plain }),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
}));
const objects = fc.dictionary(names, values, { maxKeys: 5, ...plain });

const paths = fc.array(names, { minLength: 1, maxLength: 3 }).map(parts => parts.join('.'));

const { predicate: predicates } = fc.letrec(tie => {
  const operand = fc.oneof(
    { maxDepth: 5 },
    primitives,
    fc.record({ $exists: fc.boolean() }, plain),
    fc.record({ $in: fc.array(primitives, { maxLength: 3 }) }, plain),
    fc.record({ $contains: tie('item') }, plain),
    fc.record({ $hasPrefix: texts }, plain),
  );
  const combined = (of: fc.Arbitrary<unknown>): fc.Arbitrary<unknown>[] => [
    fc.record({ $all: fc.array(of, { maxLength: 3 }) }, plain),
    fc.record({ $any: fc.array(of, { maxLength: 3 }) }, plain),
    fc.record({ $not: of }, plain),
  ];
  const expression = fc.dictionary(paths, operand, { maxKeys: 3, ...plain });
  return {
    predicate: fc.oneof({ maxDepth: 4 }, expression, expression, ...combined(tie('predicate'))),
    item: fc.oneof({ maxDepth: 4 }, primitives, expression, ...combined(tie('item'))),
  };
});

/** Values that are predicates except for a few parts. */
const { broken: brokenPredicates } = fc.letrec(tie => {
  const keys = fc.constantFrom(
    '$all',
    '$any',
    '$not',
    '$exists',
    '$in',
    '$contains',
    '$hasPrefix',
    '$new',
    '$',
    'a',
    'a.b',
    '',
    'a\nb',
    '\u2028',
  );
  return {
    broken: fc.oneof(
      { maxDepth: 4 },
      leaves,
      predicates,
      fc.array(tie('broken'), { maxLength: 3 }),
      fc.dictionary(keys, tie('broken'), { maxKeys: 2, ...plain }),
      fc.dictionary(keys, tie('broken'), { maxKeys: 1, ...plain }),
    ),
  };
});

function thrown(run: () => unknown): { readonly value?: unknown; readonly error?: unknown } {
  try {
    return { value: run() };
  } catch (error) {
    return { error };
  }
}

it('matches the same values as Backstage', () => {
  const counts = { matched: 0, all: 0 };
  fc.assert(
    fc.property(predicates, objects, (predicate, value) => {
      const expected = evaluateFilterPredicate(predicate as never, value);
      counts.all++;
      if (expected) counts.matched++;
      expect(matchesPredicate(predicate as never, value)).toBe(expected);
    }),
    { numRuns: 20_000 },
  );
  // Both answers must be common.
  expect(counts.matched).toBeGreaterThan(counts.all / 10);
  expect(counts.matched).toBeLessThan((counts.all * 9) / 10);
});

it('matches as Backstage for unknown operators, and never throws', () => {
  fc.assert(
    fc.property(brokenPredicates, objects, (predicate, value) => {
      const own = matchesPredicate(predicate as never, value);
      const { error, value: expected } = thrown(() =>
        evaluateFilterPredicate(predicate as never, value),
      );
      // Lists aren't values of predicates: Backstage compares them by item.
      if (error === undefined && !/\[/.test(JSON.stringify(predicate))) expect(own).toBe(expected);
    }),
    { numRuns: 10_000 },
  );
});

it('accepts the same predicates as Backstage', () => {
  // As `parseFilterPredicate`, which builds the schema for each value.
  const schema = createZodV3FilterPredicateSchema(z);
  let accepted = 0;
  fc.assert(
    fc.property(brokenPredicates, value => {
      const expected = schema.safeParse(value);
      const own = readPredicate(value);
      expect(own.ok ? own.value : 'refused').toEqual(expected.success ? expected.data : 'refused');
      if (own.ok) accepted++;
    }),
    { numRuns: 2_000 },
  );
  expect(accepted).toBeGreaterThan(400);
  expect(accepted).toBeLessThan(1_600);
});
