import type { KindRegistry } from './kinds';
import type { SchemaIssue } from './schemaIssues';

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
