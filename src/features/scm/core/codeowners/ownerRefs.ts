import {
  isValidObjectName,
  type OwnerMapping,
  readEntityRef,
  stringifyEntityRef,
} from '../../../../model';

/**
 * The entity ref for an owner of CODEOWNERS, as it would be written in `spec.owner`: what the
 * mapping says, else the team's name, `user:NAME`, or the name in an e-mail address.
 *
 * Source: `normalizeCodeOwner` of Backstage's CodeOwnersProcessor, which takes no mapping.
 */
export function ownerRefOf(owner: string, mapping: OwnerMapping = {}): string | undefined {
  const mapped = Object.hasOwn(mapping, owner.toLowerCase())
    ? mapping[owner.toLowerCase()]
    : undefined;
  const ref = mapped ?? defaultRefOf(owner);
  const parsed = readEntityRef(ref, { defaultKind: 'Group', defaultNamespace: 'default' });
  return parsed.ok && isValidObjectName(parsed.value.name) ? ref : undefined;
}

function defaultRefOf(owner: string): string {
  if (!owner.startsWith('@')) return owner.slice(0, owner.indexOf('@'));
  const slash = owner.lastIndexOf('/');
  return slash < 0 ? `user:${owner.slice(1)}` : owner.slice(slash + 1);
}

/**
 * The first owner that is an entity of the catalog, else the first that can be one.
 *
 * @param exists - whether a full, lower-cased ref is in the catalog
 */
export function chooseOwner(
  owners: readonly string[],
  { mapping, exists }: { mapping?: OwnerMapping; exists?: (ref: string) => boolean },
): string | undefined {
  const refs = owners.flatMap(owner => ownerRefOf(owner, mapping) ?? []);
  const known = refs.find(ref => {
    const parsed = readEntityRef(ref, { defaultKind: 'Group', defaultNamespace: 'default' });
    return parsed.ok && exists?.(stringifyEntityRef(parsed.value));
  });
  return known ?? refs[0];
}
