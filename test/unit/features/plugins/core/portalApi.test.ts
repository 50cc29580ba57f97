import { expect, it } from 'vitest';
import { type CatalogService, coreServices } from '../../../../../src/api';
import { silentLogger } from '../../../../../src/base';
import {
  createCatalogFacade,
  createPortalApi,
  PluginHost,
} from '../../../../../src/features/plugins/core';

const never = new Promise<void>(() => {});
const clock = { now: () => 0, delay: () => never, yield: () => Promise.resolve() };

/** Engine members beside those of the service, as the real engine has them. */
const engine = {
  status: 'ready',
  getEntityByRef: (ref: string) => ({ apiVersion: 'v1', kind: 'K', metadata: { name: ref } }),
  setRoots() {},
} as unknown as CatalogService;

it('hands out the version that was asked for, always the same', () => {
  const { getApi } = createPortalApi(new PluginHost({ logger: silentLogger, clock }), engine);
  expect(getApi(1).version).toBe(1);
  expect(getApi(1)).toBe(getApi(1));
});

it('refuses other versions and names those that there are', () => {
  const { getApi } = createPortalApi(new PluginHost({ logger: silentLogger, clock }), engine);
  expect(() => getApi(2 as 1)).toThrow(new RangeError('Unsupported API version 2. Supported: 1'));
});

it('registers plugins that are made with nothing but what it hands out', async () => {
  const host = new PluginHost({ logger: silentLogger, clock });
  const api = createPortalApi(host, engine).getApi(1);
  const plugin = api.createPortalPlugin({ id: 'stranger', register() {} });
  const registration = api.registerPlugin(plugin);
  const changes: string[] = [];
  api.onDidChangePlugins(() => changes.push(api.plugins.map(({ status }) => status).join()));
  await host.whenSettled();
  expect(api.plugins).toEqual([{ id: 'stranger', status: 'active', error: undefined }]);
  registration.dispose();
  expect(api.plugins).toEqual([]);
  expect(changes).toEqual(['active', '']);
  expect(api.coreServices.catalog.id).toBe(coreServices.catalog.id);
});

it('shows the catalog without the engine behind it', () => {
  const facade = createCatalogFacade(engine, {
    getProblems: () => [],
    onDidChange: () => ({ dispose() {} }),
  });
  expect(facade.status).toBe('ready');
  expect(facade.getEntityByRef('k:default/a')?.metadata.name).toBe('k:default/a');
  expect('setRoots' in facade).toBe(false);
  expect(Object.isFrozen(facade)).toBe(true);
});
