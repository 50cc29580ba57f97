import type { Entity } from '../entity';
import { EntityEnvelope } from '../generated/validators';
import { stringifyEntityRef } from '../refs/entityRef';
import type { KindRegistry } from './kinds';
import { policyIssues } from './policies';
import { schemaIssues, type SchemaIssue } from './schemaIssues';

/**
 * The gates that a descriptor passes, in this order: the envelope that gives it a ref, the policies
 * that hold for every entity, and the schema of its kind, which must be known.
 */
export type ValidationStage = 'envelope' | 'policy' | 'kind' | 'unknown-kind';

/** One objection to a descriptor; `message` is Backstage's own, without what the server wraps around it. */
export interface ValidationIssue extends SchemaIssue {
  readonly stage: ValidationStage;
}

export interface ValidationOptions {
  readonly kinds: KindRegistry;
}

/**
 * The first gate: whether the value is an object with an apiVersion, a kind and a name, which is
 * what it takes to have a ref, and whether its annotations can be added to. In Backstage, a failure
 * here is one of the whole location that the document was read from.
 *
 * Null stands for an empty document, which the server skips and which is not for this function.
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
  // Nothing and what counts as nothing (`false`, `''`) pass here; the policies object to them.
  if (annotations && (typeof annotations !== 'object' || Array.isArray(annotations))) {
    const message = 'metadata.annotations must be a valid object';
    const path = ['metadata', 'annotations'];
    return [{ stage: 'envelope', message, path, at: 'value' }];
  }
  return [];
}

/**
 * All that Backstage would object to, up to the first stage that objects at all: the first issue is
 * the one that the server reports, the others of the same stage are what it would report next.
 *
 * Takes the document with its placeholders resolved and before annotations are added to it: added
 * ones would hide that the field holds something else.
 */
export function validateEntity(
  value: unknown,
  { kinds }: ValidationOptions,
): readonly ValidationIssue[] {
  const envelope = validateEnvelope(value);
  if (envelope.length) return envelope;
  const policy = policyIssues(value);
  if (policy.length) return policy.map(issue => inStage('policy', issue));
  // The policies have just said so.
  const entity = value as Entity;
  const definition = kinds.find(entity.apiVersion, entity.kind);
  if (!definition) return [unknownKind(entity, kinds)];
  const issues = definition.validate?.(entity) ?? [];
  return issues.map(issue => inStage('kind', issue));
}

/** The kind is at fault, unless it is known under other apiVersions. */
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

/** As lodash has it: a class instance, such as a Date, is none. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
