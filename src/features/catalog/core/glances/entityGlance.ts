import type { CatalogService, StarredEntitiesService } from '../../../../api';
import { type Entity, parseEntityRef, type Problem } from '../../../../model';
import {
  entityDescription,
  entityLifecycle,
  entityTags,
  entityTitle,
  entityType,
  kindIcon,
  ownerRefs,
  relationTargets,
} from '../../../../model/presentation';

/** What costs so little to say of an entity that it can be said of thousands. */
export interface EntityFacts {
  readonly ref: string;
  /** As the entity spells it; of one that is not there, as the ref does. */
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly title: string;
  /** Name of a codicon. */
  readonly icon: string;
  /** Whether it is in the catalog, and not only referred to. */
  readonly exists: boolean;
  readonly type?: string;
  readonly lifecycle?: string;
  /** Full refs. */
  readonly owners: readonly string[];
}

/** What is shown of an entity wherever it is named. */
export interface EntityGlance extends EntityFacts {
  readonly description?: string;
  readonly tags: readonly string[];
  readonly system?: string;
  /** Its errors and warnings, without those of less weight. */
  readonly problems: number;
  readonly isStarred: boolean;
}

export interface GlanceDeps {
  readonly catalog: CatalogService;
  readonly starred: StarredEntitiesService;
}

/** @param ref - full */
export function glanceAt(ref: string, { catalog, starred }: GlanceDeps): EntityGlance {
  const entity = catalog.getEntityByRef(ref);
  return {
    ...namesAndFields(ref, entity),
    description: entity && entityDescription(entity),
    tags: entity ? entityTags(entity) : [],
    system:
      entity && relationTargets(entity, 'partOf').find(target => target.startsWith('system:')),
    problems: entity ? catalog.getProblems({ entityRef: ref }).filter(isWeighty).length : 0,
    isStarred: starred.has(ref),
  };
}

/** Of a glance, what takes no more than the entity. */
export function namesAndFields(ref: string, entity: Entity | undefined): EntityFacts {
  const names = parseEntityRef(ref);
  if (!entity) {
    const { name, kind } = names;
    return { ...names, ref, title: name, icon: kindIcon(kind), exists: false, owners: [] };
  }
  return {
    kind: entity.kind,
    namespace: names.namespace,
    name: entity.metadata.name,
    ref,
    title: entityTitle(entity),
    icon: kindIcon(entity.kind),
    exists: true,
    type: entityType(entity),
    lifecycle: entityLifecycle(entity),
    owners: ownerRefs(entity),
  };
}

/** Errors and warnings are shown as numbers at an entity; hints would drown them. */
export function isWeighty({ severity }: Problem): boolean {
  return severity === 'error' || severity === 'warning';
}
