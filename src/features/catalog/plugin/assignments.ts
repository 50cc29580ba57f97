import {
  builtinRelationRules,
  type Entity,
  entityNamespace,
  failure,
  getCompoundEntityRef,
  ok,
  refOf,
  type RelationRule,
  type Result,
  shortenEntityRef,
} from '../../../api';

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

/** A field of an entity with its new value. */
export interface Assignment {
  readonly entityRef: string;
  readonly field: string;
  readonly value: string;
}

/** Reason why an assignment is impossible: `target` can't contain entities, `kind` not entities of this kind. */
export type AssignmentRefusal = 'target' | 'kind' | 'itself';

/** Returns the field for assigning an entity to one of a kind. */
function fieldFor(entity: Entity, targetKind: string): AssignableField | undefined {
  return assignableFields.find(
    assignable =>
      assignable.targetKinds.includes(targetKind.toLowerCase()) && ruleOf(entity, assignable),
  );
}

export function canAssign(entity: Entity, id: AssignableField['id']): boolean {
  return assignableFields.some(field => field.id === id && ruleOf(entity, field) !== undefined);
}

/** Creates the assignment of an entity to another, with the shortest valid ref. */
export function assignmentTo(
  entity: Entity,
  target: Entity,
): Result<Assignment, AssignmentRefusal> {
  const { kind, namespace, name } = getCompoundEntityRef(target);
  if (!assignableFields.some(({ targetKinds }) => targetKinds.includes(kind.toLowerCase()))) {
    return failure('target');
  }
  if (refOf(entity) === refOf(target)) return failure('itself');
  const assignable = fieldFor(entity, kind);
  const rule = assignable && ruleOf(entity, assignable);
  if (!rule) return failure('kind');
  const value = shortenEntityRef(
    { kind: kind.toLowerCase(), namespace, name },
    { defaultKind: rule.defaultKind, defaultNamespace: entityNamespace(entity) },
  );
  return ok({ entityRef: refOf(entity), field: rule.field, value });
}

function ruleOf(entity: Entity, { field }: AssignableField): RelationRule | undefined {
  return builtinRelationRules.find(rule => rule.kind === entity.kind && rule.field === field);
}
