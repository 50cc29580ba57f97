import { expect, it } from 'vitest';
import { silentLogger } from '../../../../../../src/base';
import { CatalogEngine, defaultCatalogOptions } from '../../../../../../src/features/catalog/core';
import { contentOf } from '../../../../../support/catalogHistory';
import { aComponent } from '../../../../../support/descriptors';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { TamperedFileSystem } from '../../../../../support/tamperedFileSystem';
import { at, root } from '../../../../../support/testCatalog';
import { TestClock } from '../../../../../support/testClock';

it('ignores a file that is read after its refresh was aborted', async () => {
  const disk = new InMemoryFileSystem();
  for (let i = 0; i < 60; i++) disk.write(`/work/a/${i}.yaml`, aComponent(`c${i}`));
  const files = new TamperedFileSystem(disk);
  const engine = new CatalogEngine({
    fileSystem: files,
    clock: new TestClock(100),
    logger: silentLogger,
  });
  engine.setRoots([root('work')]);
  await engine.refresh();
  const expected = contentOf(engine);

  let letGo = (): void => {};
  const blocked = new Promise<void>(resolve => (letGo = resolve));
  let heldReads = 0;
  files.before = async (operation, uri) => {
    if (operation !== 'readFile' || uri !== at('a/5.yaml')) return;
    heldReads++;
    await blocked;
  };
  const abort = new AbortController();
  // Other options: every file is read again, with another result.
  engine.setOptions({
    ...defaultCatalogOptions,
    ownerFromCodeowners: !defaultCatalogOptions.ownerFromCodeowners,
  });
  const refresh = engine.refresh({
    signal: abort.signal,
    onProgress: () => {
      if (heldReads) abort.abort();
    },
  });
  await expect(refresh).rejects.toThrow();
  expect(heldReads).toBe(1);

  const late = new TextEncoder().encode(aComponent('late'));
  files.onContent = (uri, content) => (uri === at('a/5.yaml') ? late : content);
  letGo();
  await new Promise(resolve => setTimeout(resolve, 20));

  engine.setOptions(defaultCatalogOptions);
  await engine.applyChanges([{ type: 'changed', uri: at('a/0.yaml') }]);
  expect(contentOf(engine)).toEqual(expected);
});
