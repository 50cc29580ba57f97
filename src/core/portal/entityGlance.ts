import type { CatalogService, StarredEntitiesService } from '../../api';
import { type Entity, parseEntityRef, type Problem } from '../../model';
import {
  entityDescription,
  entityLifecycle,
  entityTags,
  entityTitle,
  entityType,
  kindIcon,
  ownerRefs,
  relationTargets,
} from '../../model/presentation';

/** What is shown of an entity wherever it is named. */
export interface EntityGlance {
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
  readonly description?: string;
  readonly tags: readonly string[];
  /** Full refs. */
  readonly owners: readonly string[];
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
  const isStarred = starred.has(ref);
  if (!entity) return glanceAtNothing(ref, isStarred);
  return {
    ...namesOf(entity, ref),
    ref,
    title: entityTitle(entity),
    icon: kindIcon(entity.kind),
    exists: true,
    type: entityType(entity),
    lifecycle: entityLifecycle(entity),
    description: entityDescription(entity),
    tags: entityTags(entity),
    owners: ownerRefs(entity),
    system: relationTargets(entity, 'partOf').find(target => target.startsWith('system:')),
    problems: catalog.getProblems({ entityRef: ref }).filter(isWeighty).length,
    isStarred,
  };
}

/** Errors and warnings are shown as numbers at an entity; hints would drown them. */
export function isWeighty({ severity }: Problem): boolean {
  return severity === 'error' || severity === 'warning';
}

function glanceAtNothing(ref: string, isStarred: boolean): EntityGlance {
  const names = parseEntityRef(ref);
  return {
    ...names,
    ref,
    title: names.name,
    icon: kindIcon(names.kind),
    exists: false,
    tags: [],
    owners: [],
    problems: 0,
    isStarred,
  };
}

function namesOf(entity: Entity, ref: string): Pick<EntityGlance, 'kind' | 'namespace' | 'name'> {
  const { namespace } = parseEntityRef(ref);
  return { kind: entity.kind, namespace, name: entity.metadata.name };
}
