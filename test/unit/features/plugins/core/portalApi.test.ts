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

/** Additional engine members, as in the real engine. */
const engine = {
  status: 'ready',
  getEntityByRef: (ref: string) => ({ apiVersion: 'v1', kind: 'K', metadata: { name: ref } }),
  setRoots() {},
} as unknown as CatalogService;

it('returns the same object for a version', () => {
  const { getApi } = createPortalApi(new PluginHost({ logger: silentLogger, clock }), engine);
  expect(getApi(1).version).toBe(1);
  expect(getApi(1)).toBe(getApi(1));
});

it('rejects unsupported versions and lists supported ones', () => {
  const { getApi } = createPortalApi(new PluginHost({ logger: silentLogger, clock }), engine);
  expect(() => getApi(2 as 1)).toThrow(new RangeError('Unsupported API version 2. Supported: 1'));
});

it('registers plugins that are created with the API alone', async () => {
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
  expect(changes).toEqual(['waiting', 'active', '']);
  expect(api.coreServices.catalog.id).toBe(coreServices.catalog.id);
});

it('exposes the catalog without the engine', () => {
  const facade = createCatalogFacade(engine, {
    getProblems: () => [],
    onDidChange: () => ({ dispose() {} }),
  });
  expect(facade.status).toBe('ready');
  expect(facade.getEntityByRef('k:default/a')?.metadata.name).toBe('k:default/a');
  expect('setRoots' in facade).toBe(false);
  expect(Object.isFrozen(facade)).toBe(true);
});
