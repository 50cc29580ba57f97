import { describe, expect, it } from 'vitest';
import { aComponent, aDescriptor } from '../../../../support/descriptors';
import { InMemoryBlobStore } from '../../../../support/inMemoryBlobStore';
import { openCatalog, TestCatalog } from '../../../../support/testCatalog';

/* Enough files that they are checked all at once, before any request. */
const FILES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Array.from({ length: 40 }, (_, place) => [`${place + 10}.yaml`, aComponent('same')]),
  ),
  'broken.yaml': aDescriptor('group:broken', { type: 7 }),
  'zzz.yaml': aComponent('lost', { owner: 'group:broken' }),
};

const DUPLICATE =
  'Entity component:default/same is defined more than once; the one in 10.yaml:4 takes precedence';

function expectPaths(catalog: TestCatalog): void {
  const messages = catalog.messages();
  expect(messages.filter(message => message === DUPLICATE)).toHaveLength(39);
  expect(catalog.messages('zzz.yaml')).toEqual([
    expect.stringMatching(/: its descriptor in broken\.yaml has errors$/),
  ]);
  expect(messages.filter(message => message.includes('file:'))).toEqual([]);
}

describe('Problems that name other files', () => {
  it('use display paths', async () => {
    expectPaths(await openCatalog(FILES));
  });

  it('use display paths for the stored catalog of the last start', async () => {
    const store = new InMemoryBlobStore();
    const first = await openCatalog(FILES, { store });
    await first.engine.save();
    const second = new TestCatalog({ store, fileSystem: first.files });
    let checkCount = 0;
    second.engine.onDidChange(() => {
      checkCount++;
      expect(second.engine.status).toBe('indexing');
      expectPaths(second);
    });
    await second.engine.refresh();
    expect(checkCount).toBe(1);
    expectPaths(second);
  });

  it('use display paths after all files have changed', async () => {
    const catalog = await openCatalog(FILES);
    const changed = Object.entries(FILES).map(([path, text]) => [path, `${text}# more\n`]);
    await catalog.write(Object.fromEntries(changed) as Record<string, string>);
    expectPaths(catalog);
  });
});
