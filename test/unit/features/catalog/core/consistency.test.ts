import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EntityProviderConnection } from '../../../../../src/api';
import type { CatalogEngine } from '../../../../../src/features/catalog/core';
import { aDescriptor, documents } from '../../../../support/descriptors';
import { entityOf } from '../../../../support/entityOf';
import { longRun } from '../../../../support/longRun';
import { SourceInMemory } from '../../../../support/sourceInMemory';
import { InMemoryFileSystem } from '../../../../support/inMemoryFileSystem';
import { at, TestCatalog } from '../../../../support/testCatalog';
import { TestClock } from '../../../../support/testClock';

/** Uses up every slice at once; whenever the thread is free, a reader reads. */
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

/** Everything that a reader can see. */
function read(engine: CatalogEngine): string {
  const missing = engine.getMissingTargets();
  return JSON.stringify({
    refs: engine.getEntityRefs(),
    entities: engine.getEntities(),
    groups: engine
      .getEntities({ filter: [[{ key: 'kind', values: ['Group'] }]] })
      .map(({ metadata }) => metadata.name),
    missing: [[...missing.owner].sort(), [...missing.docs].sort()],
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
      [...engine.getFilesReading(at(path.replace('catalog-info.yaml', 'notes.txt')))].sort(),
    ]),
  });
}

/**
 * Collects every version seen during pauses of some work, in order. @param skipped - pauses before
 * the first read, so that nothing is cached by then; 0: reads before and after the work, too
 */
async function versionsDuring(
  { engine, clock }: { engine: CatalogEngine; clock: ReadersClock },
  work: () => Promise<unknown>,
  skipped = 0,
): Promise<string[]> {
  const versions = skipped ? [] : [read(engine)];
  const check = (): void => {
    const version = read(engine);
    if (version !== versions.at(-1)) versions.push(version);
  };
  let pauses = 0;
  clock.onYield = () => {
    if (pauses++ >= skipped) check();
  };
  await work();
  clock.onYield = () => {};
  if (!skipped) check();
  return versions;
}

const parsed = (version: string): unknown => JSON.parse(version);

/** Collects the versions that a reader sees between all awaits of the work. */
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

const DOCS = 'backstage.io/techdocs-entity';

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
    .record({ name: aName, other: aName })
    .map(({ name, other }) =>
      aDescriptor(
        `api:${name}`,
        { owner: other, definition: { $text: './notes.txt' } },
        { annotations: { [DOCS]: `component:${other}` } },
      ),
    ),
  fc
    .constantFrom(...paths)
    .map(path => aDescriptor('location:l', { targets: [`../${path}`, './none.yaml'] })),
);

/** Without Locations: sources list their own files. */
const aRemoteDocument = fc.oneof(
  fc
    .record({ name: aName, owner: aName })
    .map(({ name, owner }) =>
      aDescriptor(
        `component:${name}`,
        { owner },
        { annotations: { [DOCS]: `component:${owner}` } },
      ),
    ),
  aName.map(name => aDescriptor(`group:${name}`)),
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
  fc.record({
    type: fc.constant('many' as const),
    count: fc.nat({ max: 40 }),
    owner: aName,
  }),
  fc.record({
    type: fc.constant('source' as const),
    files: fc.dictionary(
      fc.constantFrom('m.yaml', 'n.yaml', 'o.yaml'),
      fc.array(aRemoteDocument, { minLength: 1, maxLength: 2 }).map(texts => documents(...texts)),
      { noNullPrototype: true },
    ),
  }),
  fc.record({ type: fc.constant('provided' as const), names: fc.uniqueArray(aName) }),
  fc.record({ type: fc.constant('refresh' as const), isOff: fc.boolean() }),
);

type Update = typeof anUpdate extends fc.Arbitrary<infer T> ? T : never;

const remote: Update = {
  type: 'source',
  files: { 'm.yaml': aDescriptor('component:x', { owner: 'x' }) },
};

const examples: [Update[], number][] = [
  // Problems of sources follow new settings at once, like those of the workspace.
  [[remote, { type: 'many', count: 1, owner: 'x' }, { type: 'refresh', isOff: true }], 0],
  // A file of a source is one until nobody sees it any more.
  [[remote, { type: 'source', files: {} }], 1],
];

async function openWithReaders(isPartial = false) {
  const clock = new ReadersClock();
  const files = new InMemoryFileSystem();
  const source = new SourceInMemory(files, { isPartial });
  let provided: readonly string[] = [];
  let severities = {};
  const open = async (clock?: TestClock) => {
    const { engine } = new TestCatalog({ fileSystem: files, clock });
    let connection: EntityProviderConnection | undefined;
    engine.addEntityProvider({
      getProviderName: () => 'people',
      async connect(connected) {
        connection = connected;
        return undefined;
      },
    });
    engine.setOptions({ ...engine.options, severities });
    await engine.refresh();
    const provide = async (): Promise<void> =>
      connection?.applyMutation({
        type: 'full',
        entities: provided.map(name => ({
          entity: entityOf(aDescriptor(`group:${name}`, { parent: 'z' })),
        })),
      });
    return { engine, provide };
  };
  const { engine, provide } = await open(clock);
  engine.addSource(source);
  await engine.sourcesRead();

  const change = async (texts: Readonly<Record<string, string | undefined>>): Promise<void> => {
    for (const [path, text] of Object.entries(texts)) {
      if (text === undefined) files.remove(`/work/${path}`);
      else files.write(`/work/${path}`, text);
    }
    const uris = Object.keys(texts).map(at);
    await engine.applyChanges(uris.map(uri => ({ type: 'changed', uri })));
  };
  const apply = async (update: Update): Promise<void> => {
    switch (update.type) {
      case 'files':
        return change(update.files);
      case 'many': {
        const { count, owner } = update;
        const texts = Array.from({ length: 40 }, (_, index): [string, string | undefined] => [
          `many/${index}.yaml`,
          index < count ? aDescriptor(`component:n${index}`, { owner }) : undefined,
        ]);
        return change(Object.fromEntries(texts));
      }
      case 'source':
        source.put(update.files);
        return engine.sourcesRead();
      case 'provided':
        provided = update.names;
        return provide();
      case 'refresh':
        severities = update.isOff ? { 'dangling-reference': 'off' } : {};
        engine.setOptions({ ...engine.options, severities });
        return engine.refresh();
    }
  };
  /** A fresh read. */
  const readAfresh = async (): Promise<string> => {
    const cold = await open();
    await cold.provide();
    cold.engine.addSource(new SourceInMemory(files, { isPartial }));
    await cold.engine.sourcesRead();
    return read(cold.engine);
  };
  return { engine, clock, apply, readAfresh };
}

describe('Reader during an update', () => {
  it.each([
    { of: 'all entities', isPartial: false },
    { of: 'some entities', isPartial: true },
  ])('sees the version before or after it, beside a source with $of', async ({ isPartial }) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anUpdate, { minLength: 2, maxLength: 6 }),
        fc.oneof(fc.constant(0), fc.nat({ max: 60 })),
        async (updates, skipped) => {
          const { engine, clock, apply, readAfresh } = await openWithReaders(isPartial);
          let before = await readAfresh();
          for (const update of updates) {
            const work = (): Promise<unknown> => apply(update);
            const versions = await versionsDuring({ engine, clock }, work, skipped);
            const after = await readAfresh();
            const expected = [before, after].filter(version => versions.includes(version));
            if (!skipped && expected.at(-1) !== after) expected.push(after);
            expect(versions.map(parsed)).toEqual([...new Set(expected)].map(parsed));
            before = after;
          }
          expect(parsed(read(engine))).toEqual(parsed(before));
        },
      ),
      { ...longRun({ runs: 5, seed: 14 }), examples },
    );
  });

  it('sees no intermediate version between two awaits', async () => {
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
    const removed = {
      [paths[0] ?? '']: aDescriptor('component:z', { owner: 'y' }),
      [paths[1] ?? '']: undefined,
    };
    for (const update of [files, removed, files]) {
      const work = (): Promise<void> => apply({ type: 'files', files: update });
      expect(await versionsBetween(engine, work)).toBe(2);
    }
  });

  it('sees the first read as a whole or nothing', async () => {
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

  it('sees many files change at once', async () => {
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
    let checkCount = 0;
    const ownersSeen = new Set<string>();
    clock.onYield = () => {
      // Reading everything each time would take long.
      if (checkCount++ % 50) return;
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
