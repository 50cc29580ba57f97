import type {
  CompoundEntityRef,
  EntityPlace,
  EntityRefContext,
  EntityRelation,
  EntitySummary,
  FailedDescriptor,
  Problem,
  ReferenceSite,
} from '../../../model';
import type { KindRegistry } from '../../../model/validation';

/** A ref in a catalog file, with its entity. */
export interface ReferencePlace extends ReferenceSite {
  /** URI; undefined for entities without a file. */
  readonly file: string | undefined;
  /** 0-based index of the document. */
  readonly document: number;
  readonly sourceRef: string;
}

/** An entity with its file. */
export interface CatalogEntity extends EntitySummary {
  /** URI; undefined for entities without a file. */
  readonly file: string | undefined;
}

/** The place of a descriptor with errors. */
export interface FailedPlace extends EntityPlace {
  /** URI */
  readonly file: string;
}

/** Fields whose values are counted over the entities of the catalog. */
export type FacetField = 'kind' | 'namespace' | 'type' | 'lifecycle' | 'tag';

/**
 * The catalog as language features see it, with immediate answers from memory. Refs are full and lowercase
 * (`kind:namespace/name`).
 */
export interface CatalogView {
  /** Whether the workspace has been read; before that, a missing entity may only not be loaded yet. */
  readonly isReady: boolean;
  readonly kinds: KindRegistry;
  has(ref: string): boolean;
  /** Returns the entity that wins the ref. */
  get(ref: string): CatalogEntity | undefined;
  /** Returns the entities, or those of a kind (any case), in no particular order. */
  entities(kind?: string): Iterable<CatalogEntity>;
  /** Returns the entities of a file in document order, including shadowed ones. */
  entitiesInFile(file: string): readonly CatalogEntity[];
  /** Returns the descriptors of a file that aren't entities because of errors. */
  failedInFile(file: string): readonly FailedDescriptor[];
  /** Returns the places of descriptors that would be this entity if they had no errors. */
  failed(ref: string): readonly FailedPlace[];
  /** URIs of the files with descriptors, including those with errors. */
  files(): Iterable<string>;
  /** Returns relations in both directions without duplicates, in Backstage's order; also for a missing entity. */
  relations(ref: string): readonly EntityRelation[];
  /** Returns the refs to an entity in fields of other entities. */
  referencesTo(ref: string): readonly ReferencePlace[];
  /** Returns the number of entities that refer to this one, without computing `referencesTo`. */
  referrerCount(ref: string): number;
  /** Returns existing refs similar to a wrong one, the nearest first, in the shortest form. */
  nearest(
    target: CompoundEntityRef,
    context: EntityRefContext & { readonly defaultNamespace: string },
  ): readonly string[];
  /** Returns the values in use with their numbers of entities. @param kind - restricts the entities, any case */
  facet(field: FacetField, kind?: string): ReadonlyMap<string, number>;
  /** Returns the engine's problems of an open file. */
  problems(file: string): readonly Problem[];
}
