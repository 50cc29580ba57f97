import type { EntitySource } from '../../../../api';
import type { Entity } from '../../../../model';
import { canonicalJson, isObject, writtenPart } from '../../../../model/differences';

/** An entity with its ref and its place. */
export interface PlacedEntity {
  readonly ref: string;
  readonly entity: Entity;
  /** Undefined for entities that no file holds. */
  readonly source: EntitySource | undefined;
}

/**
 * Which of the entities that went is which of those that came, under another name: both are of one
 * kind and have the same spec, and they stand in the same file or have the same metadata but for the
 * name, too, such as a description. Where more than one could be meant, none is.
 *
 * @returns the entities that came, by the refs of those that went
 */
export function findRenames(
  removed: readonly PlacedEntity[],
  added: readonly PlacedEntity[],
): ReadonlyMap<string, PlacedEntity> {
  const renames = new Map<string, PlacedEntity>();
  const taken = new Set<string>();
  for (const keyOf of [keyInFile, keyAnywhere]) {
    const left = removed.filter(({ ref }) => !renames.has(ref));
    const wanted = onlyOnes(left, keyOf);
    const offered = onlyOnes(
      added.filter(({ ref }) => !taken.has(ref)),
      keyOf,
    );
    for (const [key, before] of wanted) {
      const after = offered.get(key);
      if (!after) continue;
      renames.set(before.ref, after);
      taken.add(after.ref);
    }
  }
  return renames;
}

function keyInFile({ entity, source }: PlacedEntity): string | undefined {
  return canonicalJson([source?.file ?? '', entity.kind, writtenPart(entity)['spec'] ?? null]);
}

/** Undefined for an entity that says too little of itself to be told from others like it. */
function keyAnywhere({ entity }: PlacedEntity): string | undefined {
  const written = writtenPart(entity);
  const metadata = isObject(written['metadata']) ? written['metadata'] : {};
  const { name: _name, namespace: _namespace, ...rest } = metadata;
  if (!Object.keys(rest).length) return undefined;
  return canonicalJson([entity.kind, written['spec'] ?? null, rest]);
}

/** By key, leaving out keys that more than one has. */
function onlyOnes(
  entities: readonly PlacedEntity[],
  keyOf: (entity: PlacedEntity) => string | undefined,
): ReadonlyMap<string, PlacedEntity> {
  const found = new Map<string, PlacedEntity>();
  const repeated = new Set<string>();
  for (const entity of entities) {
    const key = keyOf(entity);
    if (key === undefined) continue;
    if (found.has(key)) repeated.add(key);
    found.set(key, entity);
  }
  for (const key of repeated) found.delete(key);
  return found;
}
