import { describe, expect, it } from 'vitest';
import { type CatalogDiff, diffCatalogs } from '../../../../../../src/features/catalog/core/diff';
import { type Problem, RelationPairs } from '../../../../../../src/model';
import { aComponent, aDescriptor, documents } from '../../../../../support/descriptors';
import { at, openCatalog } from '../../../../../support/testCatalog';

type Files = Readonly<Record<string, string>>;

const team = { 'org.yaml': aDescriptor('group:team') };

async function diff(before: Files, after: Files): Promise<CatalogDiff> {
  const [old, now] = await Promise.all([
    openCatalog({ ...team, ...before }),
    openCatalog({ ...team, ...after }),
  ]);
  const { signal } = new AbortController();
  return diffCatalogs(old.engine, now.engine, { pairs: new RelationPairs(), signal });
}

function refs(entities: readonly { ref: string }[]): readonly string[] {
  return entities.map(({ ref }) => ref);
}

function describeRelations(
  relations: readonly {
    source: string;
    type: string;
    target: string;
    missing: readonly string[];
  }[],
): readonly string[] {
  return relations.map(
    ({ source, type, target, missing }) =>
      `${source} ${type} ${target}${missing.length ? ` (${missing.join()} is missing)` : ''}`,
  );
}

function codes(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ code, entityRef, file }) => `${code} ${entityRef ?? file}`);
}

describe('Entities in `CatalogDiff`', () => {
  it('are added, removed and changed', async () => {
    const { entities } = await diff(
      { 'a.yaml': aComponent('a'), 'b.yaml': aComponent('b', { type: 'website' }) },
      { 'a.yaml': aComponent('a', { lifecycle: 'deprecated' }), 'c.yaml': aComponent('c') },
    );
    expect(refs(entities.added)).toEqual(['component:default/c']);
    expect(refs(entities.removed)).toEqual(['component:default/b']);
    expect(entities.changed).toMatchObject([
      {
        after: { ref: 'component:default/a' },
        fields: [{ path: ['spec', 'lifecycle'], before: 'production', after: 'deprecated' }],
        isRenamed: false,
        isMoved: false,
      },
    ]);
  });

  it('are equal despite other key order, comments and lines', async () => {
    const { entities, problems } = await diff(
      { 'a.yaml': aDescriptor('component:a', {}, { labels: { one: '1', two: '2' } }) },
      {
        'a.yaml': `# A comment\n\n---\n${aDescriptor('component:a', {}, { labels: { two: '2', one: '1' } })}`,
      },
    );
    expect(entities).toEqual({ added: [], removed: [], changed: [] });
    expect(problems).toEqual({ added: [], fixed: [] });
  });

  it('list added, removed and changed fields', async () => {
    const { entities } = await diff(
      {
        'a.yaml': aDescriptor(
          'component:a',
          { dependsOn: ['component:x', 'component:y'] },
          { title: 'A', annotations: { 'example.com/a': '1', 'example.com/b': '2' } },
        ),
      },
      {
        'a.yaml': aDescriptor(
          'component:a',
          { dependsOn: ['component:y', 'component:z'] },
          { description: 'New', annotations: { 'example.com/a': '1', 'example.com/b': '3' } },
        ),
      },
    );
    expect(entities.changed[0]?.fields).toEqual([
      { path: ['metadata', 'title'], before: 'A', after: undefined },
      { path: ['metadata', 'annotations', 'example.com/b'], before: '2', after: '3' },
      { path: ['metadata', 'description'], before: undefined, after: 'New' },
      {
        path: ['spec', 'dependsOn'],
        before: ['component:x', 'component:y'],
        after: ['component:y', 'component:z'],
      },
    ]);
  });

  it('can move to another file without a change', async () => {
    const { entities } = await diff(
      { 'a.yaml': aComponent('a') },
      { 'sub/b.yaml': aComponent('a') },
    );
    expect(entities.changed).toMatchObject([
      {
        before: { source: { file: at('a.yaml') } },
        after: { source: { file: at('sub/b.yaml') } },
        fields: [],
        isMoved: true,
      },
    ]);
  });

  it('are matched after a rename by file or content', async () => {
    const { entities } = await diff(
      {
        'a.yaml': aDescriptor('component:a', { type: 'one' }, { title: 'A' }),
        'b.yaml': aDescriptor('component:b', { type: 'two' }, { title: 'B' }),
      },
      {
        'a.yaml': aDescriptor('component:a2', { type: 'one' }, { title: 'A 2' }),
        'elsewhere.yaml': aDescriptor('component:other/b2', { type: 'two' }, { title: 'B' }),
      },
    );
    expect(entities).toMatchObject({ added: [], removed: [] });
    expect(
      entities.changed.map(({ before, after, fields, isMoved }) => [
        before.ref,
        after.ref,
        isMoved,
        fields.map(({ path }) => path.join('.')),
      ]),
    ).toEqual([
      ['component:default/a', 'component:default/a2', false, ['metadata.title']],
      ['component:default/b', 'component:other/b2', true, []],
    ]);
  });

  it("aren't matched when several are alike", async () => {
    const { entities } = await diff(
      { 'a.yaml': documents(aComponent('a'), aComponent('b')) },
      { 'a.yaml': aComponent('c') },
    );
    expect(refs(entities.added)).toEqual(['component:default/c']);
    expect(refs(entities.removed)).toEqual(['component:default/a', 'component:default/b']);
  });

  it('that fail are removed with the position of their descriptor', async () => {
    const { entities, problems } = await diff(
      { 'a.yaml': aComponent('a') },
      { 'a.yaml': aComponent('a', { lifecycle: undefined }) },
    );
    expect(entities.removed).toMatchObject([
      { ref: 'component:default/a', failedIn: { file: at('a.yaml') } },
    ]);
    expect(codes(problems.added)).toEqual(['invalid-spec component:default/a']);
  });
});

describe('Relations in `CatalogDiff`', () => {
  it('are listed once per pair', async () => {
    const { relations } = await diff(
      { 'a.yaml': aComponent('a') },
      { 'a.yaml': aComponent('a', { system: 'shop' }), 's.yaml': aDescriptor('system:shop') },
    );
    expect(describeRelations(relations.added)).toEqual([
      'component:default/a partOf system:default/shop',
      'system:default/shop ownedBy group:default/team',
    ]);
    expect(relations.added[0]).toMatchObject({ inverse: 'hasPart' });
    expect(relations).toMatchObject({ removed: [], broken: [], fixed: [] });
  });

  it('are broken when their target is removed, and fixed when it returns', async () => {
    const a = { 'a.yaml': aComponent('a', { dependsOn: ['component:b'] }) };
    const both = { ...a, 'b.yaml': aComponent('b') };
    const without = await diff(both, a);
    const broken = [
      'component:default/a dependsOn component:default/b (component:default/b is missing)',
    ];
    expect(describeRelations(without.relations.broken)).toEqual(broken);
    expect(codes(without.problems.added)).toEqual(['dangling-reference component:default/a']);
    const back = await diff(a, both);
    expect(describeRelations(back.relations.fixed)).toEqual([
      'component:default/a dependsOn component:default/b',
    ]);
    expect(codes(back.problems.fixed)).toEqual(['dangling-reference component:default/a']);
  });

  it('name the missing target of a new relation', async () => {
    const { relations } = await diff(
      { 'a.yaml': aComponent('a') },
      { 'a.yaml': aComponent('a', { system: 'gone' }) },
    );
    expect(describeRelations(relations.added)).toEqual([
      'component:default/a partOf system:default/gone (system:default/gone is missing)',
    ]);
  });

  it('follow a renamed entity and are broken where left behind', async () => {
    const { relations } = await diff(
      {
        'a.yaml': aComponent('a', { type: 'x' }),
        'b.yaml': aComponent('b', { dependsOn: ['component:a'] }),
        'c.yaml': aComponent('c', { dependsOn: ['component:a'], type: 'y' }),
      },
      {
        'a.yaml': aComponent('a2', { type: 'x' }),
        'b.yaml': aComponent('b', { dependsOn: ['component:a2'] }),
        'c.yaml': aComponent('c', { dependsOn: ['component:a'], type: 'y' }),
      },
    );
    expect(describeRelations(relations.broken)).toEqual([
      'component:default/c dependsOn component:default/a (component:default/a is missing)',
    ]);
    expect(relations).toMatchObject({ added: [], removed: [], fixed: [] });
  });
});

describe('Problems in `CatalogDiff`', () => {
  it('stay equal when lines, lists and suggestions shift', async () => {
    const { problems } = await diff(
      {
        'a.yaml': aComponent('a', { dependsOn: ['component:nothere'] }),
        'b.yaml': 'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: x\n',
        'c1.yaml': aComponent('c'),
        'c2.yaml': aComponent('c'),
      },
      {
        'a.yaml': `\n\n${aComponent('a', { dependsOn: ['component:nothere2', 'component:nothere'] })}`,
        'b.yaml': '\n\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: x\n',
        'c1.yaml': `\n\n${aComponent('c')}`,
        'c2.yaml': aComponent('c'),
        'nothere2.yaml': aComponent('nothere2'),
      },
    );
    expect(problems).toEqual({ added: [], fixed: [] });
  });

  it('of the same code are counted', async () => {
    const { problems } = await diff(
      { 'a.yaml': documents(aComponent('a', { owner: 'x' }), aComponent('b', { owner: 'x' })) },
      {
        'a.yaml': documents(
          aComponent('a', { owner: 'x' }),
          aComponent('c', { owner: 'x', type: 'other' }),
        ),
      },
    );
    expect(codes(problems.added)).toEqual(['dangling-reference component:default/c']);
    expect(codes(problems.fixed)).toEqual(['dangling-reference component:default/b']);
  });

  it('follow a renamed entity', async () => {
    const { problems } = await diff(
      { 'a.yaml': aComponent('a', { owner: 'x' }) },
      { 'a.yaml': aComponent('b', { owner: 'x' }) },
    );
    expect(problems).toEqual({ added: [], fixed: [] });
  });
});
