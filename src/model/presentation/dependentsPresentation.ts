import { translateCount } from '../../base';

/** Groups of dependents by owner, as in `EntityDependents.owners`. */
type OwnerGroups = readonly { readonly ownerRef: string | undefined }[];

/** Formats the size of a set of dependents, the same everywhere: `8 entities of 5 owners`. */
export function dependentsSummary({
  entities,
  owners,
}: {
  readonly entities: readonly unknown[];
  readonly owners: OwnerGroups;
}): string {
  const { length } = entities;
  const ownerCount = owners.filter(({ ownerRef }) => ownerRef !== undefined).length;
  if (ownerCount === 0) {
    return translateCount(length, {
      one: '{0} entity without an owner',
      other: '{0} entities without an owner',
    });
  }
  return translateCount(
    length,
    { one: '{0} entity of {1}', other: '{0} entities of {1}' },
    translateCount(ownerCount, { one: '{0} owner', other: '{0} owners' }),
  );
}
