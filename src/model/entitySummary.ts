import type { Range } from '../base';
import type { Problem } from './problems/problem';

/** A ref as written in a file, and where it leads. Plain data: it crosses process lines. */
export interface ReferenceSite {
  /** Dotted, as people write it: `spec.dependsOn[1]`. */
  readonly field: string;
  readonly written: string;
  /** Full and lower-cased. */
  readonly targetRef: string;
  readonly type: string;
  readonly inverse: string;
  /** The kind that the field takes for granted. */
  readonly defaultKind: string | undefined;
  readonly range: Range;
}

/** Where an entity stands in a file; the file itself is known from elsewhere. */
export interface EntityPlace {
  /** 0-based index into `yaml`'s `parseAllDocuments`, empty documents counted. */
  readonly document: number;
  /** Of the document's content. */
  readonly range: Range;
  /** Of the value of `metadata.name`. */
  readonly nameRange: Range;
}

/**
 * What authors are told of an entity that they refer to, and what it refers to itself. Plain data: a
 * language server holds one for every entity of a catalog.
 */
export interface EntitySummary {
  /** `kind:namespace/name`, lower-cased. */
  readonly ref: string;
  /** The three parts as the entity spells them. */
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly title?: string;
  /** Its beginning, where it is long. */
  readonly description?: string;
  /** `spec.type` and `spec.lifecycle`. */
  readonly type?: string;
  readonly lifecycle?: string;
  readonly tags?: readonly string[];
  /** Values of more than a line's length are left out. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Undefined for entities that are not written in a file. */
  readonly place?: EntityPlace;
  readonly references: readonly ReferenceSite[];
  /** Relations that plugins give it besides those of its references. */
  readonly emitted?: readonly { sourceRef: string; type: string; targetRef: string }[];
  /** Whether another document has the same ref and wins. */
  readonly isShadowed?: true;
}

/** A descriptor that is no entity, because it has errors. */
export interface FailedDescriptor {
  /** `kind:namespace/name`, lower-cased; undefined where its kind or its name cannot be read. */
  readonly ref?: string;
  readonly place: EntityPlace;
}

/** What a file (or a provider, under a URI of its own) brings to a catalog; nothing, once it is gone. */
export interface CatalogFileRow {
  readonly uri: string;
  readonly entities: readonly EntitySummary[];
  /** Undefined where it has none. */
  readonly failed?: readonly FailedDescriptor[];
}

/** What the engine says of a file, as it is told to a copy of the catalog. */
export interface FileProblems {
  readonly file: string;
  /** What is told later of any file has a higher one. */
  readonly revision: number;
  readonly problems: readonly Problem[];
}
