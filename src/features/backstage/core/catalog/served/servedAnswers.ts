import type {
  LocationAnalysis,
  LocationRegistration,
  RegisteredLocation,
} from '../../../../../api';
import { isRecord } from '../../../../../base';
import {
  ANNOTATION_ORIGIN_LOCATION,
  DEFAULT_NAMESPACE,
  type EntityRelation,
  type JsonObject,
  type JsonValue,
  readEntityRef,
  stringifyEntityRef,
} from '../../../../../model';

/*
 * What a server answers is whatever somebody else's program wrote: each function here takes what was parsed of it,
 * and gives what can be used, or undefined.
 */

/** An entity of an answer. */
export interface ServedEntityAnswer {
  /** Full and lower-cased. */
  readonly ref: string;
  /** All that the server says, but for its relations. */
  readonly entity: JsonObject;
  readonly relations: readonly EntityRelation[];
  /** How many more relations the server says than are used. */
  readonly excess: number;
}

/** As much of an entity as tells whether it is still the same. */
export interface EntityVersion {
  readonly ref: string;
  /** Undefined where it does not tell one version from another. */
  readonly version: string | undefined;
}

export interface PageOf<T> {
  readonly items: readonly T[];
  /** How many items were left out, as they cannot be used. */
  readonly unusable: number;
  /** Of all pages; undefined where the server does not say. */
  readonly total: number | undefined;
  readonly nextCursor: string | undefined;
  /** Bytes of the answer. */
  readonly size: number;
}

/** A value deeper than that is no entity that anybody wrote, and hard to go through. */
const MAX_DEPTH = 100;
/** Of one entity: with more of them, it alone would hold the thread. */
const MOST_RELATIONS = 20_000;
/** Longer cursors would not get through as part of an address. */
const MAX_CURSOR = 64 * 1024;

/** Parts of refs: an instance can have rules of its own for them, but these would make another ref of it, or a way out. */
export const PART = /^(?!\.{1,2}$)[^\s/:\\?#\p{Cc}]{1,253}$/u;

export function readServedEntity(value: unknown): ServedEntityAnswer | undefined {
  const ref = readRef(value);
  if (ref === undefined || !isJsonObject(value) || !isShallow(value, MAX_DEPTH)) return undefined;
  const { apiVersion, spec, metadata } = value;
  if (typeof apiVersion !== 'string' || apiVersion === '') return undefined;
  if (spec !== undefined && !isRecord(spec)) return undefined;
  const { annotations } = isRecord(metadata) ? metadata : {};
  if (annotations !== undefined && !isRecord(annotations)) return undefined;
  const { relations, ...entity } = value;
  const all: readonly unknown[] = Array.isArray(relations) ? relations : [];
  const excess = Math.max(0, all.length - MOST_RELATIONS);
  return { ref, entity, relations: readRelations(excess ? all.slice(0, -excess) : all), excess };
}

/**
 * The version of an entity, which is its etag with its uid: the etag is a hash of all that is served of it. One that
 * its descriptor sets stays what it is, whatever else changes. Source: `performStitching` (`plugins/catalog-backend`).
 */
export function readVersion(value: unknown): EntityVersion | undefined {
  const ref = readRef(value);
  if (ref === undefined || !isRecord(value)) return undefined;
  const { uid, etag } = isRecord(value['metadata']) ? value['metadata'] : {};
  const isTelling = typeof etag === 'string' && /^[0-9a-f]{40}$/.test(etag);
  return { ref, version: isTelling ? `${etag} ${typeof uid === 'string' ? uid : ''}` : undefined };
}

/** The fields that {@link readVersion} needs. */
export const VERSION_FIELDS = 'kind,metadata.namespace,metadata.name,metadata.uid,metadata.etag';

/** The ref of an entity that came by an origin; undefined for one that came by another. */
export function readRefOfOrigin(value: unknown, origin: string): string | undefined {
  const { metadata } = isRecord(value) ? value : {};
  const { annotations } = isRecord(metadata) ? metadata : {};
  const isOfOrigin = isRecord(annotations) && annotations[ANNOTATION_ORIGIN_LOCATION] === origin;
  return isOfOrigin ? readRef(value) : undefined;
}

/** The fields that {@link readRefOfOrigin} needs: a server takes the name of an annotation with dots apart. */
export const ORIGIN_FIELDS = 'kind,metadata.namespace,metadata.name,metadata.annotations';

/** A page of `/entities/by-query`. @param most - so many items are read, should there be more than were asked for */
export function readPage<T>(
  {
    value,
    size,
    most,
  }: { readonly value: unknown; readonly size: number; readonly most?: number | undefined },
  readItem: (item: unknown) => T | undefined,
): PageOf<T> | undefined {
  if (!isRecord(value) || !Array.isArray(value['items'])) return undefined;
  const { totalItems, pageInfo } = value;
  const cursor = isRecord(pageInfo) ? pageInfo['nextCursor'] : undefined;
  if (typeof cursor === 'string' && cursor.length > MAX_CURSOR) return undefined;
  const all: readonly unknown[] = value['items'].slice(0, most);
  const items = all.flatMap(item => readItem(item) ?? []);
  return {
    items,
    unusable: all.length - items.length,
    total: isCount(totalItems) ? totalItems : undefined,
    nextCursor: typeof cursor === 'string' && cursor !== '' ? cursor : undefined,
    size,
  };
}

/** Of `/entities/by-refs`: an item for each ref, undefined where there is none. */
export function readBatch<T>(
  value: unknown,
  count: number,
  readItem: (item: unknown) => T | undefined,
): readonly (T | undefined)[] | undefined {
  if (!isRecord(value) || !Array.isArray(value['items'])) return undefined;
  const items: readonly unknown[] = value['items'];
  return items.length === count ? items.map(readItem) : undefined;
}

/** How an entity came into the catalog: each step, with the refs of what it came by. */
export interface AncestryAnswer {
  readonly rootRef: string;
  readonly items: readonly { readonly ref: string; readonly parentRefs: readonly string[] }[];
}

export function readAncestry(value: unknown): AncestryAnswer | undefined {
  if (!isRecord(value) || typeof value['rootEntityRef'] !== 'string') return undefined;
  if (!Array.isArray(value['items'])) return undefined;
  const items = value['items'].flatMap((item: unknown) => {
    const ref = isRecord(item) ? readRef(item['entity']) : undefined;
    const parents = isRecord(item) ? item['parentEntityRefs'] : undefined;
    return ref === undefined ? [] : { ref, parentRefs: textsOf(parents) };
  });
  return { rootRef: value['rootEntityRef'], items };
}

export function readLocation(value: unknown): RegisteredLocation | undefined {
  if (!isRecord(value)) return undefined;
  const { id, type, target } = value;
  const isOne = [id, type, target].every(text => typeof text === 'string');
  return isOne ? { id: String(id), type: String(type), target: String(target) } : undefined;
}

/** Of `GET /locations`. */
export function readLocations(value: unknown): readonly RegisteredLocation[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((item: unknown) => (isRecord(item) && readLocation(item['data'])) || []);
}

export function readRegistration(value: unknown): LocationRegistration | undefined {
  if (!isRecord(value) || !Array.isArray(value['entities'])) return undefined;
  const { location, entities, exists } = value;
  return {
    location: readLocation(location),
    entityRefs: (entities as readonly unknown[]).flatMap(entity => readRef(entity) ?? []),
    exists: typeof exists === 'boolean' ? exists : undefined,
  };
}

export function readAnalysis(value: unknown): LocationAnalysis | undefined {
  if (!isRecord(value)) return undefined;
  const { existingEntityFiles, generateEntities } = value;
  if (!Array.isArray(existingEntityFiles) || !Array.isArray(generateEntities)) return undefined;
  const existing = existingEntityFiles.flatMap((item: unknown) => {
    const ref = isRecord(item) ? readRef(item['entity']) : undefined;
    return ref === undefined
      ? []
      : { ref, isRegistered: isRecord(item) && item['isRegistered'] === true };
  });
  const proposed = generateEntities.flatMap((item: unknown): JsonObject[] => {
    const entity = isRecord(item) ? item['entity'] : undefined;
    return isJsonObject(entity) && isShallow(entity, MAX_DEPTH) ? [entity] : [];
  });
  return { existing, proposed };
}

/** More than an editor shows of one file; each is looked for in the entity. */
const MOST_ERRORS = 1000;

/** The sentences of an answer of `/validate-entity` that refuses. */
export function readValidationErrors(value: unknown): readonly string[] | undefined {
  if (!isRecord(value) || !Array.isArray(value['errors'])) return undefined;
  return value['errors'].slice(0, MOST_ERRORS).flatMap((error: unknown) => {
    const message = isRecord(error) ? error['message'] : undefined;
    return typeof message === 'string' ? message : [];
  });
}

export interface GuestToken {
  readonly token: string;
  /** Milliseconds for which it is good. */
  readonly lifetime: number;
}

/** What a token of a guest is good for where the server does not say: what it is by default. */
const GUEST_LIFETIME = 3600;

export function readGuestToken(value: unknown): GuestToken | undefined {
  const identity = isRecord(value) ? value['backstageIdentity'] : undefined;
  if (!isRecord(identity)) return undefined;
  const { token, expiresInSeconds } = identity;
  // What goes into a header has no spaces and no end of a line.
  if (typeof token !== 'string' || !/^[\w.~+/=-]{1,16384}$/.test(token)) return undefined;
  const isSaid = typeof expiresInSeconds === 'number' && expiresInSeconds > 0;
  const seconds = isSaid ? Math.min(expiresInSeconds, 24 * GUEST_LIFETIME) : GUEST_LIFETIME;
  return { token, lifetime: seconds * 1000 };
}

/** The ref of what looks like an entity. */
export function readRef(value: unknown): string | undefined {
  if (!isRecord(value) || !isRecord(value['metadata'])) return undefined;
  const { kind, metadata } = value;
  const { name, namespace = DEFAULT_NAMESPACE } = metadata;
  if (!isPart(kind) || !isPart(namespace) || !isPart(name)) return undefined;
  return stringifyEntityRef({ kind, namespace, name });
}

function isPart(value: unknown): value is string {
  return typeof value === 'string' && PART.test(value);
}

/** Each once; servers of older versions say the target in parts. */
function readRelations(items: readonly unknown[]): readonly EntityRelation[] {
  const relations = new Map<string, EntityRelation>();
  for (const item of items) {
    const { type, targetRef, target } = isRecord(item) ? item : {};
    if (!isPlain(type)) continue;
    const parsed = readEntityRef(targetRef ?? target);
    if (!parsed.ok) continue;
    const relation = { type, targetRef: stringifyEntityRef(parsed.value) };
    if (isPlain(relation.targetRef)) relations.set(relationKey(relation), relation);
  }
  return [...relations.values()];
}

/** What tells a relation of an entity from the others. */
export function relationKey({ type, targetRef }: EntityRelation): string {
  return `${type}\0${targetRef}`;
}

/** Nearly anything can be referred to, but nothing that would take a key apart. */
function isPlain(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !/\p{Cc}/u.test(value);
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
}

/** Of what was parsed as JSON, which holds nothing else. */
export function isJsonObject(value: unknown): value is JsonObject {
  return isRecord(value);
}

export function isShallow(value: JsonValue, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  return Object.values(value).every(item => isShallow(item, depth - 1));
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
