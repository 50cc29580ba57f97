import { expect, it } from 'vitest';
import { aComponent, aDescriptor } from '../../../../support/descriptors';
import { TestCatalog } from '../../../../support/testCatalog';

const location = aDescriptor('location:all', { targets: ['./test/catalog-info.yaml'] });
const twice = {
  'a/catalog-info.yaml': aComponent('a', { owner: 'guests' }),
  'test/catalog-info.yaml': aComponent('a', { owner: 'guests' }),
};

async function opened(files: Readonly<Record<string, string>>): Promise<TestCatalog> {
  const catalog = new TestCatalog();
  for (const [path, text] of Object.entries(files)) catalog.files.write(`/work/${path}`, text);
  await catalog.engine.refresh();
  return catalog;
}

it('reports a duplicate after a Location includes test data', async () => {
  const catalog = await opened(twice);
  expect(catalog.codes()).not.toContain('duplicate-entity');
  await catalog.write({ 'catalog-info.yaml': location });
  expect(catalog.codes()).toContain('duplicate-entity');
});

it('clears a duplicate after no Location includes test data', async () => {
  const catalog = await opened({ ...twice, 'catalog-info.yaml': location });
  expect(catalog.codes()).toContain('duplicate-entity');
  await catalog.remove('catalog-info.yaml');
  expect(catalog.codes()).not.toContain('duplicate-entity');
});
