import type { CatalogService } from '../../../../api';
import { parseEntityRef, stringifyEntityRef } from '../../../../model';

/**
 * The full ref of the user whom a setting names: by the ref of a User entity (`jane`,
 * `user:default/jane`) or by the e-mail of its profile. Undefined where it is neither a ref nor the
 * e-mail of a known user; a ref need not exist.
 */
export function resolveUser(catalog: CatalogService, nameOrEmail: string): string | undefined {
  const name = nameOrEmail.trim();
  if (name === '') return undefined;
  if (/^[^:/][^:/@]*@[^:/]+$/.test(name)) return findUserByEmail(catalog, name);
  try {
    return stringifyEntityRef(parseEntityRef(name, { defaultKind: 'User' }));
  } catch {
    return undefined;
  }
}

/** The ref of the first User with this `spec.profile.email`; case does not matter. */
export function findUserByEmail(catalog: CatalogService, email: string): string | undefined {
  const wanted = email.toLowerCase();
  const users = catalog.getEntities({ filter: [[{ key: 'kind', values: ['user'] }]] });
  const user = users.find(({ spec }) => {
    const profile = spec?.profile;
    if (typeof profile !== 'object' || profile === null || Array.isArray(profile)) return false;
    return typeof profile.email === 'string' && profile.email.toLowerCase() === wanted;
  });
  return user && stringifyEntityRef(user);
}

/**
 * The refs that count as the user: itself, the groups it is a member of, and their parents, all the
 * way up. In the order in which they were found, nearest first.
 */
export function getOwnershipRefs(catalog: CatalogService, userRef: string): readonly string[] {
  // A set is walked in the order of insertion, what is added on the way included.
  const refs = new Set([userRef]);
  for (const ref of refs) {
    const type = ref === userRef ? 'memberOf' : 'childOf';
    for (const relation of catalog.getRelations(ref)) {
      if (relation.type === type) refs.add(relation.targetRef);
    }
  }
  return [...refs];
}
