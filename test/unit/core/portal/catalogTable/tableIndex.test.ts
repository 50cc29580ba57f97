import { expect, it } from 'vitest';
import { manyEntities } from '../../../../component/support/manyEntities';
import { tableOf } from '../../../../support/catalogTables';
import { TestCatalog } from '../../../../support/testCatalog';

it('takes up a large catalog that is read after somebody asked', async () => {
  const catalog = new TestCatalog();
  const { table } = tableOf(catalog.engine);
  const ask = async (): Promise<number> => {
    const request = { query: { kind: 'component' }, start: 0, count: 10 };
    return (await table.getTable(request, new AbortController().signal)).total;
  };
  expect(await ask()).toBe(0);
  for (const [path, text] of Object.entries(manyEntities(2_000))) {
    catalog.files.write(`/work/${path}`, text);
  }
  await catalog.engine.refresh();
  expect(catalog.engine.getEntityRefs()).toHaveLength(2_000);
  // The second comes while what the first has begun is not done.
  expect(await Promise.all([ask(), ask()])).toEqual([1_980, 1_980]);
});
