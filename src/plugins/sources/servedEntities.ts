import type { CatalogService, CatalogSourcesService, EntityVersion } from '../../api';
import { WorkSlices } from '../../base';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  ANNOTATION_ORPHAN,
  type Entity,
} from '../../model';
import { entityAnnotation } from '../../model/presentation';

export interface ServedEntitiesDeps {
  readonly catalog: Pick<
    CatalogService,
    'getEntityRefs' | 'getEntitySources' | 'getEntityVersions'
  >;
  readonly sources: Pick<CatalogSourcesService, 'getSourceOf'>;
}

/** The location ref of what somebody registered, or a configuration names, and that led to an entity. */
export function originOf(entity: Entity): string | undefined {
  return entityAnnotation(entity, ANNOTATION_ORIGIN_LOCATION) || undefined;
}

/** The location ref of the file that an entity stands in. */
export function locationOf(entity: Entity): string | undefined {
  return entityAnnotation(entity, ANNOTATION_LOCATION) || undefined;
}

/** Whether nothing leads to an entity of a Backstage any more. */
export function isOrphan(entity: Entity): boolean {
  return entityAnnotation(entity, ANNOTATION_ORPHAN) === 'true';
}

/** An entity as a source has it; undefined where it has none of that ref. */
export function servedVersion(
  ref: string,
  sourceId: string,
  { catalog, sources }: ServedEntitiesDeps,
): EntityVersion | undefined {
  return catalog
    .getEntityVersions(ref)
    .find(({ source }) => source && sources.getSourceOf(source.file)?.id === sourceId);
}

/** Whether the copy of a source has an entity; much quicker than the entity. */
export function isServed(
  ref: string,
  sourceId: string,
  { catalog, sources }: ServedEntitiesDeps,
): boolean {
  return catalog
    .getEntitySources(ref)
    .some(source => source && sources.getSourceOf(source.file)?.id === sourceId);
}

/** Refs of all entities in the copy of a source that came by an origin, in their order. */
export async function refsOfOrigin(
  origin: string,
  { sourceId, signal }: { readonly sourceId: string; readonly signal: AbortSignal },
  deps: ServedEntitiesDeps,
): Promise<readonly string[]> {
  const slices = new WorkSlices();
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
