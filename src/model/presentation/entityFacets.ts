import type { Entity } from '..';
import {
  entityLifecycle,
  entityTags,
  entityType,
  ownerRefs,
  relationTargets,
} from './entityFields';

/** What entities, and what belongs to them, are filtered by. Values are in lower case, owners and systems full refs. */
export interface EntityFacets {
  readonly kind: readonly string[];
  readonly type: readonly string[];
  readonly owner: readonly string[];
  readonly lifecycle: readonly string[];
  readonly tag: readonly string[];
  readonly system: readonly string[];
}

export function entityFacets(entity: Entity): EntityFacets {
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
