import { expect, it } from 'vitest';
import { aComponent, aLocation, documents } from '../../../../../support/descriptors';
import { openCatalog } from '../../../../../support/testCatalog';

const entity = (type: string): string => aComponent('orders', { type });

it.each([
  'a/test/catalog-info.yaml',
  'a/fixtures/catalog-info.yaml',
  'a/golden/service/catalog-info.yaml',
])('%s loses a conflict without a duplicate problem', async path => {
  const catalog = await openCatalog({
    [path]: entity('fixture'),
    'services/orders/catalog-info.yaml': entity('service'),
  });
  expect(catalog.entity('component:default/orders')?.spec?.['type']).toBe('service');
  expect(catalog.codes()).not.toContain('duplicate-entity');
});

it('includes test data with a unique name in the catalog', async () => {
  const catalog = await openCatalog({ 'fixtures/catalog-info.yaml': entity('fixture') });
  expect(catalog.refs()).toEqual(['component:default/orders']);
});

it("doesn't treat targets of a Location as test data", async () => {
  const catalog = await openCatalog({
    'all.yaml': documents(aLocation('all', './test/orders.yaml'), entity('service')),
    'test/orders.yaml': entity('other'),
  });
  expect(catalog.codes('test/orders.yaml')).toContain('duplicate-entity');
});

it.each(['__fixtures__', '__testUtils__', 'testdata'])('excludes %s by default', async folder => {
  const files = { [`src/${folder}/catalog-info.yaml`]: entity('fixture') };
  expect((await openCatalog(files)).refs()).toEqual([]);
  const options = { exclude: [] };
  expect((await openCatalog(files, { options })).refs()).toEqual(['component:default/orders']);
});
