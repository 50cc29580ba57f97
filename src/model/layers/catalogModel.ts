import type { JsonSchema } from './jsonSchemas';
import type { RelationField } from './operations';

/** Rules for entities of a kind, an apiVersion and, where there are variants, a `spec.type`. */
export interface KindVariant {
  /** Undefined for entities of no other variant. */
  readonly specType: string | undefined;
  readonly description: string | undefined;
  readonly relationFields: readonly RelationField[];
  /** Schema of the kind's own fields, as layers declare it. */
  readonly ownSchema: JsonSchema;
  /** Schema of the whole entity, with that of `metadata`. */
  readonly schema: JsonSchema;
}

/** A version of a kind, with its variants by `spec.type`. */
export interface KindVersion {
  readonly name: string;
  readonly apiVersion: string;
  readonly variants: readonly KindVariant[];
}

/** A kind of the model, with all its versions. */
export interface ModelKind {
  readonly kind: string;
  readonly group: string;
  readonly singular: string;
  readonly plural: string;
  readonly description: string;
  readonly versions: readonly KindVersion[];
}

/** A pair of relation types. */
export interface ModelRelation {
  readonly type: string;
  readonly title: string;
  readonly reverseType: string;
  readonly reverseTitle: string;
  readonly description: string;
  /** Allowed pairs of kinds. Other pairs have no inverse relation. */
  readonly pairs: readonly { readonly fromKind: string; readonly toKinds: readonly string[] }[];
}

/** An annotation, a label or a tag. */
export interface ModelTerm {
  readonly name: string;
  readonly title: string | undefined;
  readonly description: string;
  readonly schema: JsonSchema | undefined;
}

/** Kinds, relations and metadata of an organization's catalog. */
export interface CatalogModel {
  readonly kinds: readonly ModelKind[];
  readonly relations: readonly ModelRelation[];
  readonly annotations: readonly ModelTerm[];
  readonly labels: readonly ModelTerm[];
  readonly tags: readonly ModelTerm[];
}
