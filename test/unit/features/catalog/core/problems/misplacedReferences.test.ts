import { describe, expect, it } from 'vitest';
import { aComponent, aDescriptor, documents } from '../../../../../support/descriptors';
import { at, openCatalog } from '../../../../../support/testCatalog';

const ORGANIZATION = documents(
  aDescriptor('group:team'),
  aDescriptor('user:jane'),
  aDescriptor('component:shop'),
  aDescriptor('api:orders'),
  aDescriptor('system:retail'),
  aDescriptor('domain:sales'),
  aDescriptor('resource:db'),
);

async function wrongKindsOf(text: string): Promise<readonly string[]> {
  const catalog = await openCatalog({ 'x.yaml': text, 'z.yaml': ORGANIZATION });
  expect(catalog.codes('x.yaml').filter(code => code !== 'wrong-kind-reference')).toEqual([]);
  return catalog.messages('x.yaml');
}

describe('wrong-kind-reference', () => {
  it.each([
    [
      aComponent('a', { owner: 'component:shop' }),
      'spec.owner',
      'component:default/shop',
      'Group or User',
    ],
    [aComponent('a', { system: 'api:orders' }), 'spec.system', 'api:default/orders', 'System'],
    [
      aComponent('a', { subcomponentOf: 'system:retail' }),
      'spec.subcomponentOf',
      'system:default/retail',
      'Component',
    ],
    [
      aComponent('a', { providesApis: ['resource:db'] }),
      'spec.providesApis[0]',
      'resource:default/db',
      'API',
    ],
    [
      aComponent('a', { dependsOn: ['resource:db', 'group:team'] }),
      'spec.dependsOn[1]',
      'group:default/team',
      'Component, Resource or AiResource',
    ],
    [
      aDescriptor('system:a', { domain: 'group:team' }),
      'spec.domain',
      'group:default/team',
      'Domain',
    ],
    [
      aDescriptor('domain:a', { subdomainOf: 'system:retail' }),
      'spec.subdomainOf',
      'system:default/retail',
      'Domain',
    ],
    [
      aDescriptor('group:a', { parent: 'domain:sales' }),
      'spec.parent',
      'domain:default/sales',
      'Group',
    ],
    [
      aDescriptor('group:a', { children: ['user:jane'] }),
      'spec.children[0]',
      'user:default/jane',
      'Group',
    ],
    [
      aDescriptor('group:a', { members: ['group:team'] }),
      'spec.members[0]',
      'group:default/team',
      'User',
    ],
    [
      aDescriptor('user:a', { memberOf: ['user:jane'] }),
      'spec.memberOf[0]',
      'user:default/jane',
      'Group',
    ],
    // Backstage makes no relation of this one, and says as little.
    [
      aDescriptor('airesource:a', { owner: 'component:shop' }),
      'spec.owner',
      'component:default/shop',
      'Group or User',
    ],
  ])('is reported for %#', async (text, field, target, kinds) => {
    expect(await wrongKindsOf(text)).toEqual([
      `${field} refers to ${target}, which is not of kind ${kinds}`,
    ]);
  });

  it.each([
    aComponent('a', {
      owner: 'user:jane',
      system: 'retail',
      dependsOn: ['resource:db', 'Component:shop'],
    }),
    aDescriptor('api:a', { system: 'retail', owner: 'Group:team' }),
    aDescriptor('resource:a', { dependsOn: ['component:shop'], dependencyOf: ['component:shop'] }),
    aDescriptor('user:a', { memberOf: ['team'] }),
  ])("isn't reported when the kind is right: %#", async text => {
    expect(await wrongKindsOf(text)).toEqual([]);
  });

  it('keeps the relation and replaces other problems of the reference', async () => {
    const catalog = await openCatalog({ 'x.yaml': aComponent('a', { owner: 'component:nobody' }) });
    expect(catalog.relations('component:default/a')).toEqual(['ownedBy component:default/nobody']);
    expect(catalog.codes()).toEqual(['wrong-kind-reference']);
  });

  it('ignores custom kinds as targets and sources', async () => {
    const options = {
      customKinds: [
        {
          kind: 'Cluster',
          apiVersions: ['backstage.io/v1alpha1'],
          relations: [
            { field: 'spec.runs', type: 'runs', inverse: 'runsOn', defaultKind: 'Component' },
          ],
        },
      ],
    };
    const catalog = await openCatalog(
      {
        'x.yaml': documents(
          aComponent('a', { owner: 'cluster:c', dependsOn: ['cluster:c'] }),
          aDescriptor('Cluster:c', { runs: ['component:a', 'group:team'] }),
        ),
        'z.yaml': ORGANIZATION,
      },
      { options },
    );
    expect(catalog.problems()).toEqual([]);
  });

  it('is at the reference and suggests names of the right kind', async () => {
    const catalog = await openCatalog({
      'x.yaml': aComponent('a', { owner: 'component:teem', dependsOn: ['api:shop'] }),
      'z.yaml': ORGANIZATION,
    });
    expect(
      catalog
        .problems('x.yaml')
        .map(({ range, message, suggestions }) => [range.start.line, message, suggestions]),
    ).toEqual([
      [
        7,
        'spec.owner refers to component:default/teem, which is not of kind Group or User. Did you mean "team"?',
        ['team'],
      ],
      [
        9,
        'spec.dependsOn[0] refers to api:default/shop, which is not of kind Component, Resource or AiResource. Did you mean "component:shop"?',
        ['component:shop'],
      ],
    ]);
  });

  it('updates suggestions when entities are added and removed', async () => {
    const catalog = await openCatalog({ 'x.yaml': aComponent('a', { owner: 'component:team' }) });
    const suggestions = (): unknown =>
      catalog.problems('x.yaml').map(problem => problem.suggestions);
    expect(suggestions()).toEqual([undefined]);
    await catalog.write({ 'b.yaml': aDescriptor('user:team') });
    expect(catalog.takeEvents().map(({ files }) => files)).toEqual([['b.yaml', 'x.yaml']]);
    expect(suggestions()).toEqual([['user:team']]);
    await catalog.remove('b.yaml');
    expect(suggestions()).toEqual([undefined]);
  });

  it('can be switched off without another problem in its place', async () => {
    const catalog = await openCatalog(
      { 'x.yaml': aComponent('a', { owner: 'component:nobody' }) },
      { options: { severities: { 'wrong-kind-reference': 'off' } } },
    );
    expect(catalog.engine.getProblems({ file: at('x.yaml') })).toEqual([]);
  });
});
