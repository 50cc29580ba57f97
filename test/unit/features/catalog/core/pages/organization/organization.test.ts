import { expect, it } from 'vitest';
import type { CatalogService } from '../../../../../../../src/api';
import { StarredEntities } from '../../../../../../../src/features/catalog/core/identity';
import {
  type GroupNode,
  Organization,
  type TeamView,
} from '../../../../../../../src/features/catalog/core/pages';
import { anEntity, aProblem, InMemoryCatalog } from '../../../../../../support/inMemoryCatalog';

const { signal } = new AbortController();

it('nests groups by parents and children, with their users', async () => {
  const catalog = new InMemoryCatalog({
    entities: [
      anEntity('Group:all', { children: ['dev'] }),
      anEntity('Group:dev', { type: 'department' }),
      anEntity('Group:web', { parent: 'dev' }),
      anEntity('Group:club'),
      anEntity('User:ann', { memberOf: ['web', 'club'] }),
      anEntity('User:bob', { memberOf: ['nowhere'] }),
      anEntity('User:cy'),
      anEntity('Component:site', { owner: 'web' }),
    ],
  });
  const tree = await organizationOf(catalog).getTree(signal);
  expect(tree.roots.map(drawn)).toEqual(['all[dev[web(ann)]]']);
  expect(tree.others.map(drawn)).toEqual(['club(ann)']);
  expect(tree.withoutGroup.map(({ title }) => title)).toEqual(['bob', 'cy']);
  expect(tree).toMatchObject({ groupCount: 4, userCount: 3, status: 'ready' });
  expect(tree.roots[0]?.groups[0]?.groups[0]?.owned).toBe(1);
});

it('shows cyclic groups and groups with two parents once', async () => {
  const catalog = new InMemoryCatalog({
    entities: [
      anEntity('Group:a', { parent: 'b' }),
      anEntity('Group:b', { parent: 'a' }),
      anEntity('Group:self', { parent: 'self' }),
      anEntity('Group:left', { children: ['shared'] }),
      anEntity('Group:right', { children: ['shared'] }),
      anEntity('Group:shared', { children: ['inner'] }),
      anEntity('Group:inner'),
      anEntity('Group:astray', { parent: 'missing' }),
    ],
  });
  const tree = await organizationOf(catalog).getTree(signal);
  expect(tree.roots.map(drawn)).toEqual(['left[shared[inner]]', 'right[shared*]', 'self[self*]']);
  expect(tree.others.map(drawn)).toEqual(['a[b[a*]]', 'astray']);
});

it('shows every group of a very deep chain', async () => {
  const entities = Array.from({ length: 3_000 }, (_, index) =>
    anEntity(`Group:g${index}`, index ? { parent: `g${index - 1}` } : {}),
  );
  const tree = await organizationOf(new InMemoryCatalog({ entities })).getTree(signal);
  const seen = new Set<string>();
  const walk = (group: GroupNode): void => {
    seen.add(group.ref);
    group.groups.forEach(walk);
  };
  [...tree.roots, ...tree.others].forEach(walk);
  expect(seen.size).toBe(3_000);
});

const owning = new InMemoryCatalog({
  entities: [
    anEntity('Group:dev', { profile: { email: 'dev@example.com' }, children: ['web'] }),
    anEntity('Group:web', { children: ['ui'] }),
    anEntity('Group:ui'),
    anEntity('User:ann', { memberOf: ['web'] }),
    anEntity('Component:a', { owner: 'dev' }),
    anEntity('Component:b', { owner: 'ui' }),
    anEntity('API:c', { owner: 'web' }),
    anEntity('Resource:d', { owner: 'user:ann' }),
  ],
  problems: [
    aProblem({ entityRef: 'component:default/b' }),
    aProblem({ entityRef: 'api:default/c', severity: 'hint' }),
  ],
});

it('counts the entities of each owner, and those without one', async () => {
  const catalog = new InMemoryCatalog({
    entities: [
      anEntity('Group:dev'),
      anEntity('Group:idle'),
      anEntity('User:ann'),
      anEntity('Component:a', { owner: 'dev' }),
      anEntity('Component:b', { owner: 'dev' }),
      anEntity('API:c', { owner: 'user:ann' }),
      anEntity('Component:lost', { owner: 'nobody' }),
      anEntity('Component:free'),
    ],
    problems: [
      aProblem({ entityRef: 'component:default/b' }),
      aProblem({ entityRef: 'component:default/b', severity: 'warning' }),
      aProblem({ entityRef: 'api:default/c', severity: 'hint' }),
    ],
  });
  const { ownable, owners, withoutOwner } = await organizationOf(catalog).getTree(signal);
  expect(owners).toEqual([
    { ref: 'group:default/dev', owned: 2, troubled: 1 },
    { ref: 'user:default/ann', owned: 1, troubled: 0 },
  ]);
  expect({ ownable, withoutOwner }).toEqual({ ownable: 5, withoutOwner: 2 });
});

it("names the user's teams that are in the catalog", async () => {
  const refs = ['user:default/ann', 'group:default/web', 'group:default/gone', 'group:default/dev'];
  const { teams } = await organizationOf(owning, refs).getTree(signal);
  expect(teams).toEqual(['group:default/web', 'group:default/dev']);
});

it("counts a team's components without docs", async () => {
  const catalog = new InMemoryCatalog({
    entities: [
      anEntity('Group:dev'),
      anEntity('Component:bare', { owner: 'dev' }),
      anEntity('API:c', { owner: 'dev' }),
      {
        ...anEntity('Component:told', { owner: 'dev' }),
        metadata: { name: 'told', annotations: { 'backstage.io/techdocs-ref': 'dir:.' } },
      },
    ],
  });
  const request = { entityRef: 'group:default/dev', isAggregated: false };
  const { withoutDocs } = await organizationOf(catalog).getTeam(request, signal);
  expect(withoutDocs).toBe(1);
});

it("counts a group's owned entities by kind, directly or with subgroups", async () => {
  const direct = await teamOf('group:default/dev', false);
  expect(direct).toMatchObject({ email: 'dev@example.com', children: ['group:default/web'] });
  expect(ownedBy(direct)).toEqual(['Component 1']);
  const aggregated = await teamOf('group:default/dev', true);
  expect(ownedBy(aggregated)).toEqual(['Component 2, 1 with problems', 'API 1']);
  expect(aggregated.owners).toEqual(['dev', 'web', 'ui'].map(name => `group:default/${name}`));
  expect(aggregated.ownedRefs[0]).toBe('component:default/a');
});

it("counts a user's owned entities, alone or with groups", async () => {
  expect(ownedBy(await teamOf('user:default/ann', false))).toEqual(['Resource 1']);
  const aggregated = await teamOf('user:default/ann', true);
  expect(ownedBy(aggregated)).toEqual(['API 1', 'Resource 1']);
  expect(aggregated.members).toEqual(['group:default/web']);
});

it("reports a team that doesn't exist", async () => {
  const team = await teamOf('group:default/nobody', false);
  expect(team).toMatchObject({ glance: { exists: false }, ownedCount: 0 });
});

function organizationOf(
  catalog: CatalogService,
  ownershipRefs: readonly string[] = [],
): Organization {
  const starred = new StarredEntities({ get: () => undefined, set: async () => {} });
  const identity = { getOwnershipRefs: () => ownershipRefs };
  return new Organization({ catalog, identity, starred });
}

function teamOf(entityRef: string, isAggregated: boolean): Promise<TeamView> {
  return organizationOf(owning).getTeam({ entityRef, isAggregated }, signal);
}

function ownedBy({ owned }: TeamView): readonly string[] {
  return owned.map(
    ({ name, count, troubled }) =>
      `${name} ${count}${troubled ? `, ${troubled} with problems` : ''}`,
  );
}

/** `name*[groups](members)`; the asterisk: its content is shown elsewhere. */
function drawn({ title, groups, members, isRepeated }: GroupNode): string {
  const inside = groups.length ? `[${groups.map(drawn).join(' ')}]` : '';
  const people = members.length ? `(${members.map(member => member.title).join(' ')})` : '';
  return `${title}${isRepeated ? '*' : ''}${inside}${people}`;
}
