import { describe, expect, it, vi } from 'vitest';
import type { CatalogProcessor, EntityProviderConnection } from '../../../../../../src/api';
import { silentLogger } from '../../../../../../src/base';
import type { FileChange } from '../../../../../../src/platform/core/ports';
import { aSetup } from '../../../../../support/backstageCatalog';
import { aComponent, aDescriptor, aLocation, documents } from '../../../../../support/descriptors';
import { entityOf } from '../../../../../support/entityOf';
import { at, openCatalog, root, TestCatalog } from '../../../../../support/testCatalog';
import { TestClock } from '../../../../../support/testClock';

describe('changes', () => {
  it('update created, changed and deleted files', async () => {
    const catalog = await openCatalog({});
    await catalog.write({ 'x.yaml': aComponent('a') });
    expect(catalog.refs()).toEqual(['component:default/a']);
    await catalog.write({ 'x.yaml': aComponent('b') });
    expect(catalog.refs()).toEqual(['component:default/b']);
    await catalog.remove('x.yaml');
    expect(catalog.refs()).toEqual([]);
  });

  it.each(['discovered', 'backstage'] as const)(
    'that were not reported are found (%s)',
    async mode => {
      const catalog = await openCatalog({
        'app-config.yaml': 'catalog: { locations: [{ type: file, target: ./all/*.yaml }] }\n',
        'all/same.yaml': aComponent('same'),
        'all/changed.yaml': aComponent('a'),
        'all/deleted.yaml': aComponent('b'),
        'all/plain.yaml': 'a: 1\n',
      });
      const { engine, files } = catalog;
      if (mode === 'backstage') {
        engine.setBackstage(aSetup({ configs: [at('app-config.yaml')] }));
        await engine.refresh();
      }
      files.write('/work/all/changed.yaml', aComponent('changed'));
      files.write('/work/all/plain.yaml', aComponent('was-plain'));
      files.write('/work/all/new/new.yaml', aComponent('new'));
      files.write('/work/all/new.yaml', aComponent('newer'));
      files.remove('/work/all/deleted.yaml');
      const changes = await engine.unreportedChanges();
      await engine.applyChanges(changes);
      const below = mode === 'discovered' ? ['component:default/new'] : [];
      expect(catalog.refs().filter(ref => ref.startsWith('component:'))).toEqual([
        'component:default/changed',
        ...below,
        'component:default/newer',
        'component:default/same',
        'component:default/was-plain',
      ]);
      expect(changes.map(({ uri }) => uri)).not.toContain(at('all/same.yaml'));
      expect(await engine.unreportedChanges()).toEqual([]);
    },
  );

  it('that were not reported are found in files that only Locations target', async () => {
    const catalog = await openCatalog({
      'all.yaml': aLocation('all', './x.txt'),
      'x.txt': aComponent('a'),
    });
    catalog.files.write('/work/x.txt', aComponent('other'));
    expect(await catalog.engine.unreportedChanges()).toEqual([
      { type: 'changed', uri: at('x.txt') },
    ]);
  });

  it.each([
    ['reads files that are not discovered', {}, 'odd.txt'],
    ['has no discovered files', { severities: { 'unreachable-entity': 'off' as const } }, ''],
  ])('that were not reported are found where a server %s', async (_, options, changed) => {
    const catalog = await openCatalog(
      {
        'app-config.yaml': 'catalog: { locations: [{ type: file, target: ./odd.txt }] }\n',
        'odd.txt': aComponent('a'),
      },
      { options },
    );
    const { engine, files } = catalog;
    engine.setBackstage(aSetup({ configs: [at('app-config.yaml')] }));
    await engine.refresh();
    files.write('/work/odd.txt', aComponent('b'));
    const changes = await engine.unreportedChanges();
    expect(changes).toEqual([{ type: 'changed', uri: at(changed).replace(/\/$/, '') }]);
    await engine.applyChanges(changes);
    expect(catalog.refs()).toContain('component:default/b');
  });

  it('that were not reported are not sought in a refresh, which reads all files', async () => {
    const { engine, files } = await openCatalog({ 'x.yaml': aComponent('x') });
    const list = files.readDirectory.bind(files);
    let changes: Promise<readonly FileChange[]> | undefined;
    vi.spyOn(files, 'readDirectory').mockImplementation(async uri => {
      if (!changes) {
        changes = engine.unreportedChanges();
        // The refresh finds nothing until they are found, if they don't wait for it.
        await Promise.race([changes, new Promise(setImmediate)]);
      }
      return list(uri);
    });
    await engine.refresh();
    expect(await changes).toEqual([]);
  });

  it('clear the problem of the only file', async () => {
    const catalog = await openCatalog({ 'a.yaml': 'site_name: a\n' });
    await catalog.write({ 'a.yaml': 'apiVersion: backstage.io/v1alpha1\nkind: "\n' });
    expect(catalog.codes('a.yaml')).toEqual(['yaml-syntax']);
    await catalog.write({ 'a.yaml': 'site_name: a\n' });
    expect(catalog.codes('a.yaml')).toEqual([]);
    expect(catalog.takeEvents().map(({ files }) => files)).toEqual([['a.yaml'], ['a.yaml']]);
  });

  it('update created, moved and deleted folders', async () => {
    const catalog = await openCatalog({
      'a/b/x.yaml': aComponent('x'),
      'ab.yaml': aComponent('y'),
    });
    await catalog.move('a', 'c');
    expect(catalog.engine.getEntitySource('component:default/x')?.file).toBe(at('c/b/x.yaml'));
    await catalog.remove('c');
    expect(catalog.refs()).toEqual(['component:default/y']);
  });

  it('read each changed file once and no other', async () => {
    const catalog = await openCatalog({
      'x.yaml': aComponent('x'),
      'y.yaml': aComponent('y'),
      'api.yaml': aDescriptor('api:a', { definition: { $text: './spec.txt' } }),
      'spec.txt': 'one',
    });
    await catalog.write({ 'x.yaml': aComponent('z') });
    expect(catalog.files.takeReads()).toEqual({ '/work/x.yaml': 1 });
    await catalog.engine.applyChanges([
      { type: 'created', uri: at('x.yaml') },
      { type: 'changed', uri: at('x.yaml') },
    ]);
    expect(catalog.files.takeReads()).toEqual({ '/work/x.yaml': 1 });
  });

  it('reread files with placeholders when the included file changes', async () => {
    const catalog = await openCatalog({
      'api.yaml': aDescriptor('api:a', { definition: { $text: './spec.txt' } }),
      'spec.txt': 'one',
    });
    await catalog.write({ 'spec.txt': 'two' });
    expect(catalog.entity('api:default/a')?.spec?.['definition']).toBe('two');
    expect(catalog.files.takeReads()).toEqual({ '/work/api.yaml': 1, '/work/spec.txt': 1 });
    await catalog.remove('spec.txt');
    expect(catalog.codes('api.yaml')).toContain('placeholder-missing');
  });

  it('ignore files outside discovery', async () => {
    const catalog = await openCatalog({ '.gitignore': 'ignored\n' });
    await catalog.write({ 'x.txt': 'x', 'ignored/x.yaml': aComponent('x') });
    expect([catalog.refs(), catalog.takeEvents()]).toEqual([[], []]);
    expect(Object.keys(catalog.files.takeReads())).not.toContain('/work/ignored/x.yaml');
  });

  it('apply a changed .gitignore', async () => {
    const catalog = await openCatalog({ 'a/x.yaml': aComponent('x'), 'y.yaml': aComponent('y') });
    await catalog.write({ '.gitignore': 'a\n' });
    expect(catalog.refs()).toEqual(['component:default/y']);
    await catalog.remove('.gitignore');
    expect(catalog.refs()).toEqual(['component:default/x', 'component:default/y']);
  });

  it('are ignored before the first refresh', async () => {
    const catalog = new TestCatalog();
    await catalog.write({ 'x.yaml': aComponent('x') });
    expect([catalog.refs(), catalog.engine.status]).toEqual([[], 'idle']);
  });
});

describe('events', () => {
  it('list changed entities and files', async () => {
    const catalog = await openCatalog({
      'x.yaml': aComponent('x', { owner: 'team' }),
      'y.yaml': aComponent('y', { owner: 'nobody', dependsOn: ['component:x'] }),
      'team.yaml': aDescriptor('group:team'),
    });
    await catalog.write({ 'x.yaml': aComponent('x', { owner: 'team', type: 'website' }) });
    expect(catalog.takeEvents()).toEqual([{ refs: ['component:default/x'], files: ['x.yaml'] }]);
  });

  it('list both ends of a relation', async () => {
    const catalog = await openCatalog({
      'x.yaml': aComponent('x'),
      'y.yaml': aComponent('y'),
      'team.yaml': aDescriptor('group:team'),
    });
    await catalog.write({ 'x.yaml': aComponent('x', { dependsOn: ['component:y'] }) });
    expect(catalog.takeEvents()).toEqual([
      { refs: ['component:default/x', 'component:default/y'], files: ['x.yaml'] },
    ]);
  });

  it('list files whose references start or stop dangling', async () => {
    const catalog = await openCatalog({ 'x.yaml': aComponent('x', { owner: 'team' }) });
    await catalog.write({ 'team.yaml': aDescriptor('group:team') });
    expect(catalog.takeEvents()).toEqual([
      { refs: ['group:default/team'], files: ['team.yaml', 'x.yaml'] },
    ]);
    await catalog.remove('team.yaml');
    expect(catalog.takeEvents()).toEqual([
      { refs: ['group:default/team'], files: ['team.yaml', 'x.yaml'] },
    ]);
  });

  it('list files that lose or win a ref', async () => {
    const catalog = await openCatalog({ 'b.yaml': aDescriptor('group:team') });
    await catalog.write({ 'a.yaml': aDescriptor('group:team') });
    expect(catalog.takeEvents()).toEqual([
      { refs: ['group:default/team'], files: ['a.yaml', 'b.yaml'] },
    ]);
    await catalog.remove('a.yaml');
    expect(catalog.takeEvents()).toEqual([
      { refs: ['group:default/team'], files: ['a.yaml', 'b.yaml'] },
    ]);
  });

  it('list entities whose origin changed', async () => {
    const catalog = await openCatalog({ 'a/x.yaml': aDescriptor('group:x') });
    await catalog.write({ 'y.yaml': aLocation('y', './a/x.yaml') });
    expect(catalog.takeEvents()).toEqual([
      { refs: ['group:default/x', 'location:default/y'], files: ['y.yaml'] },
    ]);
  });

  it("aren't fired when nothing changed", async () => {
    const catalog = await openCatalog({ 'x.txt': '' });
    await catalog.write({ 'x.txt': 'x', 'plain.yaml': 'a: 1\n' });
    expect(catalog.takeEvents()).toEqual([]);
  });

  it('reach other listeners when one throws', async () => {
    const errors: string[] = [];
    const catalog = new TestCatalog({
      logger: { ...silentLogger, error: message => errors.push(message) },
    });
    let eventCount = 0;
    catalog.engine.onDidChange(() => {
      throw new Error('no');
    });
    catalog.engine.onDidChange(() => eventCount++);
    catalog.files.write('/work/x.yaml', aComponent('x'));
    await catalog.engine.refresh();
    expect([eventCount, errors]).toEqual([1, ['A listener of the catalog failed']]);
  });

  it('are fired after the catalog has changed', async () => {
    const catalog = await openCatalog({});
    const seen: (readonly string[])[] = [];
    catalog.engine.onDidChange(() => seen.push(catalog.refs()));
    await catalog.write({ 'x.yaml': aComponent('x') });
    expect(seen).toEqual([['component:default/x']]);
  });
});

describe('refreshes', () => {
  it('report their status', async () => {
    const catalog = new TestCatalog();
    const events: string[] = [];
    catalog.engine.onDidChangeStatus(status => events.push(status));
    await catalog.engine.refresh();
    await catalog.engine.refresh();
    expect(events).toEqual(['indexing', 'ready', 'indexing', 'ready']);
  });

  it('report their progress', async () => {
    const catalog = await openCatalog({ 'x.yaml': aComponent('x'), 'y.yaml': 'a: 1\n' });
    const progress: unknown[] = [];
    await catalog.engine.refresh({ onProgress: step => progress.push(step) });
    expect(progress.at(-1)).toEqual({ done: 2, total: 2 });
  });

  it('keep the catalog unchanged when canceled', async () => {
    const catalog = await openCatalog({ 'x.yaml': aComponent('x'), 'y.yaml': aComponent('y') });
    const before = catalog.engine.getEntities();
    const abort = new AbortController();
    catalog.files.write('/work/x.yaml', aComponent('z'));
    catalog.files.onRead = () => abort.abort();
    await expect(catalog.engine.refresh({ signal: abort.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(catalog.engine.getEntities()).toEqual(before);
    expect([catalog.takeEvents(), catalog.engine.status]).toEqual([[], 'ready']);
    catalog.files.onRead = undefined;
    await catalog.write({ 'y.yaml': aComponent('w') });
    expect(catalog.refs()).toEqual(['component:default/w', 'component:default/x']);
  });

  it('can be canceled before they begin', async () => {
    const catalog = new TestCatalog();
    await expect(catalog.engine.refresh({ signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(catalog.engine.status).toBe('idle');
  });

  it('lose no change when applying changes is canceled', async () => {
    const files = Object.fromEntries(
      ['a', 'b', 'c'].map(name => [`${name}.yaml`, aComponent(name)]),
    );
    const catalog = await openCatalog(files);
    const abort = new AbortController();
    for (const name of ['a', 'b', 'c']) {
      catalog.files.write(`/work/${name}.yaml`, aComponent(`${name}2`));
    }
    catalog.files.onRead = () => abort.abort();
    const changes = ['a', 'b', 'c'].map(name => ({
      type: 'changed' as const,
      uri: at(`${name}.yaml`),
    }));
    await catalog.engine.applyChanges(changes, { signal: abort.signal }).catch(() => undefined);
    catalog.files.onRead = undefined;
    await catalog.engine.applyChanges(changes);
    expect(catalog.refs()).toEqual(['a2', 'b2', 'c2'].map(name => `component:default/${name}`));
  });

  it('are serialized with changes', async () => {
    const catalog = await openCatalog({ 'x.yaml': aComponent('x') });
    let running = 0;
    let most = 0;
    catalog.files.onRead = async () => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
    };
    catalog.files.write('/work/x.yaml', aComponent('y'));
    await Promise.all([
      catalog.engine.refresh(),
      catalog.engine.applyChanges([{ type: 'changed', uri: at('x.yaml') }]),
      catalog.engine.refresh(),
    ]);
    expect([most, catalog.refs()]).toEqual([1, ['component:default/y']]);
  });

  it('apply new folders and options', async () => {
    const catalog = await openCatalog({
      'x.yaml': aComponent('x'),
      '/other/y.yaml': aComponent('y'),
    });
    catalog.engine.setRoots([root('other')]);
    await catalog.engine.refresh();
    expect(catalog.refs()).toEqual(['component:default/y']);
  });

  it('drop the rules of a Backstage when the catalog is discovered again', async () => {
    const catalog = await openCatalog({ 'a.yaml': aDescriptor('airesource:a') });
    catalog.engine.setBackstage(aSetup({ aiModel: false }));
    await catalog.engine.refresh();
    catalog.engine.setBackstage(undefined);
    await catalog.engine.refresh();
    expect(catalog.codes()).not.toContain('unknown-kind');
    expect(catalog.refs()).toEqual(['airesource:default/a']);
  });

  it('yield the thread', async () => {
    const clock = new TestClock(1);
    const files = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`f${index}.yaml`, aComponent(`c${index}`)]),
    );
    await openCatalog(files, { clock });
    expect(clock.yields).toBeGreaterThan(5);
  });
});

describe('processors', () => {
  const named = (processor: Partial<CatalogProcessor>): CatalogProcessor => ({
    getProcessorName: () => 'test',
    ...processor,
  });
  const settled = (catalog: TestCatalog): Promise<void> => catalog.engine.refresh();

  it('change entities before validation, until they are removed', async () => {
    const catalog = await openCatalog({ 'x.yaml': aComponent('x', { type: 7 }) });
    expect(catalog.codes()).toEqual(['invalid-spec']);
    const added = catalog.engine.addProcessor(
      named({
        preProcessEntity: entity => ({ ...entity, spec: { ...entity.spec, type: 'service' } }),
      }),
    );
    await settled(catalog);
    expect(catalog.refs()).toEqual(['component:default/x']);
    added.dispose();
    await settled(catalog);
    expect(catalog.refs()).toEqual([]);
  });

  it('add relations and problems', async () => {
    const catalog = await openCatalog({ 'x.yaml': aDescriptor('group:x') });
    catalog.engine.addProcessor(
      named({
        postProcessEntity: (_entity, emit) => {
          emit.relation({
            sourceRef: 'group:default/x',
            type: 'likes',
            targetRef: 'Group:default/Y',
          });
          emit.problem({ code: 'odd', message: 'Odd', path: ['metadata', 'name'] });
        },
      }),
    );
    await settled(catalog);
    expect(catalog.relations('group:default/x')).toEqual(['likes group:default/y']);
    expect(catalog.problems()).toMatchObject([
      { code: 'odd', severity: 'warning', message: 'Odd', range: { start: { line: 3 } } },
    ]);
  });

  it('accept unknown kinds', async () => {
    const catalog = await openCatalog({
      'x.yaml': 'apiVersion: backstage.io/v1\nkind: Widget\nmetadata: {name: w}\n',
    });
    expect(catalog.codes()).toEqual(['unknown-kind']);
    catalog.engine.addProcessor(named({ validateEntityKind: ({ kind }) => kind === 'Widget' }));
    await settled(catalog);
    expect(catalog.refs()).toEqual(['widget:default/w']);
  });

  it.each(['preProcessEntity', 'postProcessEntity'] as const)(
    'reject only the entity whose %s throws',
    async method => {
      const catalog = await openCatalog({
        'x.yaml': aDescriptor('group:x'),
        'y.yaml': aDescriptor('group:y'),
      });
      catalog.engine.addProcessor(
        named({
          [method]: (entity: { metadata: { name: string } }) => {
            if (entity.metadata.name === 'x') throw new Error('no');
            return entity;
          },
        }),
      );
      await settled(catalog);
      expect(catalog.refs()).toEqual(['group:default/y']);
      expect(catalog.codes()).toEqual(['processor-failed']);
    },
  );

  it.each([
    ['nothing', undefined],
    ['a text', 'x'],
    ['an entity without metadata', { apiVersion: 'backstage.io/v1alpha1', kind: 'Group' }],
    ['an uncloneable value', { ...entityOf('group:x'), spec: { f: () => 1 } }],
  ])('reject an entity that a processor replaces with %s', async (_, given) => {
    const catalog = await openCatalog({ 'x.yaml': aDescriptor('group:x') });
    catalog.engine.addProcessor(named({ preProcessEntity: () => given as never }));
    catalog.engine.addProcessor(named({ preProcessEntity: entity => entity }));
    await settled(catalog);
    expect(catalog.refs()).toEqual([]);
    expect(catalog.problems()).toHaveLength(1);
  });

  it("can't emit after they return", async () => {
    const catalog = await openCatalog({ 'x.yaml': aDescriptor('group:x') });
    let emitLater: (() => void) | undefined;
    catalog.engine.addProcessor(
      named({
        postProcessEntity: (_entity, emit) => {
          emitLater = () =>
            emit.relation({
              sourceRef: 'group:default/x',
              type: 'a',
              targetRef: 'group:default/y',
            });
        },
      }),
    );
    await settled(catalog);
    emitLater?.();
    await catalog.remove('x.yaml');
    await catalog.write({ 'z.yaml': aDescriptor('group:z') });
    expect(catalog.relations('group:default/x')).toEqual([]);
  });

  it("can't change an entity after validation", async () => {
    const catalog = await openCatalog({ 'x.yaml': aDescriptor('group:x') });
    catalog.engine.addProcessor(
      named({ postProcessEntity: entity => Reflect.set(entity.metadata, 'name', 'other') }),
    );
    await settled(catalog);
    expect(catalog.entity('group:default/x')?.metadata.name).toBe('x');
  });
});

describe('providers', () => {
  async function connect(
    catalog: TestCatalog,
    name = 'test',
  ): Promise<EntityProviderConnection & { remove(): Promise<void> }> {
    let connection: EntityProviderConnection | undefined;
    const added = catalog.engine.addEntityProvider({
      getProviderName: () => name,
      connect: async given => {
        connection = given;
      },
    });
    await Promise.resolve();
    if (!connection) throw new Error('not connected');
    return {
      applyMutation: mutation => connection?.applyMutation(mutation) ?? Promise.resolve(),
      remove: async () => {
        added.dispose();
        await catalog.engine.applyChanges([]);
      },
    };
  }

  it('add, replace and remove entities', async () => {
    const catalog = await openCatalog({});
    const provider = await connect(catalog);
    await provider.applyMutation({
      type: 'full',
      entities: [{ entity: entityOf('group:a') }, { entity: entityOf('group:b') }],
    });
    await provider.applyMutation({
      type: 'delta',
      added: [{ entity: entityOf('group:c') }],
      removed: [{ entityRef: 'Group:default/A' }],
    });
    expect(catalog.refs()).toEqual(['group:default/b', 'group:default/c']);
    await provider.applyMutation({ type: 'full', entities: [{ entity: entityOf('group:d') }] });
    expect(catalog.refs()).toEqual(['group:default/d']);
    await provider.remove();
    expect(catalog.refs()).toEqual([]);
  });

  it('can add entities before the first read', async () => {
    const catalog = new TestCatalog();
    const provider = await connect(catalog);
    await provider.applyMutation({ type: 'full', entities: [{ entity: entityOf('group:a') }] });
    await catalog.engine.refresh();
    expect(catalog.refs()).toEqual(['group:default/a']);
  });

  it('lose conflicts with the workspace, and win when its entity is removed', async () => {
    const catalog = await openCatalog({ 'x.yaml': aDescriptor('group:a', { type: 'mine' }) });
    const provider = await connect(catalog);
    await provider.applyMutation({
      type: 'full',
      entities: [{ entity: entityOf('group:a', { type: 'theirs' }) }],
    });
    expect(catalog.entity('group:default/a')?.spec?.['type']).toBe('mine');
    expect(catalog.messages()).toEqual([
      'Entity group:default/a is defined more than once; the one in x.yaml:4 takes precedence',
    ]);
    await catalog.remove('x.yaml');
    expect(catalog.entity('group:default/a')?.spec?.['type']).toBe('theirs');
    expect(catalog.problems()).toEqual([]);
  });

  it('are validated like files', async () => {
    const catalog = await openCatalog({});
    const provider = await connect(catalog);
    await provider.applyMutation({
      type: 'full',
      entities: [
        { entity: entityOf('group:a', { type: 7 }) },
        { entity: {} as never },
        { entity: null as never },
        { entity: { ...entityOf('group:c'), spec: { f: () => 1 } } as never },
        { entity: entityOf('group:b') },
      ],
    });
    expect(catalog.refs()).toEqual(['group:default/b']);
    expect(catalog.problems().length).toBeGreaterThanOrEqual(3);
  });

  it("aren't affected by later changes to their objects", async () => {
    const catalog = await openCatalog({});
    const provider = await connect(catalog);
    const entity = entityOf('group:a', { type: 'team' });
    await provider.applyMutation({ type: 'full', entities: [{ entity }] });
    Reflect.set(entity.spec ?? {}, 'type', 'other');
    catalog.takeEvents();
    await catalog.write({ 'x.yaml': aDescriptor('group:x') });
    expect(catalog.takeEvents()).toEqual([{ refs: ['group:default/x'], files: ['x.yaml'] }]);
    await catalog.engine.refresh();
    expect(catalog.entity('group:default/a')?.spec?.['type']).toBe('team');
  });

  it('resolve references to and from the workspace', async () => {
    const catalog = await openCatalog({ 'x.yaml': aComponent('x', { owner: 'team' }) });
    const provider = await connect(catalog);
    expect(catalog.codes()).toEqual(['dangling-reference']);
    await provider.applyMutation({ type: 'full', entities: [{ entity: entityOf('group:team') }] });
    expect(catalog.codes()).toEqual([]);
    expect(catalog.relations('group:default/team')).toEqual(['ownerOf component:default/x']);
  });

  it('can fail to connect', async () => {
    const errors: string[] = [];
    const catalog = await openCatalog(
      { 'x.yaml': aDescriptor('group:x') },
      { logger: { ...silentLogger, error: message => errors.push(message) } },
    );
    catalog.engine.addEntityProvider({
      getProviderName: () => 'broken',
      connect: () => Promise.reject(new Error('no')),
    });
    await catalog.engine.refresh();
    expect(catalog.refs()).toEqual(['group:default/x']);
    expect(errors).toEqual(['Entity provider "broken" failed to connect']);
  });

  it('get problems that name them', async () => {
    const catalog = await openCatalog({});
    const { applyMutation } = await connect(catalog, 'devices');
    const group = entityOf('group:a');
    const dangling = { ...group, spec: { ...group.spec, parent: 'group:b' } };
    const invalid = { ...entityOf('group:c'), spec: { type: 'team' } };
    await applyMutation({ type: 'full', entities: [{ entity: dangling }, { entity: invalid }] });
    const found = catalog.engine.getProblems();
    expect(found.map(({ code, entityRef, provider }) => [code, entityRef, provider])).toEqual([
      ['invalid-spec', 'group:default/c', 'devices'],
      ['dangling-reference', 'group:default/a', 'devices'],
    ]);
  });

  it('get no problems about annotations and fields that nobody wrote', async () => {
    const catalog = await openCatalog({});
    const { applyMutation } = await connect(catalog);
    const entity = entityOf('group:a');
    const annotations = { 'backstage.io/nothing': 'x', 'backstage.io/techdocs-ref': 'dir:.' };
    const metadata = { ...entity.metadata, uid: 'x', annotations };
    await applyMutation({ type: 'full', entities: [{ entity: { ...entity, metadata } }] });
    expect(catalog.refs()).toEqual(['group:default/a']);
    expect(catalog.problems()).toEqual([]);
  });

  it('need different names', async () => {
    const catalog = await openCatalog({});
    await connect(catalog);
    await expect(connect(catalog)).rejects.toThrow(
      'An entity provider named "test" is already there',
    );
  });

  it('can be added again under the same name', async () => {
    const catalog = await openCatalog({});
    const first = await connect(catalog);
    await first.applyMutation({ type: 'full', entities: [{ entity: entityOf('group:a') }] });
    void first.remove();
    const second = await connect(catalog);
    await second.applyMutation({ type: 'full', entities: [{ entity: entityOf('group:b') }] });
    expect(catalog.refs()).toEqual(['group:default/b']);
  });
});

describe('entities', () => {
  it('are the same object until they change', async () => {
    const catalog = await openCatalog({
      'x.yaml': aDescriptor('group:x'),
      'y.yaml': aDescriptor('group:y'),
    });
    const before = catalog.entity('group:default/x');
    await catalog.write({ 'y.yaml': aDescriptor('group:y', { type: 'other' }) });
    expect(catalog.entity('group:default/x')).toBe(before);
  });

  it('are found by refs in any case', async () => {
    const catalog = await openCatalog({ 'x.yaml': aDescriptor('group:Team') });
    expect(catalog.entity('Group:Default/TEAM')?.metadata.name).toBe('Team');
  });

  it('of a file are in document order, without duplicates', async () => {
    const catalog = await openCatalog({
      'x.yaml': documents(aDescriptor('group:b'), aDescriptor('group:a'), aDescriptor('group:b')),
    });
    expect(catalog.engine.getEntityRefsInFile(at('x.yaml'))).toEqual([
      'group:default/a',
      'group:default/b',
    ]);
  });

  it('list the files that they include, and vice versa', async () => {
    const api = (name: string, file: string): string =>
      aDescriptor(`api:${name}`, { definition: { $text: file } });
    const catalog = await openCatalog({
      'x.yaml': api('x', './apis/shared.proto'),
      'y.yaml': documents(api('y', './apis/shared.proto'), api('z', './missing.proto')),
      'apis/shared.proto': 'syntax = "proto3";',
    });
    const readersOf = (file: string): readonly string[] => catalog.engine.getFilesReading(at(file));
    expect(readersOf('apis/shared.proto')).toEqual([at('x.yaml'), at('y.yaml')]);
    expect(readersOf('missing.proto')).toEqual([at('y.yaml')]);
    expect(readersOf('x.yaml')).toEqual([]);
    await catalog.write({ 'x.yaml': api('x', './apis/own.proto') });
    expect(readersOf('apis/shared.proto')).toEqual([at('y.yaml')]);
  });

  it('match their included files during an update', async () => {
    const api = (name: string, file: string): string =>
      aDescriptor(`api:${name}`, { definition: { $text: file } });
    const catalog = await openCatalog({
      'x.yaml': api('x', './old.proto'),
      'old.proto': 'old',
      'new.proto': 'new',
    });
    const { engine } = catalog;
    const seen = new Set<string>();
    const check = (): void => {
      const readers = ['old', 'new'].filter(name =>
        engine.getFilesReading(at(`${name}.proto`)).includes(at('x.yaml')),
      );
      const definition = engine.getEntityByRef('api:default/x')?.spec?.['definition'];
      seen.add(`${readers.join()} ${JSON.stringify(definition)}`);
    };
    const updating = catalog.write({ 'x.yaml': api('x', './new.proto') });
    let isOver = false;
    void updating.finally(() => (isOver = true));
    while (!isOver) {
      check();
      await Promise.resolve();
    }
    check();
    expect([...seen]).toEqual(['old "old"', 'new "new"']);
  });

  it('that fail are listed by the readable part of their descriptors', async () => {
    const catalog = await openCatalog({
      'x.yaml': documents(
        aComponent('bad', { type: 7 }),
        'apiVersion: backstage.io/v1alpha1\nkind: Group\nspec: [\n',
      ),
    });
    expect(
      catalog.engine
        .getFailedEntities()
        .map(({ kind, name, source }) => [kind, name, source.document]),
    ).toEqual([
      ['Component', 'bad', 0],
      ['Group', undefined, 1],
    ]);
  });

  it('are counted with their documents and files', async () => {
    const catalog = await openCatalog({
      'x.yaml': documents(aDescriptor('group:a'), '# empty\n', aDescriptor('group:a')),
      'plain.yaml': 'a: 1\n',
    });
    expect(catalog.engine.statistics).toEqual({ files: 1, documents: 3, entities: 1 });
  });
});
