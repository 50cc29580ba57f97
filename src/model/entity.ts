/** Any JSON value. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
/** A JSON object. */
export type JsonObject = { [key: string]: JsonValue };

/**
 * An entity with the fields that all kinds share.
 * Source: `packages/catalog-model/src/entity/Entity.ts`.
 */
export interface Entity {
  apiVersion: string;
  kind: string;
  metadata: EntityMeta;
  spec?: JsonObject;
  /** Relations, which only entities of a catalog have; sorted by type, then by target. */
  relations?: EntityRelation[];
}

/** Metadata of an entity. */
export interface EntityMeta extends JsonObject {
  name: string;
}

/** A link in `metadata.links`. */
export interface EntityLink {
  url: string;
  title?: string;
  icon?: string;
  type?: string;
}

/** A relation of an entity; `targetRef` is full and lowercase. */
export interface EntityRelation {
  type: string;
  targetRef: string;
}

/** The three parts of an entity ref. */
export interface CompoundEntityRef {
  kind: string;
  namespace: string;
  name: string;
}
