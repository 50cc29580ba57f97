/**
 * Definitions of the two figures that the home page, the catalog table, the tree and agents show: entities with an
 * owner, and entities with docs. What an entity says is not enough for either: the owner and the docs must exist.
 *
 * @module
 */

/** Kinds that nobody owns: people, teams, and pointers to other files. */
const OWNERLESS: ReadonlySet<string> = new Set(['group', 'user', 'location']);

/** Whether entities of a kind (in any letter case) are expected to have an owner. */
export function canHaveOwner(kind: string): boolean {
  return !OWNERLESS.has(kind.toLowerCase());
}

/**
 * Whether an entity has an owner: it names one, and at least one of those that it names is in the catalog.
 *
 * @param owners - as the entity names them
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
 * Whether an entity has docs: its annotations name them, and the catalog doesn't miss them there.
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
