import { describe, expect, it } from 'vitest';
import { TestAgent } from '../../../../support/agents';
import { aComponent, aDescriptor } from '../../../../support/descriptors';

describe('`dependents` tool', () => {
  const open = () =>
    TestAgent.open({
      'db.yaml': aDescriptor('resource:db'),
      'shop.yaml': aComponent('shop', { dependsOn: ['resource:db'], providesApis: ['orders'] }),
      'api.yaml': aDescriptor('api:orders'),
      'web.yaml': aComponent('web', { owner: 'crew', consumesApis: ['orders'] }),
    });

  it('lists dependents with relation, owners and location', async () => {
    const agent = await open();
    expect(await agent.value('dependents', { ref: 'resource:db', depth: 1 })).toEqual({
      ref: 'resource:default/db',
      dependents: [
        {
          ref: 'component:default/shop',
          title: 'shop',
          distance: 1,
          relation: 'dependsOn',
          on: 'resource:default/db',
          owners: ['group:default/team'],
          file: 'shop.yaml',
          line: 4,
        },
      ],
      total: 1,
      summary: '1 entity of 1 owner',
      owners: [{ owner: 'group:default/team', total: 1 }],
      isTruncated: false,
    });
  });

  it('follows all dependency relations unless a depth is given', async () => {
    const agent = await open();
    expect(await agent.text('dependents', { ref: 'db' })).toBe(
      [
        '3 entities of 2 owners depend on resource:default/db:',
        '- component:default/shop dependsOn resource:default/db, owned by group:default/team (shop.yaml:4)',
        '- api:default/orders apiProvidedBy component:default/shop, owned by group:default/team (api.yaml:4)',
        '- component:default/web consumesApi api:default/orders, owned by group:default/crew (web.yaml:4)',
      ].join('\n'),
    );
  });

  it('reports that more entities exist than listed', async () => {
    const agent = await open();
    const input = { ref: 'db', limit: 1 };
    expect(await agent.value('dependents', input)).toMatchObject({ total: 3, isTruncated: true });
    expect(await agent.text('dependents', input)).toMatch(/\n2 more\. Use a larger limit/);
  });

  it('counts dependents of a missing entity and ends on cycles', async () => {
    const agent = await TestAgent.open({
      'a.yaml': aComponent('a', { dependsOn: ['component:b', 'resource:gone'] }),
      'b.yaml': aComponent('b', { dependsOn: ['component:a'] }),
    });
    expect(await agent.text('dependents', { ref: 'resource:gone', depth: 10 })).toMatch(
      /^2 entities of 1 owner depend on resource:default\/gone:/,
    );
    expect(await agent.text('dependents', { ref: 'a', depth: 10 })).toMatch(
      /^1 entity of 1 owner depend/,
    );
  });

  it('reports an entity without dependents', async () => {
    const agent = await open();
    expect(await agent.text('dependents', { ref: 'web' })).toBe(
      'Nothing in the catalog depends on component:default/web.',
    );
  });
});
