import type { SearchFacet } from '../../../api';
import type { Entity } from '../../../model';
import {
  entityLifecycle,
  entityTags,
  entityType,
  ownerRefs,
  relationTargets,
} from '../../../model/presentation';

/** What an entity is filtered by where it is searched. */
export function entityFacets(entity: Entity): Readonly<Record<SearchFacet, readonly string[]>> {
  return {
    kind: [entity.kind.toLowerCase()],
    type: lower(entityType(entity)),
    owner: ownerRefs(entity),
    lifecycle: lower(entityLifecycle(entity)),
    tag: entityTags(entity).flatMap(lower),
    system: relationTargets(entity, 'partOf').filter(ref => ref.startsWith('system:')),
  };
}

function lower(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value.toLowerCase()];
}
