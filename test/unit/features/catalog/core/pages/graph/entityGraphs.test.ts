import { describe, expect, it } from 'vitest';
import type { GraphQuery } from '../../../../../../../src/api';
import { english } from '../../../../../../../src/base';
import {
  EntityGraphs,
  graphAsMermaid,
  type GraphView,
  MAX_NODES,
  UNGROUPED,
} from '../../../../../../../src/features/catalog/core/pages';
import { RelationPairs } from '../../../../../../../src/model';
import { aComponent, aDescriptor, documents } from '../../../../../../support/descriptors';
import { openCatalog } from '../../../../../../support/testCatalog';

/**
 * The shop consumes the orders API, whose provider depends on a store; both belong to a system in a
 * domain.
 */
const shop = documents(
  aDescriptor('domain:trade', { owner: 'sales' }),
  aDescriptor('system:orders', { owner: 'sales', domain: 'trade' }),
  aDescriptor('system:web', { owner: 'front', domain: 'trade' }),
  aComponent('shop', { owner: 'front', system: 'web', consumesApis: ['orders'] }),
  aComponent('orders', {
    owner: 'sales',
    system: 'orders',
    providesApis: ['orders'],
    dependsOn: ['resource:store'],
  }),
  aComponent('old', { owner: 'sales', lifecycle: 'deprecated', dependsOn: ['resource:gone'] }),
  aDescriptor('api:orders', {
    type: 'openapi',
    lifecycle: 'production',
    definition: 'x',
    owner: 'sales',
    system: 'orders',
  }),
  aDescriptor('resource:store', { type: 'database', owner: 'sales', system: 'orders' }),
  aDescriptor('group:sales', { type: 'team', children: [] }),
  aDescriptor('group:front', { type: 'team', children: [] }),
);

async function graphs(text: string): Promise<EntityGraphs> {
  const { engine } = await openCatalog({ 'all.yaml': text });
  const relationPairs = (): RelationPairs => new RelationPairs();
  return new EntityGraphs({ catalog: engine, relationPairs, translate: english });
}

async function graphOf(query: GraphQuery, text = shop): Promise<GraphView> {
  return (await graphs(text)).getGraph(query, new AbortController().signal);
}

const short = (ref: string): string => ref.replace('default/', '');

function nodes(view: GraphView): readonly string[] {
  return view.nodes.map(({ ref, exists }) => `${short(ref)}${exists ? '' : ' (missing)'}`);
}

function edges(view: GraphView): readonly string[] {
  return view.edges.map(({ source, target, types, count, isImplied }) => {
    const parts = [types.join('+'), count === 1 ? '' : `x${count}`, isImplied ? '(implied)' : ''];
    return [short(source), ...parts.filter(Boolean), short(target)].join(' ');
  });
}

const software = ['component', 'api', 'resource'];

describe('Graph of the whole catalog', () => {
  it('contains all entities, missing targets and each relation pair once', async () => {
    const view = await graphOf({ kinds: software });
    expect(nodes(view)).toEqual([
      'api:orders',
      'component:old',
      'component:orders',
      'component:shop',
      'resource:gone (missing)',
      'resource:store',
    ]);
    expect(edges(view)).toEqual([
      'component:old dependsOn resource:gone',
      'component:orders providesApi api:orders',
      'component:orders dependsOn resource:store',
      'component:shop consumesApi api:orders',
    ]);
  });

  it('filters by owner, lifecycle and relation type', async () => {
    expect(nodes(await graphOf({ owners: ['group:default/front'] }))).toEqual([
      'component:shop',
      'system:web',
    ]);
    expect(nodes(await graphOf({ lifecycles: ['deprecated'] }))).toEqual(['component:old']);
    const owned = await graphOf({ kinds: ['component', 'group'], relations: ['ownerOf'] });
    expect(edges(owned)).toEqual([
      'component:old ownedBy group:sales',
      'component:orders ownedBy group:sales',
      'component:shop ownedBy group:front',
    ]);
  });

  it('lists filter values with counts, including selected values without matches', async () => {
    const { facets } = await graphOf({ kinds: ['component', 'template'] });
    expect(facets.kinds).toEqual([
      { value: 'component', count: 3 },
      { value: 'api', count: 1 },
      { value: 'resource', count: 2 },
      { value: 'system', count: 2 },
      { value: 'domain', count: 1 },
      { value: 'group', count: 2 },
      { value: 'template', count: 0 },
    ]);
    expect(facets.owners[0]).toEqual({ value: 'group:default/sales', count: 6 });
    expect(facets.relations.map(({ value, inverse }) => `${value}/${inverse}`)).toContain(
      'dependsOn/dependencyOf',
    );
  });

  it('draws the most connected nodes of too many and counts the rest', async () => {
    const many = Array.from({ length: MAX_NODES + 10 }, (_, index) =>
      aDescriptor(`resource:r${index}`, { type: 'x', owner: 'nobody' }),
    );
    const text = documents(...many, aComponent('hub', { dependsOn: ['resource:r7'] }));
    const view = await graphOf({ kinds: ['component', 'resource'] }, text);
    expect(view.nodes.length).toBe(MAX_NODES);
    expect(view.omitted).toBe(11);
    expect(nodes(view)).toContain('resource:r7');
  });
});

describe('Graph around entities', () => {
  const around = (ref: string, query: GraphQuery = {}): Promise<GraphView> =>
    graphOf({ rootRefs: [ref], depth: 1, kinds: software, ...query });

  it.each<[string, GraphQuery, readonly string[]]>([
    ['in both directions', {}, ['api:orders', 'component:orders', 'resource:store']],
    [
      'to dependencies',
      { direction: 'outgoing', relations: ['dependsOn'] },
      ['component:orders', 'resource:store'],
    ],
    ['to dependents', { direction: 'incoming' }, ['component:orders']],
    [
      'further',
      { depth: 2 },
      ['api:orders', 'component:orders', 'component:shop', 'resource:store'],
    ],
    ['nowhere', { depth: 0 }, ['component:orders']],
  ])('goes %s', async (_, query, expected) => {
    expect(nodes(await around('component:default/orders', query))).toEqual(expected);
  });

  it("has each node's distance and number of hidden relations", async () => {
    const view = await around('component:default/orders');
    const found = view.nodes.map(({ ref, isRoot, distance, hidden }) => [
      short(ref),
      isRoot,
      distance,
      hidden,
    ]);
    expect(found).toEqual([
      // Its consumer, its owner and its system.
      ['api:orders', false, 1, 3],
      ['component:orders', true, 0, 2],
      ['resource:store', false, 1, 2],
    ]);
  });

  it('adds the related entities of expanded ones that pass the filters', async () => {
    const query: GraphQuery = { kinds: ['component', 'api', 'resource'] };
    const ref = 'api:default/orders';
    const before = await around('component:default/orders', query);
    expect(before.nodes.find(node => node.ref === ref)).toMatchObject({ hidden: 3, expandable: 1 });

    const after = await around('component:default/orders', { ...query, expanded: [ref] });
    expect(nodes(after)).toEqual([...nodes(before), 'component:shop'].sort());
    expect(after.nodes.find(node => node.ref === ref)).toMatchObject({ hidden: 2, expandable: 0 });
  });

  it('draws the referrers of a missing entity', async () => {
    const view = await around('resource:default/gone');
    expect(nodes(view)).toEqual(['component:old', 'resource:gone (missing)']);
  });

  it('keeps the roots despite filters', async () => {
    const view = await around('component:default/orders', { kinds: ['resource'] });
    expect(nodes(view)).toEqual(['component:orders', 'resource:store']);
  });
});

describe('Implied edges', () => {
  it('lead from API consumers to their providers', async () => {
    const view = await graphOf({ kinds: ['component'], implied: true });
    expect(edges(view)).toEqual(['component:shop dependsOn (implied) component:orders']);
    expect(view.edges[0]?.via).toEqual(['api:default/orders']);
  });

  it('are followed from the roots', async () => {
    const query = { rootRefs: ['component:default/shop'], depth: 1, kinds: ['component'] };
    expect(nodes(await graphOf(query))).toEqual(['component:shop']);
    expect(nodes(await graphOf({ ...query, implied: true }))).toEqual([
      'component:orders',
      'component:shop',
    ]);
  });

  it("aren't drawn beside an explicit dependency", async () => {
    const text = documents(
      aComponent('a', { consumesApis: ['x'], dependsOn: ['component:b'] }),
      aComponent('b', { providesApis: ['x'] }),
    );
    const view = await graphOf({ kinds: ['component'], implied: true }, text);
    expect(edges(view)).toEqual(['component:a dependsOn component:b']);
  });
});

describe('Roll-up', () => {
  it('draws systems in place of their parts, with one edge between them', async () => {
    const view = await graphOf({ kinds: [...software, 'system'], rollUp: 'system' });
    expect(nodes(view)).toEqual(['system:orders', 'system:web', 'ungrouped']);
    expect(edges(view)).toEqual(['system:web consumesApi system:orders']);
    expect(view.nodes.map(({ rolledUp }) => rolledUp?.count)).toEqual([3, 1, 2]);
  });

  it('draws the parts of an expanded system beside the others', async () => {
    const view = await graphOf({
      kinds: software,
      rollUp: 'system',
      expanded: ['system:default/orders'],
    });
    expect(nodes(view)).toEqual([
      'api:orders',
      'component:orders',
      'resource:store',
      'system:orders',
      'system:web',
      'ungrouped',
    ]);
    expect(edges(view)).toContain('system:web consumesApi api:orders');
    expect(view.nodes.find(({ ref }) => ref === 'system:default/orders')?.rolledUp).toEqual({
      count: 3,
      isExpanded: true,
    });
  });

  it('rolls up systems to domains, and entities to owners', async () => {
    expect(nodes(await graphOf({ kinds: ['component', 'api'], rollUp: 'domain' }))).toEqual([
      'domain:trade',
      'ungrouped',
    ]);
    const owners = await graphOf({ kinds: software, rollUp: 'owner' });
    expect(nodes(owners)).toEqual(['group:front', 'group:sales', 'ungrouped']);
    expect(edges(owners)).toEqual([
      'group:front consumesApi group:sales',
      'group:sales dependsOn ungrouped',
    ]);
  });

  it.each([
    ['system', 'No system', ['component:default/old', 'resource:default/gone']],
    ['domain', 'No domain', ['component:default/old', 'resource:default/gone']],
    ['owner', 'No owner', ['resource:default/gone']],
  ] as const)('by %s draws one node, %s, for all entities without one', async (by, title, refs) => {
    const view = await graphOf({ kinds: software, rollUp: by });
    const node = view.nodes.find(({ ref }) => ref === UNGROUPED);
    expect(node?.title).toBe(title);
    expect(node?.rolledUp).toEqual({ count: refs.length, isExpanded: false });
    expect(node?.members).toEqual(refs);
    expect(Object.keys(view.named)).toEqual(expect.arrayContaining([...refs]));
  });

  it('draws entities without a system after their node is expanded', async () => {
    const view = await graphOf({ kinds: software, rollUp: 'system', expanded: [UNGROUPED] });
    expect(nodes(view)).toEqual([
      'component:old',
      'resource:gone (missing)',
      'system:orders',
      'system:web',
      'ungrouped',
    ]);
    expect(edges(view)).toContain('component:old dependsOn resource:gone');
    expect(view.nodes.at(-1)?.rolledUp).toEqual({ count: 2, isExpanded: true });
  });

  it('keeps domains, groups and users, which never belong to a system', async () => {
    expect(
      nodes(await graphOf({ kinds: ['component', 'domain', 'group'], rollUp: 'system' })),
    ).toEqual([
      'domain:trade',
      'group:front',
      'group:sales',
      'system:orders',
      'system:web',
      'ungrouped',
    ]);
  });

  it('lists a few of many ungrouped entities and keeps their node collapsible', async () => {
    const many = Array.from({ length: MAX_NODES + 10 }, (_, index) =>
      aDescriptor(`resource:r${index}`, { type: 'x', owner: 'nobody' }),
    );
    const text = documents(aDescriptor('system:s', { owner: 'nobody' }), ...many);
    const query = { kinds: [...software, 'system'], rollUp: 'system' } as const;
    const view = await graphOf(query, text);
    expect(nodes(view)).toEqual(['system:s', 'ungrouped']);
    expect(view.nodes.at(-1)?.rolledUp?.count).toBe(MAX_NODES + 10);
    expect(view.nodes.at(-1)?.members?.length).toBe(30);
    const expanded = await graphOf({ ...query, expanded: [UNGROUPED] }, text);
    expect(nodes(expanded)).toContain('ungrouped');
    expect(expanded.omitted).toBe(12);
  });

  it('labels the node for ungrouped entities in Mermaid', async () => {
    const view = await graphOf({ kinds: software, rollUp: 'system' });
    const { engine } = await openCatalog({ 'all.yaml': shop });
    const text = graphAsMermaid(view, engine);
    expect(text).toContain('n2["No system"]');
    expect(text).not.toMatch(/class n.* missing/);
  });

  it("doesn't roll up the roots", async () => {
    const query = {
      rootRefs: ['component:default/orders'],
      kinds: software,
      rollUp: 'system',
    } as const;
    expect(nodes(await graphOf(query))).toEqual([
      'component:orders',
      'system:orders',
      'system:web',
    ]);
    const old = { ...query, rootRefs: ['component:default/old'] };
    expect(nodes(await graphOf(old))).toEqual(['component:old', 'ungrouped']);
  });

  it('handles cycles of parts', async () => {
    const text = documents(
      aComponent('a', { subcomponentOf: 'b' }),
      aComponent('b', { subcomponentOf: 'a' }),
    );
    const view = await graphOf({ kinds: ['component'], rollUp: 'system' }, text);
    expect(nodes(view)).toEqual(['ungrouped']);
  });

  it('selects the node that contains the selected entity', async () => {
    const query = { kinds: [...software, 'system'], rollUp: 'system' } as const;
    const selectedOf = async (selected: string, expanded: readonly string[] = []) =>
      (await graphOf({ ...query, selected, expanded })).selected;
    const orders = 'component:default/orders';
    expect([
      await selectedOf(orders),
      await selectedOf(orders, ['system:default/orders']),
      await selectedOf('component:default/old'),
      await selectedOf('group:default/sales'),
    ]).toEqual(['system:default/orders', orders, UNGROUPED, undefined]);
  });
});

describe('Path', () => {
  it('is the shortest one and drawn at any depth', async () => {
    const view = await graphOf({
      rootRefs: ['component:default/shop'],
      depth: 0,
      kinds: software,
      pathTo: 'resource:default/store',
    });
    expect(view.path?.map(short)).toEqual([
      'component:shop',
      'api:orders',
      'component:orders',
      'resource:store',
    ]);
    expect(nodes(view)).toHaveLength(4);
  });

  it('follows only the requested direction and relations', async () => {
    const query = { rootRefs: ['component:default/shop'], pathTo: 'resource:default/store' };
    expect(
      (await graphOf({ ...query, direction: 'outgoing', relations: ['dependsOn'] })).path,
    ).toEqual([]);
    const implied = await graphOf({
      ...query,
      direction: 'outgoing',
      relations: ['dependsOn'],
      implied: true,
    });
    expect(implied.path?.map(short)).toEqual([
      'component:shop',
      'component:orders',
      'resource:store',
    ]);
  });
});

describe('Dependents', () => {
  const dependents = async (ref: string, text = shop): Promise<readonly string[]> => {
    const view = await graphOf({ rootRefs: [ref], dependents: true }, text);
    return (view.dependents ?? []).map(
      ({ ownerRef, entityRefs }) =>
        `${ownerRef === undefined ? 'nobody' : short(ownerRef)}: ${entityRefs.map(short).join(',')}`,
    );
  };

  it.each<[string, string, readonly string[]]>([
    [
      'follow providers to APIs and on to consumers',
      'resource:default/store',
      ['group:sales: component:orders,api:orders', 'group:front: component:shop'],
    ],
    ['include the components of a system', 'system:default/web', ['group:front: component:shop']],
    ['exclude the system of a component', 'component:default/shop', []],
    ['are empty for an owner', 'group:default/sales', []],
    [
      'include referrers of a missing entity',
      'resource:default/gone',
      ['group:sales: component:old'],
    ],
  ])('%s', async (_, ref, expected) => {
    expect(await dependents(ref)).toEqual(expected);
  });

  it('are drawn with the followed relations and end on cycles', async () => {
    const text = documents(
      aComponent('a', { dependsOn: ['component:b'] }),
      aComponent('b', { dependsOn: ['component:a'] }),
    );
    const view = await graphOf({ rootRefs: ['component:default/a'], dependents: true }, text);
    expect(edges(view)).toEqual([
      'component:a dependsOn component:b',
      'component:b dependsOn component:a',
    ]);
    expect(view.nodes.map(({ distance }) => distance)).toEqual([0, 1]);
  });

  it('are found through hidden kinds', async () => {
    const view = await graphOf({
      rootRefs: ['resource:default/store'],
      dependents: true,
      kinds: ['component'],
      implied: true,
    });
    expect(nodes(view)).toEqual(['component:orders', 'component:shop', 'resource:store']);
    expect(edges(view)).toContain('component:shop dependsOn (implied) component:orders');
  });
});

it('stops when its signal is aborted', async () => {
  const controller = new AbortController();
  const made = (await graphs(shop)).getGraph({}, controller.signal);
  controller.abort();
  await expect(made.then(() => controller.signal.throwIfAborted())).rejects.toThrow(/abort/i);
});
