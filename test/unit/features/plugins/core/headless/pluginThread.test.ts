import { expect, it } from 'vitest';
import type { CatalogService } from '../../../../../../src/api';
import { EMPTY_RANGE, silentLogger, toDisposable } from '../../../../../../src/base';
import { PluginThread } from '../../../../../../src/features/plugins/core/headless';
import type { FileSystem, Thread } from '../../../../../../src/platform/core/ports';

const catalog = {
  status: 'ready',
  getEntityRefs: () => [],
  getProblems: () => [],
  getFailedEntities: () => [],
  getMissingTargets: () => undefined,
} as unknown as CatalogService;

it('ends the thread of a plugin that misses a deadline, before the server ends', async () => {
  let isEnded = false;
  const never = () => toDisposable(() => {});
  const hanging: Thread = {
    onMessage: never,
    onDidEnd: never,
    post: () => {},
    dispose: () => void (isEnded = true),
  };
  const plugin = new PluginThread({
    plugin: {
      declaration: { apiVersion: 1, id: 'slow', title: 'Slow', main: 'main.mjs' },
      origin: 'extension',
      file: 'file:///p/package.json',
      folder: 'file:///p',
      locate: () => EMPTY_RANGE,
    },
    moduleOf: () => Promise.resolve('file:///p/main.mjs'),
    startThread: () => Promise.resolve(hanging),
    catalog,
    roots: [],
    exclude: [],
    fileSystem: undefined as unknown as FileSystem,
    clock: { delay: () => Promise.resolve() },
    logger: silentLogger,
  });
  await plugin.open();
  expect(plugin.failure?.message).toContain("It didn't respond within 10 s");
  expect(isEnded).toBe(true);
});
