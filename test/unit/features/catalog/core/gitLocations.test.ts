import { expect, it } from 'vitest';
import { readSources } from '../../../../../src/features/sources/core';
import { openBackstage } from '../../../../support/backstageCatalog';
import { aComponent, aGitLocation } from '../../../../support/descriptors';
import { fileUri, InMemoryFileSystem } from '../../../../support/inMemoryFileSystem';
import { openCatalog } from '../../../../support/testCatalog';

const URL = 'https://git.acme.org/acme/shop.git';

/** Backstage's message. */
const REFUSED = 'Registered locations must be of an allowed type ["url"]';

it('rejects a Location of type git in a folder, like Backstage', async () => {
  const catalog = await openCatalog({ 'a.yaml': aGitLocation(URL), 'b.yaml': aComponent('b') });
  const found = catalog.engine.getProblems().filter(({ message }) => message === REFUSED);
  expect(found).toMatchObject([
    { code: 'location-target-invalid', entityRef: 'location:default/git' },
  ]);
  expect(catalog.entity('component:default/b')).toBeDefined();
});

it("rejects a Location of type git in an app-config's catalog", async () => {
  const config = { catalog: { locations: [{ type: 'file', target: './a.yaml' }] } };
  const files = {
    '/work/app-config.yaml': JSON.stringify(config),
    '/work/a.yaml': `${aGitLocation(URL)}---\n${aComponent('b')}`,
  };
  const engine = await openBackstage(new InMemoryFileSystem(files), {
    configs: [fileUri('/work/app-config.yaml')],
  });
  const found = engine.getProblems().filter(({ message }) => message === REFUSED);
  expect(found).toMatchObject([
    { code: 'location-target-invalid', entityRef: 'location:default/git' },
  ]);
  expect(engine.getEntityByRef('component:default/b')).toBeDefined();
});

it('accepts its target as a source in settings', () => {
  const { configs, problems } = readSources([{ type: 'git', url: URL }]);
  expect([configs.map(({ type }) => type), problems]).toEqual([['git'], []]);
});
