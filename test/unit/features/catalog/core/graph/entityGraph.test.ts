import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EntityGraph } from '../../../../../../src/features/catalog/core/graph/entityGraph';
import { emptyGraphChange } from '../../../../../../src/features/catalog/core/graph/graphChange';
import type { EntityRecord } from '../../../../../../src/features/catalog/core/records';
import { aComponent, aDescriptor, documents } from '../../../../../support/descriptors';
import { entityOf } from '../../../../../support/entityOf';
import { longRun } from '../../../../../support/longRun';
import { at, openCatalog } from '../../../../../support/testCatalog';

const typed = (type: string, ref = 'group:x'): string => aDescriptor(ref, { type });

describe('conflicts', () => {
  it('are won by the first path in code units, for refs in any case', async () => {
    const catalog = await openCatalog({
      'b.yaml': typed('b'),
      'a/z.yaml': typed('a', 'group:X'),
      'Z.yaml': typed('Z', 'group:default/x'),
    });
    expect(catalog.entity('group:default/x')?.spec?.['type']).toBe('Z');
  });

  it('within a file are won by the last document', async () => {
    const catalog = await openCatalog({ 'x.yaml': documents(typed('one'), typed('two')) });
    expect(catalog.entity('group:default/x')?.spec?.['type']).toBe('two');
    expect(catalog.problems()).toMatchObject([
      {
        code: 'duplicate-entity',
        document: 0,
        message:
          'Entity group:default/x is defined more than once; the one in x.yaml:12 takes precedence',
        related: [{ file: at('x.yaml'), range: { start: { line: 11 } } }],
      },
    ]);
  });

  it('are resolved again when files are created and deleted', async () => {
    const type = (): unknown => catalog.entity('group:default/x')?.spec?.['type'];
    const catalog = await openCatalog({ 'b.yaml': typed('b') });
    await catalog.write({ 'a.yaml': typed('a') });
    expect([type(), catalog.codes('a.yaml'), catalog.codes('b.yaml')]).toEqual([
      'a',
      [],
      ['duplicate-entity'],
    ]);
    await catalog.remove('a.yaml');
    expect([type(), catalog.codes('b.yaml')]).toEqual(['b', []]);
    await catalog.write({ 'c.yaml': typed('c') });
    expect([type(), catalog.codes('c.yaml')]).toEqual(['b', ['duplicate-entity']]);
  });

  it('are won by the first workspace folder and name it', async () => {
    const catalog = await openCatalog(
      { '/one/z.yaml': typed('one'), '/two/a.yaml': typed('two') },
      { roots: ['one', 'two'] },
    );
    expect(catalog.entity('group:default/x')?.spec?.['type']).toBe('one');
    expect(catalog.messages()).toEqual([
      'Entity group:default/x is defined more than once; the one in one/z.yaml:4 takes precedence',
    ]);
  });

  it("are resolved again when only a file's position changes", () => {
    const graph = new EntityGraph();
    const change = emptyGraphChange();
    const ref = 'group:default/x';
    const [a, b] = ['a', 'b'].map((type): EntityRecord => {
      const entity = entityOf('group:x', { type });
      return { ref, entity, source: undefined, references: [], emitted: [] };
    }) as [EntityRecord, EntityRecord];
    graph.update('a', { group: 0, path: 'a' }, [a], change);
    graph.update('b', { group: 1, path: 'b' }, [b], change);
    expect(graph.winner(ref)).toBe(a);
    graph.update('a', { group: 2, path: 'a' }, [a], change);
    expect(graph.winner(ref)).toBe(b);
  });

  it('drop the relations of the losing entity', async () => {
    const catalog = await openCatalog({
      'a.yaml': aComponent('x', { owner: 'one' }),
      'b.yaml': aComponent('x', { owner: 'two' }),
    });
    expect(catalog.relations('component:default/x')).toEqual(['ownedBy group:default/one']);
    expect(catalog.relations('group:default/two')).toEqual([]);
    expect(catalog.codes('b.yaml')).toEqual(['duplicate-entity']);
  });
});

describe('relations', () => {
  const of = async (text: string): Promise<readonly string[]> => {
    const catalog = await openCatalog({ 'x.yaml': text });
    const [ref = ''] = catalog.refs();
    const forth = catalog.relations(ref);
    const back = forth.flatMap(relation => {
      const target = relation.slice(relation.indexOf(' ') + 1);
      return catalog.relations(target).map(inverse => `${target} ${inverse}`);
    });
    return [...forth, ...back];
  };
  const pair = (ref: string, type: string, target: string, inverse: string): string[] => [
    `${type} ${target}`,
    `${target} ${inverse} ${ref}`,
  ];

  it.each([
    ['component:c', { owner: 'T' }, 'ownedBy', 'group:default/t', 'ownerOf'],
    ['api:c', { owner: 'user:u' }, 'ownedBy', 'user:default/u', 'ownerOf'],
    ['resource:n/c', { owner: 't' }, 'ownedBy', 'group:n/t', 'ownerOf'],
    ['system:c', { owner: 'n/t' }, 'ownedBy', 'group:n/t', 'ownerOf'],
    ['domain:c', { owner: 'group:n/t' }, 'ownedBy', 'group:n/t', 'ownerOf'],
    ['template:c', { owner: 't' }, 'ownedBy', 'group:default/t', 'ownerOf'],
    ['component:c', { system: 's' }, 'partOf', 'system:default/s', 'hasPart'],
    ['api:c', { system: 's' }, 'partOf', 'system:default/s', 'hasPart'],
    ['resource:c', { system: 's' }, 'partOf', 'system:default/s', 'hasPart'],
    ['component:c', { subcomponentOf: 'o' }, 'partOf', 'component:default/o', 'hasPart'],
    ['system:c', { domain: 'd' }, 'partOf', 'domain:default/d', 'hasPart'],
    ['domain:c', { subdomainOf: 'd' }, 'partOf', 'domain:default/d', 'hasPart'],
    ['component:c', { providesApis: ['a'] }, 'providesApi', 'api:default/a', 'apiProvidedBy'],
    ['component:c', { consumesApis: ['a'] }, 'consumesApi', 'api:default/a', 'apiConsumedBy'],
    [
      'component:c',
      { dependsOn: ['resource:r'] },
      'dependsOn',
      'resource:default/r',
      'dependencyOf',
    ],
    [
      'resource:c',
      { dependsOn: ['component:r'] },
      'dependsOn',
      'component:default/r',
      'dependencyOf',
    ],
    [
      'component:c',
      { dependencyOf: ['component:r'] },
      'dependencyOf',
      'component:default/r',
      'dependsOn',
    ],
    [
      'resource:c',
      { dependencyOf: ['component:r'] },
      'dependencyOf',
      'component:default/r',
      'dependsOn',
    ],
    ['user:c', { memberOf: ['g'] }, 'memberOf', 'group:default/g', 'hasMember'],
    ['group:c', { parent: 'g' }, 'childOf', 'group:default/g', 'parentOf'],
    ['group:c', { children: ['g'] }, 'parentOf', 'group:default/g', 'childOf'],
    ['group:c', { members: ['u'] }, 'hasMember', 'user:default/u', 'memberOf'],
    ['airesource:c', { owner: 't' }, 'ownedBy', 'group:default/t', 'ownerOf'],
  ])('%s %j', async (ref, spec, type, target, inverse) => {
    const [kind, rest = ''] = ref.split(':');
    const full = `${kind}:${rest.includes('/') ? rest : `default/${rest}`}`;
    expect(await of(aDescriptor(ref, spec))).toEqual(
      expect.arrayContaining(pair(full, type, target, inverse)),
    );
  });

  it('are unique even if written several times', async () => {
    const catalog = await openCatalog({
      'x.yaml': aDescriptor('user:u', { memberOf: ['g', 'group:g', 'Group:default/G'] }),
    });
    expect(catalog.relations('user:default/u')).toEqual(['memberOf group:default/g']);
    expect(catalog.relations('group:default/g')).toEqual(['hasMember user:default/u']);
  });

  it('stay while one of two declarations does', async () => {
    const catalog = await openCatalog({
      'g.yaml': aDescriptor('group:g', { members: ['u'] }),
      'u.yaml': aDescriptor('user:u', { memberOf: ['g'] }),
    });
    await catalog.write({ 'g.yaml': aDescriptor('group:g') });
    expect(catalog.relations('group:default/g')).toEqual(['hasMember user:default/u']);
    await catalog.write({ 'u.yaml': aDescriptor('user:u') });
    expect(catalog.relations('group:default/g')).toEqual([]);
  });

  it('are sorted by type and target', async () => {
    const catalog = await openCatalog({
      'x.yaml': aComponent('c', { owner: 'z', dependsOn: ['component:b', 'component:a'] }),
    });
    expect(catalog.relations('component:default/c')).toEqual([
      'dependsOn component:default/a',
      'dependsOn component:default/b',
      'ownedBy group:default/z',
    ]);
  });

  it('change with their target and type', async () => {
    const catalog = await openCatalog({ 'g.yaml': aDescriptor('group:g', { parent: 'a' }) });
    const relations = (): unknown =>
      ['g', 'a', 'b'].map(name => catalog.relations(`group:default/${name}`));
    expect(relations()).toEqual([['childOf group:default/a'], ['parentOf group:default/g'], []]);
    await catalog.write({ 'g.yaml': aDescriptor('group:g', { parent: 'b' }) });
    expect(relations()).toEqual([['childOf group:default/b'], [], ['parentOf group:default/g']]);
    await catalog.write({ 'g.yaml': aDescriptor('group:g', { children: ['b'] }) });
    expect(relations()).toEqual([['parentOf group:default/b'], [], ['childOf group:default/g']]);
  });

  it('can refer to the entity itself', async () => {
    const catalog = await openCatalog({
      'x.yaml': aComponent('c', { dependsOn: ['component:c'] }),
    });
    expect(catalog.relations('component:default/c')).toEqual([
      'dependencyOf component:default/c',
      'dependsOn component:default/c',
      'ownedBy group:default/team',
    ]);
  });
});

describe('Dangling references', () => {
  it('suggest the nearest refs', async () => {
    const catalog = await openCatalog({
      'org.yaml': documents(
        aDescriptor('group:platform'),
        aDescriptor('group:other/platfrm'),
        aDescriptor('user:platfrom'),
      ),
      'x.yaml': aDescriptor('system:s', { owner: 'platfrm' }),
    });
    expect(catalog.problems()).toMatchObject([{ suggestions: ['other/platfrm', 'platform'] }]);
    expect(catalog.messages()).toEqual([
      'spec.owner refers to group:default/platfrm, which is not in the catalog. Did you mean "other/platfrm" or "platform"?',
    ]);
  });

  it.each(['crwe', 'rcew', 'Cerw'])(
    'suggest the ref for %s with two swapped letters',
    async owner => {
      const catalog = await openCatalog({
        'org.yaml': documents(aDescriptor('group:crew'), aDescriptor('group:cows')),
        'x.yaml': aDescriptor('system:s', { owner }),
      });
      expect(catalog.problems()).toMatchObject([{ suggestions: ['crew'] }]);
    },
  );

  it("report when the target's descriptor has errors", async () => {
    const catalog = await openCatalog({
      'g.yaml': aDescriptor('group:g', { type: 7 }),
      'x.yaml': aDescriptor('system:s', { owner: 'g' }),
    });
    expect(catalog.messages('x.yaml')).toEqual([
      'spec.owner refers to group:default/g, which is not in the catalog: its descriptor in g.yaml has errors',
    ]);
    expect(catalog.problems('x.yaml')).toMatchObject([
      { related: [{ file: at('g.yaml'), range: { start: { line: 3, character: 8 } } }] },
    ]);
  });
});

it('keeps other references to an entity that is referenced twice', async () => {
  const catalog = await openCatalog({
    'o.yaml': documents(aComponent('a'), aComponent('b', { dependsOn: ['component:a'] })),
  });
  for (const count of [1, 2, 0, 3, 1, 0]) {
    const dependsOn = Array.from({ length: count }, () => 'component:a');
    await catalog.write({ 'x.yaml': aComponent('x', { dependsOn }) });
    expect(catalog.relations('component:default/a')).toEqual([
      'dependencyOf component:default/b',
      ...(count ? ['dependencyOf component:default/x'] : []),
      'ownedBy group:default/team',
    ]);
  }
});

it('has the relations of the current references after any edits', async () => {
  const target = fc.constantFrom('component:a', 'component:a', 'component:b', 'resource:a');
  const references = fc.record({
    dependsOn: fc.array(target, { maxLength: 5 }),
    consumesApis: fc.array(fc.constantFrom('a', 'b'), { maxLength: 3 }),
    subcomponentOf: fc.constantFrom('a', 'x', undefined),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(references, { minLength: 2, maxLength: 6 }), async specs => {
      const others = documents(
        aComponent('a', { dependsOn: ['component:x', 'component:b', 'resource:a'] }),
        aComponent('b', { dependsOn: ['component:a'], consumesApis: ['a', 'b'] }),
      );
      const full = (ref: string): string => ref.replace(':', ':default/');
      const textOf = (spec: object): string => aComponent('x', { ...spec });
      const live = await openCatalog({ 'o.yaml': others, 'x.yaml': textOf({}) });
      for (const spec of specs) {
        await live.write({ 'x.yaml': textOf(spec) });
        const cold = await openCatalog({ 'o.yaml': others, 'x.yaml': textOf(spec) });
        expect(live.problems()).toEqual(cold.problems());
        for (const ref of ['component:a', 'component:b', 'component:x', 'resource:a', 'api:a']) {
          expect(live.relations(full(ref))).toEqual(cold.relations(full(ref)));
          expect(live.entity(full(ref))).toEqual(cold.entity(full(ref)));
        }
      }
    }),
    longRun({ runs: 15, seed: 20261125 }),
  );
});
