import type { CatalogService } from '../../../api';
import type { Entity } from '../../../model';
import {
  compareRelationTypes,
  entityDescription,
  entityLifecycle,
  entityLinks,
  entityTags,
  entityTitle,
  entityType,
  hasDocs,
  isDocumented,
  ownerRefs,
  relationTargets,
} from '../../../model/presentation';
import { resolveRef } from '../../catalog/core/refs';
import { clipText, MAX_TARGETS, displayRef } from './fields';
import type { EntitySummary } from './toolDescriptions';
import { RefusalError } from './types';
import type { WorkspacePlaces } from './workspacePlaces';

const MAX_TITLE = 200;
const MAX_DESCRIPTION = 1_000;
const MAX_ITEMS = 20;
/** Maximum number of relation types. Plugins may add any number. */
const MAX_TYPES = 50;
const MAX_WORD = 100;
/** Longer URLs are left out: a truncated URL doesn't work. */
const MAX_URL = 2_000;

export function summaryOf(
  ref: string,
  entity: Entity,
  { catalog, places }: { catalog: CatalogService; places: WorkspacePlaces },
): EntitySummary {
  const description = entityDescription(entity);
  const [type, lifecycle] = [entityType(entity), entityLifecycle(entity)];
  return {
    ref: displayRef(ref),
    kind: clipText(entity.kind, MAX_WORD),
    type: type && clipText(type, MAX_WORD),
    title: titleOf(entity),
    description: description && clipText(description, MAX_DESCRIPTION),
    owners: ownersOf(entity),
    lifecycle: lifecycle && clipText(lifecycle, MAX_WORD),
    systems: displayRefs(relationTargets(entity, 'partOf')),
    tags: entityTags(entity)
      .slice(0, MAX_ITEMS)
      .map(tag => clipText(tag, MAX_WORD)),
    relations: relationGroups(entity),
    links: linksOf(entity),
    hasDocs: isDocumented(ref, hasDocs(entity), catalog.getMissingTargets().docs),
    problems: catalog.getProblems({ entityRef: ref }).length,
    ...places.place(sourceOf(ref, catalog)),
  };
}

export function titleOf(entity: Entity): string {
  return clipText(entityTitle(entity), MAX_TITLE);
}

export function ownersOf(entity: Entity): string[] {
  return displayRefs(ownerRefs(entity));
}

/** Full refs as agents see them, at most `MAX_ITEMS`. */
export function displayRefs(refs: readonly string[]): string[] {
  return refs.slice(0, MAX_ITEMS).map(displayRef);
}

export function linksOf(entity: Entity): EntitySummary['links'] {
  return entityLinks(entity)
    .filter(({ url }) => url.length <= MAX_URL)
    .slice(0, MAX_ITEMS)
    .map(({ title, url }) => ({ title: clipText(title, MAX_TITLE), url: clipText(url, MAX_URL) }));
}

/** Returns the location of an entity's name. */
export function sourceOf(
  ref: string,
  catalog: CatalogService,
): Parameters<WorkspacePlaces['place']>[0] {
  const source = catalog.getEntitySource(ref);
  return source && { file: source.file, range: source.nameRange };
}

/** Resolves what an agent wrote to a full ref. The entity may be missing if others refer to it. @throws RefusalError */
export function resolveEntityRef(written: string, catalog: CatalogService): string {
  const resolved = resolveRef(written, catalog);
  if (resolved.ok) return resolved.value;
  const end = resolved.error.endsWith('?') ? '' : '.';
  throw new RefusalError(`${resolved.error}${end} Use find to search for it.`);
}

function relationGroups(entity: Entity): EntitySummary['relations'] {
  const types = [...new Set((entity.relations ?? []).map(({ type }) => type))];
  const shownTypes = types.sort(compareRelationTypes).slice(0, MAX_TYPES);
  return shownTypes.map(type => {
    const targets = relationTargets(entity, type);
    return {
      type: clipText(type, MAX_WORD),
      total: targets.length,
      targets: targets.slice(0, MAX_TARGETS).map(displayRef),
    };
  });
}
