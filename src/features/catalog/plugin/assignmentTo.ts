import {
  type Entity,
  entityNamespace,
  failure,
  getCompoundEntityRef,
  ok,
  refOf,
  type Result,
  shortenEntityRef,
} from '../../../api';
import { type AssignableField, assignableFields, ruleOf } from './assignments';

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
