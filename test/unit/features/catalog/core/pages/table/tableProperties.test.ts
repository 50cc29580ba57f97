import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CatalogQuery } from '../../../../../../../src/api';
import { compareNaturally } from '../../../../../../../src/base';
import type {
  CatalogTable,
  CatalogTableView,
} from '../../../../../../../src/features/catalog/core/pages';
import type { Entity, Problem } from '../../../../../../../src/model';
import {
  entityTags,
  entityTitle,
  entityType,
  refOf,
} from '../../../../../../../src/model/presentation';
import { tableOf } from '../../../../../../support/catalogTables';
import { anEntity, aProblem, InMemoryCatalog } from '../../../../../../support/inMemoryCatalog';

/* Few names and values, so that entities share them and are often equal. */

const names = ['a', 'b', 'B', 'c1', 'c10', 'c2', 'd'];
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

const entity: fc.Arbitrary<Entity> = fc
  .record({
    kind: fc.constantFrom('Component', 'API', 'Group'),
    name: fc.constantFrom(...names.map(name => name.toLowerCase())),
    title: maybe(fc.constantFrom('One', 'one', 'Two', 'Zwei')),
    type: maybe(fc.constantFrom('service', 'Service', 'website')),
    owner: maybe(fc.constantFrom('a', 'b', 'c1')),
    tags: fc.subarray(['x', 'X', 'y']),
  })
  .map(({ kind, name, title, type, owner, tags }) =>
    anEntity(
      `${kind}:${name}`,
      { ...(type !== undefined && { type }), ...(owner !== undefined && { owner }) },
      { tags, ...(title !== undefined && { title }) },
    ),
  );

const content = fc.record({
  entities: fc.uniqueArray(entity, { selector: refOf, maxLength: 12 }),
  problems: fc.array(
    fc
      .constantFrom(...names)
      .map((name): Problem => aProblem({ entityRef: `component:default/${name.toLowerCase()}` })),
    { maxLength: 3 },
  ),
});

const query: fc.Arbitrary<CatalogQuery> = fc.record(
  {
    kind: fc.constantFrom('component', 'group'),
    facets: fc.dictionary(
      fc.constantFrom('type', 'owner', 'tag'),
      fc.subarray(['service', 'group:default/a', 'x', 'y']),
    ),
    only: fc.subarray(['withProblems', 'withoutOwner', 'withoutDocs'] as const),
    text: fc.constantFrom('', 'o', 'service', 'one a'),
    sort: fc.record({
      column: fc.constantFrom('name', 'type', 'owner', 'tags', 'problems'),
      descending: fc.boolean(),
    }),
  },
  { requiredKeys: [] },
);

it('returns the same after changes as a new table', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(content, query), { minLength: 2 }), async steps => {
      const catalog = new InMemoryCatalog();
      const { table } = tableOf(catalog);
      for (const [next, asked] of steps) {
        catalog.update(next);
        const { table: fresh } = tableOf(new InMemoryCatalog(next));
        expect(await answer(table, asked)).toEqual(await answer(fresh, asked));
      }
    }),
  );
});

it('includes changes during a request', async () => {
  await fc.assert(
    fc.asyncProperty(content, content, query, async (before, after, asked) => {
      const catalog = new InMemoryCatalog(before);
      const { table } = tableOf(catalog);
      const early = answer(table, asked);
      catalog.update(after);
      await early;
      const { table: fresh } = tableOf(new InMemoryCatalog(after));
      expect(await answer(table, asked)).toEqual(await answer(fresh, asked));
    }),
  );
});

it('counts as many rows for a value as selecting it returns', async () => {
  await fc.assert(
    fc.asyncProperty(content, query, async (given, asked) => {
      const { table } = tableOf(new InMemoryCatalog(given));
      const { facets, kinds } = await answer(table, asked);
      for (const { id, values } of facets) {
        for (const { value, count } of values) {
          const picked = { ...asked, facets: { ...asked.facets, [id]: [value] } };
          expect((await answer(table, picked)).total, `${id} ${value}`).toBe(count);
        }
      }
      const { type: _type, lifecycle: _lifecycle, ...others } = asked.facets ?? {};
      for (const { kind, count } of kinds) {
        expect((await answer(table, { ...asked, kind, facets: others })).total).toBe(count);
      }
    }),
  );
});

it('sorts by column and then title', async () => {
  const columns: Readonly<Record<string, (entity: Entity) => string>> = {
    name: entityTitle,
    type: entity => entityType(entity) ?? '',
    tags: entity => entityTags(entity).join(', '),
  };
  await fc.assert(
    fc.asyncProperty(
      content,
      fc.constantFrom('name', 'type', 'tags'),
      fc.boolean(),
      async ({ entities }, column, descending) => {
        const { table } = tableOf(new InMemoryCatalog({ entities }));
        const keyOf = columns[column] ?? entityTitle;
        const byTitle = (a: Entity, b: Entity): number =>
          compareNaturally(entityTitle(a), entityTitle(b)) || (refOf(a) < refOf(b) ? -1 : 1);
        const expected = [...entities].sort((a, b) => {
          const [keyA, keyB] = [keyOf(a), keyOf(b)];
          if ((keyA === '') !== (keyB === '')) return keyA === '' ? 1 : -1;
          return compareNaturally(keyA, keyB) * (descending ? -1 : 1) || byTitle(a, b);
        });
        const view = await answer(table, { sort: { column, descending } });
        expect(view.rows.map(({ ref }) => ref)).toEqual(expected.map(refOf));
      },
    ),
  );
});

async function answer(table: CatalogTable, asked: CatalogQuery): Promise<CatalogTableView> {
  const view = await table.getTable(
    { query: asked, start: 0, count: 100 },
    new AbortController().signal,
  );
  // Kinds have no order.
  return { ...view, kinds: [...view.kinds].sort((a, b) => compareNaturally(a.kind, b.kind)) };
}
