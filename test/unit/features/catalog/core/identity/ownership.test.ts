import { expect, it } from 'vitest';
import type { CatalogService } from '../../../../../../src/api';
import {
  findUserByEmail,
  getOwnershipRefs,
  resolveUser,
  suggestUser,
} from '../../../../../../src/features/catalog/core/identity';
import type { Entity } from '../../../../../../src/model';

const aUser = (name: string, email?: unknown): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name },
  spec: email === undefined ? {} : { profile: { email: email as string } },
});

function aCatalog(users: readonly Entity[], relations: Record<string, string[]> = {}) {
  return {
    getEntities: () => users,
    getRelations: (ref: string) =>
      (relations[ref] ?? []).map(text => {
        const [type = '', targetRef = ''] = text.split(' ');
        return { type, targetRef };
      }),
  } as unknown as CatalogService;
}

it('finds a user by email in any case', () => {
  const catalog = aCatalog([aUser('odd', 42), aUser('none'), aUser('Jane', 'Jane@Example.com')]);
  expect(findUserByEmail(catalog, 'jane@example.COM')).toBe('user:default/jane');
  expect(findUserByEmail(catalog, 'john@example.com')).toBeUndefined();
});

it.each([
  ['Jane@Example.com', 'user:default/jane'],
  ['bob@home.example', 'user:default/bob'],
  ['12+bob@users.noreply.github.com', 'user:default/bob'],
  ['jane@home.example', 'user:default/jane'],
  ['nobody@home.example', undefined],
  ['no address', undefined],
])('suggests the user of the git address %j', (email, expected) => {
  const catalog = aCatalog([aUser('jane', 'jane@example.com'), aUser('Bob')]);
  expect(suggestUser(catalog, email)).toBe(expected);
});

it.each([
  ['jane', 'user:default/jane'],
  ['User:Staff/Jane', 'user:staff/jane'],
  [' jane@example.com ', 'user:default/jane'],
  ['nobody@example.com', undefined],
  ['', undefined],
  ['user:', undefined],
])('resolves %j to %s', (name, expected) => {
  expect(resolveUser(aCatalog([aUser('jane', 'jane@example.com')]), name)).toBe(expected);
});

it("includes the user's groups and their parents, despite cycles", () => {
  const catalog = aCatalog([], {
    'user:default/jane': ['memberOf group:default/crew', 'ownerOf component:default/x'],
    'group:default/crew': ['childOf group:default/fleet', 'hasMember user:default/jane'],
    'group:default/fleet': ['childOf group:default/all', 'parentOf group:default/crew'],
    'group:default/all': ['childOf group:default/fleet'],
  });
  expect(getOwnershipRefs(catalog, 'user:default/jane')).toEqual([
    'user:default/jane',
    'group:default/crew',
    'group:default/fleet',
    'group:default/all',
  ]);
});

it('includes only the user when it is unknown', () => {
  expect(getOwnershipRefs(aCatalog([]), 'user:default/jane')).toEqual(['user:default/jane']);
});
