import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EntityProviderConnection } from '../../../../../src/api';
import type { CatalogEngine } from '../../../../../src/features/catalog/core';
import { aDescriptor, documents } from '../../../../support/descriptors';
import { entityOf } from '../../../../support/entityOf';
import { longRun } from '../../../../support/longRun';
import { at, TestCatalog } from '../../../../support/testCatalog';
import { TestClock } from '../../../../support/testClock';

/** Every slice is used up at once; whenever the thread is free, somebody reads. */
class ReadersClock extends TestClock {
  onYield = (): void => {};

  constructor() {
    super(10);
  }

  override async yield(): Promise<void> {
    this.onYield();
    await super.yield();
    this.onYield();
  }
}

const paths = Array.from({ length: 6 }, (_, index) => `${'abcdef'[index]}/catalog-info.yaml`);
const names = ['x', 'y', 'z'];
const refs = names.flatMap(name => [`component:default/${name}`, `group:default/${name}`]);

/** Everything that a reader gets to know. */
function read(engine: CatalogEngine): string {
  return JSON.stringify({
    refs: engine.getEntityRefs(),
    entities: engine.getEntities(),
    statistics: engine.statistics,
    files: engine.getFiles(),
    failed: engine.getFailedEntities(),
    problems: engine.getProblems(),
    byRef: refs.map(ref => [
      engine.getEntityByRef(ref),
      engine.getRelations(ref),
      engine.getEntityVersions(ref),
      engine.getEntitySources(ref),
      engine.getEntityAncestry(ref),
      engine.getProblems({ entityRef: ref }),
      engine.getRecord(ref)?.references,
    ]),
    byFile: paths.map(path => [
      engine.getEntityRefsInFile(at(path)),
      engine.getFailedInFile(at(path)),
      engine.getRecordsInFile(at(path)).map(({ ref }) => ref),
      engine.getProblems({ file: at(path) }),
    ]),
  });
}

/** Collects every version that is seen in pauses of some work, one after the other. */
async function versionsDuring(
  { engine, clock }: { engine: CatalogEngine; clock: ReadersClock },
  work: () => Promise<unknown>,
): Promise<string[]> {
  const versions = [read(engine)];
  const look = (): void => {
    const version = read(engine);
    if (version !== versions.at(-1)) versions.push(version);
  };
  clock.onYield = look;
  await work();
  clock.onYield = () => {};
  look();
  return versions;
}

/** Collects the versions that are seen by a reader who takes turns with the work at every await. */
async function versionsBetween(
  engine: CatalogEngine,
  work: () => Promise<unknown>,
): Promise<number> {
  const versions = [read(engine)];
  let isRunning = true;
  const reader = (async () => {
    while (isRunning) {
      const version = read(engine);
      if (version !== versions.at(-1)) versions.push(version);
      await Promise.resolve();
    }
  })();
  await work();
  isRunning = false;
  await reader;
  return versions.length;
}

const aName = fc.constantFrom(...names);

const aDocument = fc.oneof(
  fc
    .record({ name: aName, owner: aName, parent: aName, isBroken: fc.boolean() })
    .map(({ name, owner, parent, isBroken }) =>
      aDescriptor(`component:${name}`, {
        owner,
        subcomponentOf: parent,
        ...(isBroken && { lifecycle: undefined }),
      }),
    ),
  fc
    .record({ name: aName, parent: aName })
    .map(({ name, parent }) => aDescriptor(`group:${name}`, { parent })),
  fc
    .constantFrom(...paths)
    .map(path => aDescriptor('location:l', { targets: [`../${path}`, './none.yaml'] })),
);

const aFile = fc.array(aDocument, { maxLength: 3 }).map(texts => documents(...texts));

const anUpdate = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('files' as const),
      files: fc.dictionary(fc.constantFrom(...paths), fc.option(aFile, { nil: undefined }), {
        minKeys: 1,
        noNullPrototype: true,
      }),
    }),
  },
  fc.record({ type: fc.constant('provided' as const), names: fc.uniqueArray(aName) }),
  fc.record({ type: fc.constant('refresh' as const), isOff: fc.boolean() }),
);

type Update = typeof anUpdate extends fc.Arbitrary<infer T> ? T : never;

async function openWithReaders() {
  const clock = new ReadersClock();
  const catalog = new TestCatalog({ clock });
  const { engine } = catalog;
  let connection: EntityProviderConnection | undefined;
  engine.addEntityProvider({
    getProviderName: () => 'people',
    async connect(connected) {
      connection = connected;
      return undefined;
    },
  });
  await engine.refresh();
  const apply = async (update: Update): Promise<void> => {
    if (update.type === 'files') {
      for (const [path, text] of Object.entries(update.files)) {
        if (text === undefined) catalog.files.remove(`/work/${path}`);
        else catalog.files.write(`/work/${path}`, text);
      }
      const uris = Object.keys(update.files).map(at);
      await engine.applyChanges(uris.map(uri => ({ type: 'changed', uri })));
    } else if (update.type === 'provided') {
      const entities = update.names.map(name => ({
        entity: entityOf(aDescriptor(`group:${name}`)),
      }));
      await connection?.applyMutation({ type: 'full', entities });
    } else {
      engine.setOptions({
        ...engine.options,
        severities: update.isOff ? { 'dangling-reference': 'off' } : {},
      });
      await engine.refresh();
    }
  };
  return { catalog, engine, clock, apply };
}

describe('a reader', () => {
  it('sees the version before an update or the one after it, and nothing in between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anUpdate, { minLength: 2, maxLength: 5 }), async updates => {
        const { engine, clock, apply } = await openWithReaders();
        for (const update of updates) {
          const versions = await versionsDuring({ engine, clock }, () => apply(update));
          expect(versions.length).toBeLessThanOrEqual(2);
        }
        // What readers saw last is what somebody sees who reads everything anew.
        const last = read(engine);
        await engine.refresh();
        expect(read(engine)).toBe(last);
      }),
      longRun({ runs: 20, seed: 14 }),
    );
  });

  it('sees no more between two awaits', async () => {
    const { engine, apply } = await openWithReaders();
    const files = {
      [paths[0] ?? '']: documents(
        aDescriptor('component:x', { owner: 'y' }),
        aDescriptor('group:y'),
      ),
      [paths[1] ?? '']: documents(
        aDescriptor('component:y', { owner: 'z' }),
        aDescriptor('group:z'),
      ),
    };
    const gone = {
      [paths[0] ?? '']: aDescriptor('component:z', { owner: 'y' }),
      [paths[1] ?? '']: undefined,
    };
    for (const update of [files, gone, files]) {
      const work = (): Promise<void> => apply({ type: 'files', files: update });
      expect(await versionsBetween(engine, work)).toBe(2);
    }
  });

  it('sees all of the first reading, or nothing', async () => {
    const clock = new ReadersClock();
    const catalog = new TestCatalog({ clock });
    for (const path of paths) {
      catalog.files.write(`/work/${path}`, aDescriptor(`component:${path[0]}`, { owner: 'x' }));
    }
    const versions = await versionsDuring({ engine: catalog.engine, clock }, () =>
      catalog.engine.refresh(),
    );
    expect(versions).toHaveLength(2);
    expect(catalog.refs()).toHaveLength(paths.length);
  });

  it('sees many files come and go at once', async () => {
    const clock = new ReadersClock();
    const catalog = new TestCatalog({ clock });
    const names = Array.from({ length: 400 }, (_, index) => `n${String(index).padStart(3, '0')}`);
    const write = (owner: string): void => {
      for (const name of names) {
        catalog.files.write(`/work/${name}.yaml`, aDescriptor(`component:${name}`, { owner }));
      }
    };
    write('x');
    await catalog.engine.refresh();
    const { engine } = catalog;
    let looks = 0;
    const ownersSeen = new Set<string>();
    clock.onYield = () => {
      // All of them each time would take long.
      if (looks++ % 50) return;
      const owners = engine.getEntities().map(({ spec }) => spec?.['owner']);
      const owned = engine.getRelations('group:default/x').length;
      ownersSeen.add(JSON.stringify([[...new Set(owners)], owners.length, owned]));
    };
    write('y');
    for (const name of names.slice(0, 10)) catalog.files.remove(`/work/${name}.yaml`);
    await engine.applyChanges(names.map(name => ({ type: 'changed', uri: at(`${name}.yaml`) })));
    clock.onYield();
    expect(
      [...ownersSeen].every(seen => seen === '[["x"],400,400]' || seen === '[["y"],390,0]'),
    ).toBe(true);
    expect(engine.getRelations('group:default/y')).toHaveLength(390);
  });
});
