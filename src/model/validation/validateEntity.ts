import type { Entity } from '../entity';
import { EntityEnvelope } from '../generated/validators';
import { stringifyEntityRef } from '../refs/entityRef';
import type { KindRegistry } from './kinds';
import { policyIssues } from './policies';
import { schemaIssues, type SchemaIssue } from './schemaIssues';

/**
 * Stages of validation, in order: the envelope that makes a ref possible, the policies for every
 * entity, and the schema of its kind, which must be known.
 */
export type ValidationStage = 'envelope' | 'policy' | 'kind' | 'unknown-kind';

/** An issue of a descriptor; `message` is Backstage's, without the server's prefix. */
export interface ValidationIssue extends SchemaIssue {
  readonly stage: ValidationStage;
}

/** Options of {@link validateEntity}. */
export interface ValidationOptions {
  readonly kinds: KindRegistry;
}

/**
 * Validates the envelope: an object with an apiVersion, a kind and a name, as a ref requires, and
 * annotations that can be extended. In Backstage, an error here fails the whole location.
 *
 * Callers must skip empty documents (null) themselves, as the server does.
 * Source: `parse.ts`, `entityEnvelopeSchemaValidator` and ProcessorOutputCollector.
 */
export function validateEnvelope(value: unknown): readonly ValidationIssue[] {
  if (!isPlainObject(value)) {
    const message = `Expected object at root, got ${typeof value}`;
    return [{ stage: 'envelope', message, path: [], at: 'value' }];
  }
  const issues = schemaIssues(EntityEnvelope, value);
  if (issues.length) return issues.map(issue => inStage('envelope', issue));
  const { annotations } = (value as unknown as Entity).metadata;
  // Falsy values (`false`, `''`) pass here and fail the policies.
  if (annotations && (typeof annotations !== 'object' || Array.isArray(annotations))) {
    const message = 'metadata.annotations must be a valid object';
    const path = ['metadata', 'annotations'];
    return [{ stage: 'envelope', message, path, at: 'value' }];
  }
  return [];
}

/**
 * Returns Backstage's issues of the first stage that has any: the first issue is the one that the
 * server reports, the others of the same stage are those that it would report next.
 *
 * Takes the document with placeholders resolved, before annotations are added, which would hide a
 * value of another type.
 */
export function validateEntity(
  value: unknown,
  { kinds }: ValidationOptions,
): readonly ValidationIssue[] {
  const envelope = validateEnvelope(value);
  if (envelope.length) return envelope;
  const policy = policyIssues(value);
  if (policy.length) return policy.map(issue => inStage('policy', issue));
  // Checked by the policies.
  const entity = value as Entity;
  const definition = kinds.find(entity.apiVersion, entity.kind);
  if (!definition) return [unknownKind(entity, kinds)];
  const issues = definition.validate?.(entity) ?? [];
  return issues.map(issue => inStage('kind', issue));
}

/** Returns the issue of an unknown kind, or of an unknown apiVersion of a known kind. */
function unknownKind(entity: Entity, kinds: KindRegistry): ValidationIssue {
  const known = kinds.knownKinds().some(({ kind }) => kind === entity.kind);
  return {
    stage: 'unknown-kind',
    message: `No processor recognized the entity ${stringifyEntityRef(entity)} as valid, possibly caused by a foreign kind or apiVersion`,
    path: [known ? 'apiVersion' : 'kind'],
    at: 'value',
  };
}

function inStage(stage: ValidationStage, issue: SchemaIssue): ValidationIssue {
  return { stage, ...issue };
}

/** Whether a value is a plain object, as in lodash: class instances such as Date aren't. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
