import type { Entity } from '../../../../../model';
import { hasDocs } from '../../../../../model/presentation';
import { type EntityDetails, entityDetails, type EntityGlance } from '../../glances';

/** Data of an entity for the table's columns and filters, so that entities need not be assembled again. Immutable. */
export interface TableEntry extends EntityDetails {
  /** Kind, lowercase. */
  readonly kindKey: string;
  /** Whether the entity names its docs, which may be missing. */
  readonly namesDocs: boolean;
  /** Number of errors and warnings. */
  readonly problems: number;
  /** Text of the row in lowercase, without titles of other entities. */
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
