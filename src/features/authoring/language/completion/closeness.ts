import { dirnameUri } from '../../../../base';
import type { CatalogEntity, CatalogView } from '../catalogView';
import { type RefField, refsIn } from '../descriptors/writtenRefs';
import type { CompletionPlace } from './completionPlace';

/**
 * Returns how closely an entity is related to the edited document, 0 to 31: a more important criterion outweighs all
 * less important ones.
 */
export type Closeness = (entity: CatalogEntity) => number;

const SAME_FILE = 16;
const USED_NEARBY = 8;
const SAME_SYSTEM = 4;
const SAME_OWNER = 2;
const SAME_NAMESPACE = 1;

/** Returns the closeness for the target entities of a field. */
export function closenessIn(place: CompletionPlace, { rule }: RefField): Closeness {
  const { descriptor, request, site } = place;
  const { catalog } = request.context;
  const { uri } = request.text;
  const target = (field: string): string | undefined =>
    refsIn(site.placed, catalog.kinds).find(ref => ref.field.field === field)?.targetRef;
  const isSystem = descriptor?.kind === 'System';
  // The current value of the field itself is about to change.
  const system = isSystem ? descriptor.ref : otherThan(rule?.field, 'spec.system', target);
  const owner = otherThan(rule?.field, 'spec.owner', target);
  const namespace = descriptor?.namespace.toLowerCase();
  const known = new Map<string, number>();
  const add = (weight: number, refs: Iterable<string>): void => {
    for (const ref of new Set(refs)) known.set(ref, (known.get(ref) ?? 0) + weight);
  };
  const inFile = catalog.entitiesInFile(uri);
  add(
    SAME_FILE,
    inFile.map(({ ref }) => ref),
  );
  add(
    USED_NEARBY,
    inFile
      .filter(({ ref }) => ref !== descriptor?.ref)
      .flatMap(entity => (rule && relationTarget(entity, rule.type)) ?? []),
  );
  if (system !== undefined) {
    const ownerOfSystem = ownerOf(catalog, system) ?? system;
    add(SAME_SYSTEM, [system, ownerOfSystem, ...sourcesOf(catalog, system, 'partOf')]);
  }
  if (owner !== undefined) add(SAME_OWNER, [owner, ...sourcesOf(catalog, owner, 'ownedBy')]);
  return ({ ref, namespace: other }) =>
    (known.get(ref) ?? 0) + (other.toLowerCase() === namespace ? SAME_NAMESPACE : 0);
}

/** Returns the entities with a relation to the given one. */
function sourcesOf(catalog: CatalogView, ref: string, type: string): readonly string[] {
  return catalog
    .referencesTo(ref)
    .flatMap(reference => (reference.type === type ? [reference.sourceRef] : []));
}

function otherThan(
  field: string | undefined,
  other: string,
  target: (field: string) => string | undefined,
): string | undefined {
  return field === other ? undefined : target(other);
}

function ownerOf(catalog: CatalogView, ref: string): string | undefined {
  const entity = catalog.get(ref);
  return entity && relationTarget(entity, 'ownedBy');
}

/** Returns the first target of a relation in the entity's own fields. */
export function relationTarget(entity: CatalogEntity, type: string): string | undefined {
  for (const reference of entity.references) {
    if (reference.type === type) return reference.targetRef;
  }
  return undefined;
}

/** Returns the most frequent owner in a file, else in its folder. */
export function ownerNearby(catalog: CatalogView, uri: string): string | undefined {
  const inFile = mostFrequentOwner(catalog, catalog.entitiesInFile(uri));
  if (inFile !== undefined) return inFile;
  const folder = `${dirnameUri(uri)}/`;
  const inFolder: CatalogEntity[] = [];
  for (const entity of catalog.entities()) {
    const { file } = entity;
    if (file?.startsWith(folder) && !file.includes('/', folder.length)) inFolder.push(entity);
  }
  return mostFrequentOwner(catalog, inFolder);
}

function mostFrequentOwner(
  catalog: CatalogView,
  entities: readonly CatalogEntity[],
): string | undefined {
  const counts = new Map<string, number>();
  for (const entity of entities) {
    const owner = relationTarget(entity, 'ownedBy');
    if (owner !== undefined && catalog.has(owner)) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
