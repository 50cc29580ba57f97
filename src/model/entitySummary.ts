import type { Range } from '../base';
import type { Problem } from './problems/problem';

/** A ref in a file, with its target. Plain data that is passed between processes. */
export interface ReferenceSite {
  /** Path of the field: `spec.dependsOn[1]`. */
  readonly field: string;
  readonly written: string;
  /** Full ref, lowercase. */
  readonly targetRef: string;
  readonly type: string;
  readonly inverse: string;
  /** Kind of refs without a kind in this field. */
  readonly defaultKind: string | undefined;
  readonly range: Range;
}

/** Place of an entity in its file. */
export interface EntityPlace {
  /** 0-based index into `yaml`'s `parseAllDocuments`, empty documents counted. */
  readonly document: number;
  /** Range of the document's content. */
  readonly range: Range;
  /** Range of the value of `metadata.name`. */
  readonly nameRange: Range;
}

/**
 * Fields of an entity for authoring features, with its references. Plain data: the language server
 * has one for every entity of the catalog.
 */
export interface EntitySummary {
  /** `kind:namespace/name`, lowercase. */
  readonly ref: string;
  /** Kind as written, like `namespace` and `name`. */
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly title?: string;
  /** Description, truncated if long. */
  readonly description?: string;
  /** `spec.type` of the entity. */
  readonly type?: string;
  /** `spec.lifecycle` of the entity. */
  readonly lifecycle?: string;
  readonly tags?: readonly string[];
  /** Annotations, without values longer than a line. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Undefined for entities outside files. */
  readonly place?: EntityPlace;
  readonly references: readonly ReferenceSite[];
  /** Relations that plugins add besides the references. */
  readonly emitted?: readonly { sourceRef: string; type: string; targetRef: string }[];
  /** Whether another document with the same ref takes precedence. */
  readonly isShadowed?: true;
}

/** A descriptor that isn't an entity because it has errors. */
export interface FailedDescriptor {
  /** `kind:namespace/name`, lowercase; undefined if kind or name can't be read. */
  readonly ref?: string;
  readonly place: EntityPlace;
}

/** Entities of a file, or of a provider with a URI of its own; empty after it is removed. */
export interface CatalogFileRow {
  readonly uri: string;
  readonly entities: readonly EntitySummary[];
  /** Failed descriptors; undefined if there are none. */
  readonly failed?: readonly FailedDescriptor[];
}

/** Problems of a file, as sent to copies of the catalog. */
export interface FileProblems {
  readonly file: string;
  /** Increases with every update of any file. */
  readonly revision: number;
  readonly problems: readonly Problem[];
}
