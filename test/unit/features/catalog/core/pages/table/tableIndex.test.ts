import { expect, it, vi } from 'vitest';
import { manyEntities } from '../../../../../../component/support/manyEntities';
import { tableOf } from '../../../../../../support/catalogTables';
import { TestCatalog } from '../../../../../../support/testCatalog';

it('indexes a large catalog that loads after the first request', async () => {
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
  // The second request comes while the first is in progress.
  expect(await Promise.all([ask(), ask()])).toEqual([1_980, 1_980]);
});

it('reports indexing progress and stops when all requests are aborted', async () => {
  const catalog = new TestCatalog();
  for (const [path, text] of Object.entries(manyEntities(3_000))) {
    catalog.files.write(`/work/${path}`, text);
  }
  await catalog.engine.refresh();
  const { table } = tableOf(catalog.engine);
  const ask = async (signal: AbortSignal): Promise<number> => {
    const request = { query: { kind: 'component' }, start: 0, count: 10 };
    return (await table.getTable(request, signal)).total;
  };
  expect(table.progress).toBeUndefined();
  const [impatient, other] = [new AbortController(), new AbortController()];
  const answers = [ask(impatient.signal), ask(other.signal)];
  await vi.waitFor(() => expect(table.progress?.done).toBeGreaterThan(0), { interval: 1 });
  expect(table.progress?.total).toBe(3_000);

  impatient.abort();
  await expect(answers[0]).rejects.toThrow('aborted');
  table.stop();
  const { done = 0 } = table.progress ?? {};
  expect(done).toBeGreaterThan(0);
  other.abort();
  await expect(answers[1]).rejects.toThrow('aborted');
  table.stop();
  await vi.waitFor(() => expect(table.progress).toBeUndefined());

  expect(await ask(new AbortController().signal)).toBe(2_970);
});
