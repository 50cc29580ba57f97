import { expect, it } from 'vitest';
import { TestAgent } from '../../../../support/agents';
import { aComponent, aDescriptor } from '../../../../support/descriptors';

const shop = aDescriptor(
  'component:shop',
  { owner: 'crew', system: 'sales', dependsOn: ['resource:orders'] },
  {
    title: 'The Shop',
    description: 'Sells\nthings',
    tags: ['java'],
    links: [{ url: 'https://example.com', title: 'Dashboard' }, { url: 'javascript:alert(1)' }],
    annotations: { 'backstage.io/techdocs-ref': 'dir:.' },
  },
);

it('returns the facts of an entity with relations in both directions', async () => {
  const agent = await TestAgent.open({
    'services/shop.yaml': shop,
    'services/docs/index.md': '# Shop',
    'crew.yaml': aDescriptor('group:crew'),
    'sales.yaml': aDescriptor('system:sales', { owner: 'crew' }),
    'web.yaml': aComponent('web', { owner: 'crew', dependsOn: ['component:shop'] }),
  });

  expect(await agent.value('get_entity', { ref: 'COMPONENT:Default/Shop' })).toEqual({
    ref: 'component:default/shop',
    kind: 'Component',
    type: 'service',
    title: 'The Shop',
    description: 'Sells things',
    owners: ['group:default/crew'],
    lifecycle: 'production',
    systems: ['system:default/sales'],
    tags: ['java'],
    relations: [
      { type: 'ownedBy', total: 1, targets: ['group:default/crew'] },
      { type: 'partOf', total: 1, targets: ['system:default/sales'] },
      { type: 'dependsOn', total: 1, targets: ['resource:default/orders'] },
      { type: 'dependencyOf', total: 1, targets: ['component:default/web'] },
    ],
    links: [{ title: 'Dashboard', url: 'https://example.com' }],
    hasDocs: true,
    problems: 1,
    file: 'services/shop.yaml',
    line: 4,
  });
  expect(await agent.text('get_entity', { ref: 'shop' })).toBe(`component:default/shop — The Shop
Sells things
Type: service
Lifecycle: production
Owners: group:default/crew
Part of: system:default/sales
Tags: java
dependsOn: resource:default/orders
dependencyOf: component:default/web
Link: Dashboard <https://example.com>
Has documentation. Use search_docs to search it.
Problems: 1. Use validate to list them.
Descriptor: services/shop.yaml:4`);
});

it('truncates long values and reports their number', async () => {
  const dependsOn = Array.from({ length: 30 }, (_, index) => `resource:r${index}`);
  const description = `${'x'.repeat(998)}😀😀`;
  const text = aDescriptor('component:shop', { dependsOn }, { description });
  const agent = await TestAgent.open({ 'a.yaml': text });

  const entity = await agent.value('get_entity', { ref: 'shop' });
  expect(entity).toMatchObject({ description: `${'x'.repeat(998)}…` });
  const [, group] = (entity as { relations: { total: number; targets: string[] }[] }).relations;
  expect([group?.total, group?.targets.length]).toEqual([30, 20]);
  expect(await agent.text('get_entity', { ref: 'shop' })).toMatch(/^dependsOn: .*, 10 more$/m);
});

it('lists the referrers of a missing entity', async () => {
  const agent = await TestAgent.open({ 'a.yaml': aComponent('shop', { dependsOn: ['api:gone'] }) });
  expect(await agent.ask('get_entity', { ref: 'api:gone' })).toEqual({
    type: 'refusal',
    text: "api:default/gone isn't in the catalog. These entities refer to it: component:default/shop.",
  });
});

it('prefixes files with their workspace folder if there are several', async () => {
  const files = { '/one/a.yaml': aComponent('a'), '/two/b.yaml': aComponent('b') };
  const agent = await TestAgent.open(files, { roots: ['one', 'two'] });
  expect(await agent.value('get_entity', { ref: 'b' })).toMatchObject({ file: 'two/b.yaml' });
});

it('truncates overlong refs', async () => {
  const long = `resource:default/${'x'.repeat(10_000)}`;
  const agent = await TestAgent.open({
    'shop.yaml': aDescriptor('component:shop', { dependsOn: [long] }),
  });
  const text = await agent.text('get_entity', { ref: 'shop' });
  expect(text).toMatch(/dependsOn: resource:default\/x{173}…/);
  expect(text.length).toBeLessThan(1000);
  const refusal = await agent.text('get_entity', { ref: `component:default/${'y'.repeat(900)}` });
  expect(refusal.length).toBeLessThan(4001);
});
