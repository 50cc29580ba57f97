/** Any value that JSON can hold. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export type JsonObject = { [key: string]: JsonValue };

/**
 * A descriptor as Backstage holds it: what every kind has in common.
 * Source: `packages/catalog-model/src/entity/Entity.ts`.
 */
export interface Entity {
  apiVersion: string;
  kind: string;
  metadata: EntityMeta;
  spec?: JsonObject;
  /** Only on entities that come out of the catalog; sorted by type, then by target. */
  relations?: EntityRelation[];
}

export interface EntityMeta extends JsonObject {
  name: string;
}

/** Links that an entity may have under `metadata.links`. */
export interface EntityLink {
  url: string;
  title?: string;
  icon?: string;
  type?: string;
}

/** One end of a relation as an entity carries it; `targetRef` is full and lower-cased. */
export interface EntityRelation {
  type: string;
  targetRef: string;
}

/** The three parts that name an entity. */
export interface CompoundEntityRef {
  kind: string;
  namespace: string;
  name: string;
}
