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

/** A ref in a file of the catalog, and the entity that it belongs to. */
export interface ReferencePlace extends ReferenceSite {
  /** URI; undefined where the entity is not written in a file. */
  readonly file: string | undefined;
  /** 0-based index of the document. */
  readonly document: number;
  readonly sourceRef: string;
}

/** An entity and the file that it stands in. */
export interface CatalogEntity extends EntitySummary {
  /** URI; undefined for entities that are not written in a file. */
  readonly file: string | undefined;
}

/** Where a descriptor stands that has errors. */
export interface FailedPlace extends EntityPlace {
  /** URI */
  readonly file: string;
}

/** Values that a field of the catalog's entities has, and how many entities have each. */
export type FacetField = 'kind' | 'namespace' | 'type' | 'lifecycle' | 'tag';

/**
 * The catalog as the language features see it: everything in it is answered at once, from memory. Refs
 * are full and lower-cased (`kind:namespace/name`).
 */
export interface CatalogView {
  /** Whether the workspace has been read; before that, what is missing may only not be there yet. */
  readonly isReady: boolean;
  readonly kinds: KindRegistry;
  has(ref: string): boolean;
  /** The entity that wins the ref. */
  get(ref: string): CatalogEntity | undefined;
  /** All entities, or those of a kind (any case), in no particular order. */
  entities(kind?: string): Iterable<CatalogEntity>;
  /** Those that a file holds, in the order of its documents; shadowed ones included. */
  entitiesInFile(file: string): readonly CatalogEntity[];
  /** The descriptors of a file that are no entities, because they have errors. */
  failedInFile(file: string): readonly FailedDescriptor[];
  /** Where descriptors stand that would be this entity, if they had no errors. */
  failed(ref: string): readonly FailedPlace[];
  /** URIs of the files that hold descriptors, those with errors included. */
  files(): Iterable<string>;
  /** Both directions, each once, sorted as Backstage sorts them; also of a ref that does not exist. */
  relations(ref: string): readonly EntityRelation[];
  /** The refs in fields of entities that lead to this one. */
  referencesTo(ref: string): readonly ReferencePlace[];
  /** How many entities refer to this one: what `referencesTo` counts, without looking through it. */
  referrerCount(ref: string): number;
  /** Refs that may have been meant, the nearest first, in the shortest form that leads there. */
  nearest(
    target: CompoundEntityRef,
    context: EntityRefContext & { readonly defaultNamespace: string },
  ): readonly string[];
  /**
   * Values in use, with the number of entities.
   *
   * @param kind - of these entities alone, any case
   */
  facet(field: FacetField, kind?: string): ReadonlyMap<string, number>;
  /** What the engine has to say of an open file. */
  problems(file: string): readonly Problem[];
}
