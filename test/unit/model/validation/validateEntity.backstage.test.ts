import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KindRegistry, validateEntity } from '../../../../src/model/validation';
import { longRun } from '../../../support/longRun';
import { backstageVerdict, type Verdict } from './backstage';
import { changed, placesIn, validEntities } from './entities';

const registries = [true, false].map(aiModel => ({
  aiModel,
  kinds: KindRegistry.builtin({ aiModel }),
}));

/** Values that are invalid, invalid in some places, or valid although they look odd. */
const oddities: unknown[] = [
  null,
  '',
  ' ',
  'x y',
  'Ünïcode',
  'a'.repeat(64),
  `${'a.'.repeat(127)}com`,
  'a/b',
  'a/b/c',
  '/b',
  'a/',
  'A_B',
  'a--b',
  '-a',
  'http:/x',
  0,
  1.5,
  true,
  false,
  [],
  {},
  [''],
  ['a', 1, ''],
  [null],
  [[]],
  [{}],
  { a: 1 },
  { 'a\nb': 1 },
  { 'a b': 'x y', 'é/x': '', 'a~/b': 'c' },
  { url: 'x', title: '', icon: ' ' },
  [{ url: 'https://example.com', title: ' ', icon: '' }],
  [{ url: 'x', title: ' ', icon: ' ' }],
  '😀'.repeat(251),
];

function firstIssue(value: unknown, kinds: KindRegistry): Verdict {
  const [issue] = validateEntity(value, { kinds });
  return issue && { stage: issue.stage, message: issue.message };
}

async function expectAgreement(values: readonly unknown[]): Promise<void> {
  for (const { aiModel, kinds } of registries) {
    for (const value of values) {
      const expected = await backstageVerdict(value, { aiModel });
      expect({ value, aiModel, verdict: firstIssue(value, kinds) }).toEqual({
        value,
        aiModel,
        verdict: expected,
      });
    }
  }
}

describe.each(Object.entries(validEntities))("Backstage's verdict on a %s", (_, entity) => {
  it('is valid', async () => {
    expect(await backstageVerdict(entity, { aiModel: true })).toBeUndefined();
    await expectAgreement([entity]);
  });

  it('equals ours with any one field missing', async () => {
    await expectAgreement(placesIn(entity).map(path => changed(entity, path)));
  });

  it('equals ours with any one field changed', async () => {
    await expectAgreement(
      placesIn(entity).flatMap(path => oddities.map(to => changed(entity, path, { to }))),
    );
  });
});

describe("Backstage's verdict", () => {
  it('equals ours for values that are no descriptors', async () => {
    await expectAgreement(['text', '', 0, true, [], [{}], {}, { kind: 'Component' }, undefined]);
  });

  it.each(['relations', 'status', 'foreign'])('equals ours for a root field %s', async field => {
    const { Component = {} } = validEntities;
    await expectAgreement(
      [[], {}, 'x', [{ type: 'ownedBy', targetRef: 'a:b/c' }], { items: [] }].map(value => ({
        ...Component,
        [field]: value,
      })),
    );
  });

  it.each(['backstage.io/v1beta1', 'backstage.io/v1', 'v1', 'example.com/v1'])(
    'equals ours for every kind with the apiVersion %s',
    async apiVersion => {
      await expectAgreement(
        Object.values(validEntities).map(entity => ({ ...entity, apiVersion })),
      );
    },
  );

  it('equals ours for entities with several random changes', async () => {
    const anyOddity = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...oddities) },
      { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 70 }) },
    );
    const step = fc.record({
      place: fc.nat(),
      change: fc.option(fc.record({ to: anyOddity }), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.values(validEntities)),
        fc.array(step, { minLength: 1, maxLength: 6 }),
        async (entity, steps) => {
          let value = entity;
          for (const { place, change } of steps) {
            const places = placesIn(value);
            const path = places[place % places.length];
            if (path) value = changed(value, path, change) as typeof entity;
          }
          await expectAgreement([value]);
        },
      ),
      longRun({ runs: 100, seed: 20261125 }),
    );
  });
});
