import type {
  LocationAnalysis,
  LocationRegistration,
  RegisteredLocation,
} from '../../../../../api';
import { isRecord, textsIn } from '../../../../../base';
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
 * Validation of catalog answers, which are untrusted. Each function takes parsed JSON and returns the usable part, or
 * undefined.
 */

/** An entity of an answer. */
export interface ServedEntityAnswer {
  /** Full and in lower case. */
  readonly ref: string;
  /** The entity without relations. */
  readonly entity: JsonObject;
  readonly relations: readonly EntityRelation[];
  /** Number of relations above the maximum, which are dropped. */
  readonly excess: number;
}

/** Version of an entity, for detecting changes. */
export interface EntityVersion {
  readonly ref: string;
  /** Undefined if the etag doesn't identify the version. */
  readonly version: string | undefined;
}

export interface PageOf<T> {
  readonly items: readonly T[];
  /** Number of unusable items, which are left out. */
  readonly unusable: number;
  /** Total of all pages; undefined if the server doesn't report it. */
  readonly total: number | undefined;
  readonly nextCursor: string | undefined;
  /** Bytes of the answer. */
  readonly size: number;
}

/** Maximum depth of a value. */
const MAX_DEPTH = 100;
/** Maximum number of relations of an entity: more would block the thread. */
const MOST_RELATIONS = 20_000;
/** Maximum characters of a cursor, which becomes part of a URL. */
const MAX_CURSOR = 64 * 1024;

/**
 * Matches parts of refs. Instances can have their own rules, but other characters would change the ref or the URL
 * path.
 */
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
 * Returns the version of an entity: its uid and etag, which is a hash of the served entity. An etag from the
 * descriptor doesn't identify the version. Source: `performStitching` (`plugins/catalog-backend`).
 */
export function readVersion(value: unknown): EntityVersion | undefined {
  const ref = readRef(value);
  if (ref === undefined || !isRecord(value)) return undefined;
  const { uid, etag } = isRecord(value['metadata']) ? value['metadata'] : {};
  const isTelling = typeof etag === 'string' && /^[0-9a-f]{40}$/.test(etag);
  return { ref, version: isTelling ? `${etag} ${typeof uid === 'string' ? uid : ''}` : undefined };
}

/** Fields that {@link readVersion} needs. */
export const VERSION_FIELDS = 'kind,metadata.namespace,metadata.name,metadata.uid,metadata.etag';

/** Returns the ref of an entity with an origin location; undefined for other origins. */
export function readRefOfOrigin(value: unknown, origin: string): string | undefined {
  const { metadata } = isRecord(value) ? value : {};
  const { annotations } = isRecord(metadata) ? metadata : {};
  const isOfOrigin = isRecord(annotations) && annotations[ANNOTATION_ORIGIN_LOCATION] === origin;
  return isOfOrigin ? readRef(value) : undefined;
}

/** Fields that {@link readRefOfOrigin} needs. All annotations, because the server splits their names at dots. */
export const ORIGIN_FIELDS = 'kind,metadata.namespace,metadata.name,metadata.annotations';

/** Reads a page of `/entities/by-query`. @param most - maximum number of items to read */
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

/** Reads an answer of `/entities/by-refs`: an item for each ref, undefined for missing entities. */
export function readBatch<T>(
  value: unknown,
  count: number,
  readItem: (item: unknown) => T | undefined,
): readonly (T | undefined)[] | undefined {
  if (!isRecord(value) || !Array.isArray(value['items'])) return undefined;
  const items: readonly unknown[] = value['items'];
  return items.length === count ? items.map(readItem) : undefined;
}

/** Ancestors of an entity, each with the refs of its parents. */
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

/** Reads an answer of `GET /locations`. */
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

/** Maximum number of errors: more than an editor shows for a file. */
const MOST_ERRORS = 1000;

/** Reads the messages of a negative answer of `/validate-entity`. */
export function readValidationErrors(value: unknown): readonly string[] | undefined {
  if (!isRecord(value) || !Array.isArray(value['errors'])) return undefined;
  return value['errors'].slice(0, MOST_ERRORS).flatMap((error: unknown) => {
    const message = isRecord(error) ? error['message'] : undefined;
    return typeof message === 'string' ? message : [];
  });
}

export interface GuestToken {
  readonly token: string;
  /** Validity in milliseconds. */
  readonly lifetime: number;
}

/** Validity in seconds of a guest token without one: Backstage's default. */
const GUEST_LIFETIME = 3600;

export function readGuestToken(value: unknown): GuestToken | undefined {
  const identity = isRecord(value) ? value['backstageIdentity'] : undefined;
  if (!isRecord(identity)) return undefined;
  const { token, expiresInSeconds } = identity;
  // Header values have no spaces or line breaks.
  if (typeof token !== 'string' || !/^[\w.~+/=-]{1,16384}$/.test(token)) return undefined;
  const hasLifetime = typeof expiresInSeconds === 'number' && expiresInSeconds > 0;
  const seconds = hasLifetime ? Math.min(expiresInSeconds, 24 * GUEST_LIFETIME) : GUEST_LIFETIME;
  return { token, lifetime: seconds * 1000 };
}

/** Reads the ref of a value that looks like an entity. */
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

/** Removes duplicates; older servers have the target in parts. */
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

/** Returns a key that identifies a relation of an entity. */
export function relationKey({ type, targetRef }: EntityRelation): string {
  return `${type}\0${targetRef}`;
}

/** Whether a value can be part of a relation key. */
function isPlain(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !/\p{Cc}/u.test(value);
}

function textsOf(value: unknown): readonly string[] {
  return textsIn(value);
}

/** Narrows a value parsed from JSON. */
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
