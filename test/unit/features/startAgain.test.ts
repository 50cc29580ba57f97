import { expect, it, onTestFinished } from 'vitest';
import type { TreeGrouping } from '../../../src/api';
import { Emitter, english, Registry, silentLogger } from '../../../src/base';
import { StarredEntities } from '../../../src/features/catalog/core/identity';
import { CatalogTreeModel, createBuiltinGroupings } from '../../../src/features/catalog/plugin';
import { isBeingChecked, isKnown, ProblemTreeModel } from '../../../src/features/problems/plugin';
import { aComponent } from '../../support/descriptors';
import { InMemoryBlobStore } from '../../support/inMemoryBlobStore';
import { InMemoryFileSystem } from '../../support/inMemoryFileSystem';
import { noSources } from '../../support/noSources';
import { openCatalog, TestCatalog } from '../../support/testCatalog';

/** A disk that doesn't return the first folder before it is released. */
class HangingFileSystem extends InMemoryFileSystem {
  answer = (): void => {};
  #answered = new Promise<void>(resolve => (this.answer = resolve));

  override async readDirectory(uri: string): ReturnType<InMemoryFileSystem['readDirectory']> {
    await this.#answered;
    return super.readDirectory(uri);
  }
}

it('shows entities and problems of the last start while reading folders hangs', async () => {
  const store = new InMemoryBlobStore();
  const files = { 'a.yaml': aComponent('a'), 'b.yaml': aComponent('b', { owner: 'nobody' }) };
  const first = await openCatalog(files, { store });
  await first.engine.save();

  const fileSystem = new HangingFileSystem();
  for (const path of first.files.paths()) fileSystem.write(path, first.files.textOf(path));
  const { engine } = new TestCatalog({ store, fileSystem });
  const identity = { getOwnershipRefs: () => [], onDidChange: new Emitter<void>().event };
  const groupings = new Registry<TreeGrouping>();
  for (const grouping of createBuiltinGroupings({ catalog: engine, translate: english })) {
    groupings.add(grouping);
  }
  const common = {
    catalog: engine,
    identity,
    translate: english,
    schedule: (run: () => void) => run(),
    runInSlices: (work: Generator<void, void>) => void [...work],
  };
  const starred = new StarredEntities({ get: () => undefined, set: async () => {} });
  const tree = new CatalogTreeModel({
    ...common,
    groupings,
    starred,
    sources: noSources,
    logger: silentLogger,
  });
  const problems = new ProblemTreeModel({
    ...common,
    displayPath: (uri: string) => uri,
    sourceOf: () => undefined,
  });
  onTestFinished(() => problems.dispose());
  const rows = (): readonly string[] =>
    tree
      .getChildren()
      .flatMap(group => [group, ...tree.getChildren(group)])
      .map(node => tree.present(node).label);

  expect(isKnown(engine)).toBe(false);
  const shown = new Promise<void>(resolve => engine.onDidChange(() => resolve()));
  const refreshed = engine.refresh();
  await shown;
  expect(engine.status).toBe('indexing');
  expect(engine.getEntityRefs()).toEqual(['component:default/a', 'component:default/b']);
  expect(rows()).toEqual(['Components', 'a', 'b']);
  expect(problems.counts.total).toBe(2);
  expect(isBeingChecked(engine)).toBe(true);
  expect(fileSystem.takeReads()).toEqual({});

  fileSystem.write('/work/c.yaml', aComponent('c'));
  fileSystem.answer();
  await refreshed;
  expect(engine.status).toBe('ready');
  expect(rows()).toEqual(['Components', 'a', 'b', 'c']);
  expect(isBeingChecked(engine)).toBe(false);
});
