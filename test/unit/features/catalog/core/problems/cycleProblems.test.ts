import { describe, expect, it } from 'vitest';
import { aComponent, aDescriptor, documents } from '../../../../../support/descriptors';
import { at, openCatalog, type TestCatalog } from '../../../../../support/testCatalog';

const org = aDescriptor('group:team');

function cyclesOf(catalog: TestCatalog, path?: string): readonly string[] {
  return catalog
    .problems(path)
    .flatMap(({ code, message }) => (code === 'relation-cycle' ? message : []));
}

describe('relation-cycle', () => {
  it.each([
    [
      'a group that is its own parent',
      [aDescriptor('group:a', { parent: 'a' })],
      ['spec.parent closes a cycle: a → a'],
    ],
    [
      'two parents',
      [aDescriptor('group:a', { parent: 'b' }), aDescriptor('group:b', { parent: 'a' })],
      ['spec.parent closes a cycle: a → b → a', 'spec.parent closes a cycle: b → a → b'],
    ],
    [
      'children',
      [
        aDescriptor('group:a', { children: ['b'] }),
        aDescriptor('group:b', { children: ['x', 'a'] }),
      ],
      ['spec.children[0] closes a cycle: a → b → a', 'spec.children[1] closes a cycle: b → a → b'],
    ],
    [
      'a cycle of parent and children',
      [
        aDescriptor('group:a', { parent: 'b' }),
        aDescriptor('group:c', { parent: 'a', children: ['b'] }),
      ],
      ['spec.parent closes a cycle: a → b → c → a', 'spec.parent closes a cycle: c → a → b → c'],
    ],
    [
      'domains of several namespaces',
      [
        aDescriptor('domain:a', { subdomainOf: 'other/b' }),
        aDescriptor('domain:other/b', { subdomainOf: 'default/a' }),
      ],
      [
        'spec.subdomainOf closes a cycle: a → other/b → a',
        'spec.subdomainOf closes a cycle: b → default/a → b',
      ],
    ],
    [
      'components',
      [aComponent('a', { subcomponentOf: 'b' }), aComponent('b', { subcomponentOf: 'a' })],
      [
        'spec.subcomponentOf closes a cycle: a → b → a',
        'spec.subcomponentOf closes a cycle: b → a → b',
      ],
    ],
  ])('is reported for %s', async (_, texts, messages) => {
    const catalog = await openCatalog({ 'x.yaml': documents(...texts), 'z.yaml': org });
    expect(cyclesOf(catalog)).toEqual(messages);
  });

  it.each([
    [
      'a tree',
      [aDescriptor('group:a', { children: ['b'] }), aDescriptor('group:b', { parent: 'a' })],
    ],
    [
      'two paths to one root',
      [
        aDescriptor('group:a', { children: ['b', 'c'] }),
        aDescriptor('group:b', { children: ['d'] }),
        aDescriptor('group:c', { children: ['d'] }),
      ],
    ],
    [
      'cycles of other relations',
      [
        aComponent('a', { dependsOn: ['component:b'] }),
        aComponent('b', { dependsOn: ['component:a'] }),
      ],
    ],
  ])("isn't reported for %s", async (_, texts) => {
    const catalog = await openCatalog({ 'x.yaml': documents(...texts), 'z.yaml': org });
    expect(cyclesOf(catalog)).toEqual([]);
  });

  it("isn't reported for an entity that only leads to a cycle", async () => {
    const catalog = await openCatalog({
      'a.yaml': aDescriptor('group:a', { parent: 'a' }),
      'b.yaml': aDescriptor('group:b', { parent: 'a' }),
    });
    expect(catalog.codes('b.yaml')).toEqual([]);
  });

  it('is at the reference, with the locations of the others', async () => {
    const catalog = await openCatalog({
      'a.yaml': aDescriptor('group:a', { parent: 'b' }),
      'b.yaml': aDescriptor('group:b', { children: ['a'], parent: 'c' }),
      'c.yaml': aDescriptor('group:c', { parent: 'a' }),
    });
    const [problem] = catalog.problems('a.yaml');
    expect(problem).toMatchObject({
      code: 'relation-cycle',
      severity: 'warning',
      document: 0,
      entityRef: 'group:default/a',
      range: { start: { line: 7, character: 10 }, end: { line: 7, character: 11 } },
      related: [
        {
          message: 'spec.children[0] of group:default/b refers to group:default/a',
          file: at('b.yaml'),
        },
        { message: 'spec.parent of group:default/b refers to group:default/c', file: at('b.yaml') },
        { message: 'spec.parent of group:default/c refers to group:default/a', file: at('c.yaml') },
      ],
    });
  });

  it('appears, moves and disappears with edits of one file', async () => {
    const catalog = await openCatalog({
      'a.yaml': aDescriptor('group:a', { parent: 'b' }),
      'b.yaml': aDescriptor('group:b', { parent: 'c' }),
      'c.yaml': aDescriptor('group:c'),
      'd.yaml': aDescriptor('group:d', { parent: 'c' }),
    });
    expect(cyclesOf(catalog)).toEqual([]);

    await catalog.write({ 'c.yaml': aDescriptor('group:c', { parent: 'a' }) });
    expect(catalog.takeEvents().map(({ files }) => files)).toEqual([
      ['a.yaml', 'b.yaml', 'c.yaml'],
    ]);
    expect(cyclesOf(catalog)).toHaveLength(3);

    await catalog.write({ 'c.yaml': `# moved\n${aDescriptor('group:c', { parent: 'a' })}` });
    expect(catalog.takeEvents().map(({ files }) => files)).toEqual([
      ['a.yaml', 'b.yaml', 'c.yaml'],
    ]);
    expect(catalog.problems('b.yaml')[0]?.related?.[0]?.range.start.line).toBe(8);

    await catalog.write({ 'b.yaml': aDescriptor('group:b') });
    expect(catalog.takeEvents().map(({ files }) => files)).toEqual([
      ['a.yaml', 'b.yaml', 'c.yaml'],
    ]);
    expect(cyclesOf(catalog)).toEqual([]);
  });

  it('shortens long cycles and is limited', async () => {
    const ring = (count: number): string =>
      documents(
        ...Array.from({ length: count }, (_, at) =>
          aDescriptor(`group:g${at}`, { parent: `g${(at + 1) % count}` }),
        ),
      );
    const catalog = await openCatalog({ 'x.yaml': ring(20) });
    expect(cyclesOf(catalog)[0]).toBe(
      'spec.parent closes a cycle: g0 → g1 → g2 → g3 → g4 → … → g19 → g0',
    );
    expect(catalog.problems()[0]?.related).toHaveLength(8);
    await catalog.write({ 'x.yaml': ring(1500) });
    expect(cyclesOf(catalog)).toEqual([]);
  });
});
