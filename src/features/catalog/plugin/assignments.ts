import { builtinRelationRules, type Entity, type RelationRule } from '../../../api';

/** A field that assigns an entity to another, with the target kinds. */
export interface AssignableField {
  /** Part of the command id, `callboard.entity.setOwner`, and of the menus' `when` clauses. */
  readonly id: 'setOwner' | 'setSystem' | 'setDomain';
  readonly field: string;
  readonly targetKinds: readonly string[];
}

export const ownerField: AssignableField = {
  id: 'setOwner',
  field: 'spec.owner',
  targetKinds: ['group', 'user'],
};
export const systemField: AssignableField = {
  id: 'setSystem',
  field: 'spec.system',
  targetKinds: ['system'],
};
export const domainField: AssignableField = {
  id: 'setDomain',
  field: 'spec.domain',
  targetKinds: ['domain'],
};
export const assignableFields = [ownerField, systemField, domainField] as const;

export function canAssign(entity: Entity, id: AssignableField['id']): boolean {
  return assignableFields.some(field => field.id === id && ruleOf(entity, field) !== undefined);
}

/** Returns how a field relates an entity to others; undefined for kinds without the field. */
export function ruleOf(entity: Entity, { field }: AssignableField): RelationRule | undefined {
  return builtinRelationRules.find(rule => rule.kind === entity.kind && rule.field === field);
}
