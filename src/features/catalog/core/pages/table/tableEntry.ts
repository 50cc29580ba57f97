import type { Entity } from '../../../../../model';
import { hasDocs } from '../../../../../model/presentation';
import { type EntityDetails, entityDetails, type EntityGlance } from '../../glances';

/**
 * What the table knows of an entity: as much as its columns show and its filters ask for, so that the entity
 * need not be put together again. Entries are replaced, never changed.
 */
export interface TableEntry extends EntityDetails {
  /** The kind, lower-cased. */
  readonly kindKey: string;
  /** Whether the entity says where its docs are; they may be missing. */
  readonly namesDocs: boolean;
  /** Errors and warnings. */
  readonly problems: number;
  /** What the row shows, but for what others are called; lower-cased. */
  readonly text: string;
}

export function tableEntry(ref: string, entity: Entity, problems: number): TableEntry {
  const details = entityDetails(ref, entity);
  const { title, name, type, lifecycle, description, tags } = details;
  return {
    ...details,
    kindKey: entity.kind.toLowerCase(),
    namesDocs: hasDocs(entity),
    problems,
    text: [title, name, type, lifecycle, description, ...tags]
      .filter(part => part !== undefined)
      .join('\n')
      .toLowerCase(),
  };
}

export function glanceOfEntry(
  { kindKey: _kindKey, namesDocs: _namesDocs, text: _text, ...glance }: TableEntry,
  isStarred: boolean,
): EntityGlance {
  return { ...glance, isStarred };
}
