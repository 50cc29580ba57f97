/**
 * Definitions of the two coverage figures of the home page, catalog table, tree and agents:
 * entities with an owner, and entities with docs. Naming an owner or docs isn't enough: they must
 * exist.
 *
 * @module
 */

/** Kinds without owners. */
const OWNERLESS: ReadonlySet<string> = new Set(['group', 'user', 'location']);

/** Whether entities of a kind, in any case, are expected to have an owner. */
export function canHaveOwner(kind: string): boolean {
  return !OWNERLESS.has(kind.toLowerCase());
}

/**
 * Whether an entity has an owner: it names owners, and at least one is in the catalog.
 *
 * @param owners - owners that the entity names
 * @param missing - `MissingTargets.owner` of the catalog
 */
export function isOwned(
  ref: string,
  owners: readonly string[],
  missing: ReadonlySet<string>,
): boolean {
  return owners.length > 0 && !missing.has(ref);
}

/**
 * Whether an entity has docs: its annotations name them, and they exist.
 *
 * @param namesDocs - see `hasDocs`
 * @param missing - `MissingTargets.docs` of the catalog
 */
export function isDocumented(
  ref: string,
  namesDocs: boolean,
  missing: ReadonlySet<string>,
): boolean {
  return namesDocs && !missing.has(ref);
}
