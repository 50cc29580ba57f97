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

/** The shop calls the orders' API, which stand on a store; both are of a system in a domain. */
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

describe('a graph of the whole catalog', () => {
  it('has all entities, what is only referred to, and each pair of relations once', async () => {
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

  it('is filtered by owner, lifecycle and type of relation', async () => {
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

  it('says which values there are to filter by, and what is chosen and no more there', async () => {
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

  it('draws the most related of too many, and says how many are missing', async () => {
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

describe('a graph around entities', () => {
  const around = (ref: string, query: GraphQuery = {}): Promise<GraphView> =>
    graphOf({ rootRefs: [ref], depth: 1, kinds: software, ...query });

  it.each<[string, GraphQuery, readonly string[]]>([
    ['both ways', {}, ['api:orders', 'component:orders', 'resource:store']],
    [
      'to what it needs',
      { direction: 'outgoing', relations: ['dependsOn'] },
      ['component:orders', 'resource:store'],
    ],
    ['to what needs it', { direction: 'incoming' }, ['component:orders']],
    [
      'further',
      { depth: 2 },
      ['api:orders', 'component:orders', 'component:shop', 'resource:store'],
    ],
    ['nowhere', { depth: 0 }, ['component:orders']],
  ])('goes %s', async (_, query, expected) => {
    expect(nodes(await around('component:default/orders', query))).toEqual(expected);
  });

  it('says how far a node is, and how many of its relations lead on', async () => {
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

  it('draws what an entity that is missing is referred to by', async () => {
    const view = await around('resource:default/gone');
    expect(nodes(view)).toEqual(['component:old', 'resource:gone (missing)']);
  });

  it('keeps the roots, whatever filters say', async () => {
    const view = await around('component:default/orders', { kinds: ['resource'] });
    expect(nodes(view)).toEqual(['component:orders', 'resource:store']);
  });
});

describe('implied edges', () => {
  it('lead from consumers of an API to its providers', async () => {
    const view = await graphOf({ kinds: ['component'], implied: true });
    expect(edges(view)).toEqual(['component:shop dependsOn (implied) component:orders']);
    expect(view.edges[0]?.via).toEqual(['api:default/orders']);
  });

  it('are gone along', async () => {
    const query = { rootRefs: ['component:default/shop'], depth: 1, kinds: ['component'] };
    expect(nodes(await graphOf(query))).toEqual(['component:shop']);
    expect(nodes(await graphOf({ ...query, implied: true }))).toEqual([
      'component:orders',
      'component:shop',
    ]);
  });

  it('are not drawn beside a dependency that is written', async () => {
    const text = documents(
      aComponent('a', { consumesApis: ['x'], dependsOn: ['component:b'] }),
      aComponent('b', { providesApis: ['x'] }),
    );
    const view = await graphOf({ kinds: ['component'], implied: true }, text);
    expect(edges(view)).toEqual(['component:a dependsOn component:b']);
  });
});

describe('roll-up', () => {
  it('draws systems for what is in them, with all relations between them as one edge', async () => {
    const view = await graphOf({ kinds: [...software, 'system'], rollUp: 'system' });
    expect(nodes(view)).toEqual(['system:orders', 'system:web', 'ungrouped']);
    expect(edges(view)).toEqual(['system:web consumesApi system:orders']);
    expect(view.nodes.map(({ rolledUp }) => rolledUp?.count)).toEqual([3, 1, 2]);
  });

  it('draws what is in an expanded one, beside the others', async () => {
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

  it('goes through systems to domains, and to owners', async () => {
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

  it('draws entities without a system again once their node is expanded', async () => {
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

  it('lists a few of many entities without a system, and keeps their node to collapse it', async () => {
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

  it('names the node for entities without a system in Mermaid', async () => {
    const view = await graphOf({ kinds: software, rollUp: 'system' });
    const { engine } = await openCatalog({ 'all.yaml': shop });
    const text = graphAsMermaid(view, engine);
    expect(text).toContain('n2["No system"]');
    expect(text).not.toMatch(/class n.* missing/);
  });

  it('leaves the roots as they are', async () => {
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

  it('survives what is part of itself', async () => {
    const text = documents(
      aComponent('a', { subcomponentOf: 'b' }),
      aComponent('b', { subcomponentOf: 'a' }),
    );
    const view = await graphOf({ kinds: ['component'], rollUp: 'system' }, text);
    expect(nodes(view)).toEqual(['ungrouped']);
  });

  it('names the node that stands for the selected entity', async () => {
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

describe('a path', () => {
  it('is the shortest one, and drawn however far it leads', async () => {
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

  it('keeps to the direction and the relations that are wanted', async () => {
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

describe('dependents', () => {
  const dependents = async (ref: string, text = shop): Promise<readonly string[]> => {
    const view = await graphOf({ rootRefs: [ref], dependents: true }, text);
    return (view.dependents ?? []).map(
      ({ ownerRef, entityRefs }) =>
        `${ownerRef === undefined ? 'nobody' : short(ownerRef)}: ${entityRefs.map(short).join(',')}`,
    );
  };

  it.each<[string, string, readonly string[]]>([
    [
      'goes over providers to APIs, and on to consumers',
      'resource:default/store',
      ['group:sales: component:orders,api:orders', 'group:front: component:shop'],
    ],
    ['takes parts along', 'system:default/web', ['group:front: component:shop']],
    ['does not reach a whole through a part', 'component:default/shop', []],
    ['is none of an owner', 'group:default/sales', []],
    ['is there of what is missing', 'resource:default/gone', ['group:sales: component:old']],
  ])('%s', async (_, ref, expected) => {
    expect(await dependents(ref)).toEqual(expected);
  });

  it('is drawn with the relations that it goes along, and ends where it began', async () => {
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

  it('reaches through kinds that are not shown', async () => {
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

it('stops when nobody waits for a graph any more', async () => {
  const controller = new AbortController();
  const made = (await graphs(shop)).getGraph({}, controller.signal);
  controller.abort();
  await expect(made.then(() => controller.signal.throwIfAborted())).rejects.toThrow(/abort/i);
});
