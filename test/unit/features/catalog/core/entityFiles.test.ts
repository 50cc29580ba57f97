import { expect, it } from 'vitest';
import { Emitter } from '../../../../../src/base';
import { EntityFilesService } from '../../../../../src/features/catalog/core';
import type { FileChange } from '../../../../../src/platform/core/ports';
import { at, openCatalog } from '../../../../support/testCatalog';

const descriptor = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: shop }
spec: { type: service, lifecycle: production, owner: nobody }
`;

async function openFiles(files: Readonly<Record<string, string>>) {
  const {
    engine,
    files: fileSystem,
    clock,
  } = await openCatalog({
    'shop/catalog-info.yaml': descriptor,
    ...files,
  });
  const changed = new Emitter<readonly FileChange[]>();
  const service = new EntityFilesService({ engine, fileSystem, clock, changes: [changed.event] });
  const shop = engine.getEntityByRef('component:default/shop');
  const own = shop && service.of(shop);
  if (!own) throw new Error('The entity has no files');
  return { service, own, changed };
}

it('lists files that match a glob, without ignored and excluded ones', async () => {
  const { service, own } = await openFiles({
    '.gitignore': 'out/\n',
    'shop/sonar.json': '{}',
    'shop/deep/sonar.json': '{}',
    'out/sonar.json': '{}',
    'node_modules/a/sonar.json': '{}',
  });
  expect(await service.list('**/sonar.json')).toEqual([
    at('shop/deep/sonar.json'),
    at('shop/sonar.json'),
  ]);
  expect(await service.list('**/sonar.json', { limit: 1 })).toHaveLength(1);
  expect(await own.list('*.json')).toEqual([at('shop/sonar.json')]);
  await expect(service.list('**', { signal: AbortSignal.abort() })).rejects.toThrow('abort');
});

it('reads files beside the descriptor but not outside the workspace', async () => {
  const { own } = await openFiles({ 'shop/sonar.json': '{}', 'other.json': '[]' });
  expect([own.folder, own.uri('./sonar.json')]).toEqual([at('shop'), at('shop/sonar.json')]);
  expect(new TextDecoder().decode(await own.readFile('../other.json'))).toBe('[]');
  expect(await own.stat('sonar.json')).toEqual({ type: 'file', size: 2, mtime: 0 });
  expect([await own.stat('none'), (await own.stat('.'))?.type]).toEqual([undefined, 'directory']);
  expect(() => own.uri('../../etc/passwd')).toThrow(
    new RangeError('The path "../../etc/passwd" leads out of the workspace'),
  );
  await expect(own.readFile('none')).rejects.toMatchObject({ code: 'ENOENT' });
});

it('watches files that match a glob until it is disposed', async () => {
  const { own, service, changed } = await openFiles({});
  const events: string[][] = [];
  const listen = (uris: ReadonlySet<string>): unknown => events.push([...uris]);
  const watching = [own.watch('*.json')(listen), service.watch('other/*')(listen)];
  const fire = async (...paths: readonly string[]): Promise<void> => {
    changed.fire(paths.map(path => ({ type: 'changed', uri: at(path) })));
    await new Promise(resolve => setImmediate(resolve));
  };
  await fire('shop/a.json', 'shop/a.yaml', 'a.json', 'node_modules/a.json');
  await expect.poll(() => events).toEqual([[at('shop/a.json')]]);
  for (const subscription of watching) subscription.dispose();
  await fire('shop/a.json');
  expect(events).toHaveLength(1);
});
