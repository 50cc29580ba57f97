import { type Entity, parseEntityRef } from '../../../../../model';
import {
  entityDescription,
  entityLifecycle,
  entityTags,
  entityTitle,
  entityType,
  hasDocs,
  kindIcon,
  ownerRefs,
  relationTargets,
} from '../../../../../model/presentation';
import type { EntityGlance } from '../../glances';

/**
 * What the table knows of an entity: as much as its columns show and its filters ask for, so that the entity
 * need not be put together again. Entries are replaced, never changed.
 */
export interface TableEntry {
  readonly ref: string;
  /** As the entity spells it. */
  readonly kindName: string;
  /** Lower-cased. */
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly title: string;
  readonly type: string | undefined;
  readonly lifecycle: string | undefined;
  readonly description: string | undefined;
  readonly tags: readonly string[];
  /** Full refs. */
  readonly owners: readonly string[];
  readonly system: string | undefined;
  /** Whether the entity says where its docs are; they may be missing. */
  readonly namesDocs: boolean;
  /** Errors and warnings. */
  readonly problems: number;
  /** What the row shows, but for what others are called; lower-cased. */
  readonly text: string;
}

export function tableEntry(ref: string, entity: Entity, problems: number): TableEntry {
  const title = entityTitle(entity);
  const type = entityType(entity);
  const lifecycle = entityLifecycle(entity);
  const description = entityDescription(entity);
  const tags = entityTags(entity);
  return {
    ref,
    kindName: entity.kind,
    kind: entity.kind.toLowerCase(),
    namespace: parseEntityRef(ref).namespace,
    name: entity.metadata.name,
    title,
    type,
    lifecycle,
    description,
    tags,
    owners: ownerRefs(entity),
    system: relationTargets(entity, 'partOf').find(target => target.startsWith('system:')),
    namesDocs: hasDocs(entity),
    problems,
    text: [title, entity.metadata.name, type, lifecycle, description, ...tags]
      .filter(part => part !== undefined)
      .join('\n')
      .toLowerCase(),
  };
}

export function glanceOfEntry(entry: TableEntry, isStarred: boolean): EntityGlance {
  const { ref, kindName, namespace, name, title, type, lifecycle, description } = entry;
  return {
    ref,
    kind: kindName,
    namespace,
    name,
    title,
    type,
    lifecycle,
    description,
    icon: kindIcon(kindName),
    exists: true,
    tags: entry.tags,
    owners: entry.owners,
    ...(entry.system !== undefined && { system: entry.system }),
    problems: entry.problems,
    isStarred,
  };
}
