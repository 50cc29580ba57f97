import { describe, expect, it } from 'vitest';
import { aComponent, aDescriptor } from '../../../../../support/descriptors';
import { SourceInMemory } from '../../../../../support/sourceInMemory';
import { at, openCatalog, type TestCatalog } from '../../../../../support/testCatalog';

type Texts = Readonly<Record<string, string>>;

async function open(
  workspace: Texts,
  remote: Texts,
  options: ConstructorParameters<typeof SourceInMemory>[1] = {},
): Promise<{ catalog: TestCatalog; source: SourceInMemory }> {
  const catalog = await openCatalog(workspace);
  const source = new SourceInMemory(catalog.files, options);
  source.put(remote);
  catalog.engine.addSource(source);
  await catalog.engine.sourcesRead();
  return { catalog, source };
}

describe('Entities of a source', () => {
  it('join the catalog and resolve references from the workspace', async () => {
    const { catalog } = await open(
      { 'a.yaml': aComponent('a', { owner: 'team' }) },
      { 'teams.yaml': aDescriptor('group:team') },
    );
    expect(catalog.relations('group:default/team')).toEqual(['ownerOf component:default/a']);
    expect(catalog.codes()).toEqual([]);
  });

  it('have the locations from their Backstage', async () => {
    const { catalog } = await open({}, { 'teams.yaml': aDescriptor('group:team') });
    const location = 'url:https://example.com/teams.yaml';
    expect(catalog.places('group:default/team')).toEqual({ location, origin: location });
  });

  it('can arrive before the first refresh', async () => {
    const { catalog, source } = await open({}, {});
    source.put({ 'b.yaml': aComponent('b') });
    await catalog.engine.sourcesRead();
    expect(catalog.refs()).toEqual(['component:default/b']);
  });

  it('change only with their copy', async () => {
    const { catalog, source } = await open(
      { 'a.yaml': aComponent('a') },
      { 'b.yaml': aComponent('b'), 'c.yaml': aComponent('c') },
    );
    catalog.takeEvents();
    source.put({
      'b.yaml': aComponent('b', { lifecycle: 'deprecated' }),
      'd.yaml': aComponent('d'),
    });
    await catalog.engine.sourcesRead();
    expect(catalog.refs()).toEqual(['a', 'b', 'd'].map(name => `component:default/${name}`));
    expect(catalog.takeEvents().map(({ refs }) => refs)).toEqual([
      ['component:default/b', 'component:default/c', 'component:default/d', 'group:default/team'],
    ]);
  });

  it('are removed with the source', async () => {
    const catalog = await openCatalog({ 'a.yaml': aComponent('a') });
    const source = new SourceInMemory(catalog.files);
    source.put({ 'b.yaml': aComponent('b') });
    const added = catalog.engine.addSource(source);
    await catalog.engine.sourcesRead();
    expect(catalog.refs()).toEqual(['component:default/a', 'component:default/b']);
    added.dispose();
    await catalog.engine.sourcesRead();
    expect(catalog.refs()).toEqual(['component:default/a']);
  });

  it("aren't reread for a change or refresh of the workspace", async () => {
    const { catalog, source } = await open({}, { 'b.yaml': aComponent('b') });
    await catalog.write({ 'a.yaml': aComponent('a') });
    await catalog.engine.refresh();
    expect(catalog.refs()).toEqual(['component:default/a', 'component:default/b']);
    expect(source.reads).toBe(1);
  });

  it('are reread with new settings', async () => {
    const { catalog } = await open({}, { 'b.yaml': aDescriptor('gadget:b') });
    expect(catalog.refs()).toEqual([]);
    catalog.engine.setOptions({
      ...catalog.engine.options,
      customKinds: [{ kind: 'gadget', apiVersions: ['backstage.io/v1alpha1'], relations: [] }],
    });
    await catalog.engine.refresh();
    expect(catalog.refs()).toEqual(['gadget:default/b']);
  });
});

describe('Conflict', () => {
  it('with the workspace is won by the workspace without a problem', async () => {
    const { catalog, source } = await open(
      { 'a.yaml': aComponent('a', { lifecycle: 'experimental', owner: 'none' }) },
      { 'a.yaml': aComponent('a', { owner: 'none' }) },
    );
    expect(catalog.entity('component:default/a')?.spec?.['lifecycle']).toBe('experimental');
    expect(catalog.problems().map(({ code, file }) => [code, file])).toEqual([
      ['dangling-reference', at('a.yaml')],
    ]);
    await catalog.remove('a.yaml');
    expect(catalog.engine.getEntitySource('component:default/a')?.file).toBe(source.at('a.yaml'));
  });

  it('between two sources is won by the first and reported at the other', async () => {
    const { catalog } = await open({}, { 'a.yaml': aDescriptor('group:a', { type: 'one' }) });
    const second = new SourceInMemory(catalog.files, { id: 'second' });
    second.put({ 'b.yaml': aDescriptor('group:a', { type: 'two' }) });
    catalog.engine.addSource(second);
    await catalog.engine.sourcesRead();
    expect(catalog.entity('group:default/a')?.spec?.['type']).toBe('one');
    expect(catalog.problems().map(({ code, file, message }) => [code, file, message])).toEqual([
      [
        'duplicate-entity',
        second.at('b.yaml'),
        'Entity group:default/a is defined more than once; the one in Source remote: a.yaml:4 takes precedence',
      ],
    ]);
  });

  it('has the same result in either order', async () => {
    const first = await open({ 'a.yaml': aComponent('a') }, { 'a.yaml': aComponent('a') });
    await first.catalog.remove('a.yaml');
    await first.catalog.write({ 'a.yaml': aComponent('a') });
    expect(first.catalog.engine.getEntitySource('component:default/a')?.file).toBe(at('a.yaml'));
  });
});

describe('Versions of an entity', () => {
  it('list all origins, the winner first, each with its relations', async () => {
    const { catalog, source } = await open(
      {
        'a.yaml': aComponent('a', { owner: 'new', system: 'shop' }),
        'b.yaml': aComponent('b', { subcomponentOf: 'a' }),
      },
      { 'a.yaml': aComponent('a', { owner: 'old' }) },
    );
    const versions = catalog.engine.getEntityVersions('component:default/a');
    expect(
      versions.map(({ entity, source: place }) => [
        place?.file,
        entity.relations?.map(({ type, targetRef }) => `${type} ${targetRef}`),
      ]),
    ).toEqual([
      [
        at('a.yaml'),
        ['hasPart component:default/b', 'ownedBy group:default/new', 'partOf system:default/shop'],
      ],
      [source.at('a.yaml'), ['hasPart component:default/b', 'ownedBy group:default/old']],
    ]);
  });

  it('have the sources in the same order', async () => {
    const { catalog } = await open({ 'a.yaml': aComponent('a') }, { 'a.yaml': aComponent('a') });
    const { engine } = catalog;
    expect(engine.getEntitySources('Component:default/A')).toEqual(
      engine.getEntityVersions('component:default/a').map(({ source }) => source),
    );
  });

  it('are empty for an unknown entity', async () => {
    const { catalog } = await open({}, {});
    expect(catalog.engine.getEntityVersions('component:default/a')).toEqual([]);
  });
});

describe('Source', () => {
  it("can't add kinds that it isn't allowed to", async () => {
    const { catalog, source } = await open(
      { 'a.yaml': aComponent('a', { owner: 'admins' }) },
      { 'all.yaml': `${aComponent('b')}---\n${aDescriptor('group:admins')}` },
      { allow: ['Component'] },
    );
    expect(catalog.refs()).toEqual(['component:default/a', 'component:default/b']);
    expect(
      catalog.engine
        .getProblems({ file: source.at('all.yaml') })
        .map(({ code, message }) => [code, message]),
    ).toContainEqual([
      'kind-not-allowed',
      'Entity group:default/admins is left out: the source Source remote may not provide entities of kind Group. To allow them, add the kind to its "allow" or to --source-allow',
    ]);
  });

  it('that another program validates reports no problems', async () => {
    const { catalog } = await open({}, { 'a.yaml': aComponent('a') }, { reportsProblems: false });
    expect(catalog.relations('component:default/a')).toEqual(['ownedBy group:default/team']);
    expect(catalog.codes()).toEqual([]);
  });
});
