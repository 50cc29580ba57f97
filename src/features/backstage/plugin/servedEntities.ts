import {
  ANNOTATION_EDIT_URL,
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  ANNOTATION_ORPHAN,
  ANNOTATION_SOURCE_LOCATION,
  ANNOTATION_VIEW_URL,
  type BackstageInstance,
  type CatalogService,
  type CatalogSourcesService,
  type Entity,
  entityAnnotation,
  type EntityVersion,
  isRecord,
  type RegisteredLocation,
  TimeSlicer,
} from '../../../api';

export interface ServedEntitiesDeps {
  readonly catalog: Pick<
    CatalogService,
    'getEntityRefs' | 'getEntitySources' | 'getEntityVersions'
  >;
  readonly sources: Pick<CatalogSourcesService, 'getSourceOf'>;
}

/** Returns the origin location ref: what was registered or configured. */
export function originOf(entity: Entity): string | undefined {
  return entityAnnotation(entity, ANNOTATION_ORIGIN_LOCATION) || undefined;
}

/** Returns the location ref of an entity's file. */
export function locationOf(entity: Entity): string | undefined {
  return entityAnnotation(entity, ANNOTATION_LOCATION) || undefined;
}

/** Whether an entity of a Backstage is an orphan. */
export function isOrphan(entity: Entity): boolean {
  return entityAnnotation(entity, ANNOTATION_ORPHAN) === 'true';
}

/** Returns a source's version of an entity; undefined if it has none. */
export function servedVersion(
  ref: string,
  sourceId: string,
  { catalog, sources }: ServedEntitiesDeps,
): EntityVersion | undefined {
  return catalog
    .getEntityVersions(ref)
    .find(({ source }) => source && sources.getSourceOf(source.file)?.id === sourceId);
}

/** Whether the copy of a source has an entity; much faster than reading it. */
export function isServed(
  ref: string,
  sourceId: string,
  { catalog, sources }: ServedEntitiesDeps,
): boolean {
  return catalog
    .getEntitySources(ref)
    .some(source => source && sources.getSourceOf(source.file)?.id === sourceId);
}

/** Returns sorted refs of the entities in a source's copy with an origin location. */
export async function refsOfOrigin(
  origin: string,
  { sourceId, signal }: { readonly sourceId: string; readonly signal: AbortSignal },
  deps: ServedEntitiesDeps,
): Promise<readonly string[]> {
  const slices = new TimeSlicer();
  const refs: string[] = [];
  for (const ref of deps.catalog.getEntityRefs()) {
    if (slices.isOver) await slices.pause();
    signal.throwIfAborted();
    if (!isServed(ref, sourceId, deps)) continue;
    const version = servedVersion(ref, sourceId, deps);
    if (version && originOf(version.entity) === origin) refs.push(ref);
  }
  return refs;
}

/** Entities of a server, according to the server or its copy. */
export interface ServedRefs {
  readonly refs: readonly string[];
  /** Number of additional entities. */
  readonly more: number;
  /** Whether the copy was used because the server couldn't be reached. */
  readonly isOfCopy: boolean;
}

type QueriedInstance = Pick<BackstageInstance, 'source'> & {
  readonly catalog: Pick<BackstageInstance['catalog'], 'existing' | 'entitiesOfLocation'>;
};

/** Returns those refs that a server has now. @throws AbortError */
export async function existingRefs(
  refs: readonly string[],
  { catalog, source }: QueriedInstance,
  signal: AbortSignal,
  deps: ServedEntitiesDeps,
): Promise<ServedRefs> {
  try {
    const there = await catalog.existing(refs, { signal });
    return { refs: refs.filter(ref => there.has(ref)), more: 0, isOfCopy: false };
  } catch {
    // The server doesn't respond: `isOfCopy` tells the user that the result is from the copy.
    signal.throwIfAborted();
    const known = refs.filter(ref => isServed(ref, source.id, deps));
    return { refs: known, more: 0, isOfCopy: true };
  }
}

/** Returns the entities that a server has from a location. @throws AbortError */
export async function refsFromLocation(
  location: RegisteredLocation,
  { catalog, source }: QueriedInstance,
  signal: AbortSignal,
  deps: ServedEntitiesDeps,
): Promise<ServedRefs> {
  try {
    const found = await catalog.entitiesOfLocation(location, { signal });
    if (found) {
      const { refs, total } = found;
      return { refs, more: total - refs.length, isOfCopy: false };
    }
  } catch {
    // The message says that the copy was used.
    signal.throwIfAborted();
  }
  const origin = `${location.type}:${location.target}`;
  const refs = await refsOfOrigin(origin, { sourceId: source.id, signal }, deps);
  return { refs, more: 0, isOfCopy: true };
}

/** Removes metadata that catalogs add, because it always differs between a server and the local catalog. */
export function asWritten(entity: Entity): Entity {
  const { uid: _uid, etag: _etag, annotations, ...metadata } = entity.metadata;
  if (!isRecord(annotations)) return { ...entity, metadata };
  const own = Object.entries(annotations).filter(([key]) => !SET_BY_CATALOGS.has(key));
  return { ...entity, metadata: { ...metadata, annotations: Object.fromEntries(own) } };
}

const SET_BY_CATALOGS: ReadonlySet<string> = new Set([
  ANNOTATION_EDIT_URL,
  ANNOTATION_ORPHAN,
  ANNOTATION_SOURCE_LOCATION,
  ANNOTATION_VIEW_URL,
]);
