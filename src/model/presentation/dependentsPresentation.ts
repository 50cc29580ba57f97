import type { Translate } from '../../base';

/** Groups of dependents by owner, as in `EntityDependents.owners`. */
type OwnerGroups = readonly { readonly ownerRef: string | undefined }[];

/** Formats the size of a set of dependents, the same everywhere: `8 entities of 5 owners`. */
export function dependentsSummary(
  { entities, owners }: { readonly entities: readonly unknown[]; readonly owners: OwnerGroups },
  translate: Translate,
): string {
  const { length } = entities;
  const ownerCount = owners.filter(({ ownerRef }) => ownerRef !== undefined).length;
  if (ownerCount === 0) {
    return length === 1
      ? translate('1 entity without an owner')
      : translate('{0} entities without an owner', length);
  }
  if (ownerCount === 1) {
    return length === 1
      ? translate('1 entity of 1 owner')
      : translate('{0} entities of 1 owner', length);
  }
  return length === 1
    ? translate('1 entity of {0} owners', ownerCount)
    : translate('{0} entities of {1} owners', length, ownerCount);
}
