import type {
  LocationAnalysis,
  LocationEntities,
  LocationRegistration,
  RegisteredLocation,
} from '../../../../api';
import { ANNOTATION_ORIGIN_LOCATION, type Entity, parseEntityRef } from '../../../../model';
import type { BackstageConnection, Asking, BackstageQuestion } from '../../../sources/core';
import { ForeignAnswerError } from './backstageSession';
import { NAME_FIELDS, type NamedEntity, readNamed, SEARCHED_FIELDS } from './partial/namedEntity';
import { refPath } from './refPath';
import {
  type AncestryAnswer,
  type EntityVersion,
  ORIGIN_FIELDS,
  type PageOf,
  readAnalysis,
  readAncestry,
  readBatch,
  readLocation,
  readLocations,
  readPage,
  readRefOfOrigin,
  readRegistration,
  readServedEntity,
  readValidationErrors,
  readVersion,
  type ServedEntityAnswer,
  VERSION_FIELDS,
} from './served/servedAnswers';

export interface PageRequest extends Asking {
  /** Cursor of the previous page; undefined for the first page. */
  readonly cursor?: string | undefined;
  /** The API's `filter` parameters, combined with "or". */
  readonly filter: readonly string[];
  readonly limit: number;
}

export interface BatchOptions extends Asking {
  readonly filter?: readonly string[];
}

/** Maximum bytes of a page of entities, including API definitions. */
const MAX_PAGE = 64 * 1024 * 1024;
/** Maximum bytes of a page of names, which are read while the user types. */
const MAX_NAMES = 2 * 1024 * 1024;
/** Maximum number of refs of a location's entities. */
const MOST_FROM_LOCATION = 100;
/**
 * Maximum characters of a value that the server indexes. Source: `buildEntitySearch` (`plugins/catalog-backend`).
 */
const LONGEST_FOUND = 200;

/**
 * Client of a Backstage's catalog API. Answers are validated and bounded. Methods that change the server do so
 * immediately; callers ask the user first.
 *
 * Every method throws a SourceError with advice, or an AbortError.
 *
 * Source: `plugins/catalog-backend/src/service/createRouter.ts` and its OpenAPI schema.
 */
export class BackstageClient {
  readonly #session: BackstageConnection;

  constructor(session: BackstageConnection) {
    this.#session = session;
  }

  /** Returns whole entities by page, in the order of their uids. */
  async entities(request: PageRequest): Promise<PageOf<ServedEntityAnswer>> {
    return this.#page(request, [], readServedEntity);
  }

  /** Returns versions of entities by page. */
  async versions(request: PageRequest): Promise<PageOf<EntityVersion>> {
    return this.#page(request, [['fields', VERSION_FIELDS]], readVersion);
  }

  /**
   * Returns names of entities by page, in the order of the names.
   *
   * @param request.text - part of a name or title, case-insensitive; `%` and `_` are wildcards. Empty matches all
   */
  async named({
    text,
    ...request
  }: PageRequest & { readonly text: string }): Promise<PageOf<NamedEntity>> {
    const query: (readonly [string, string])[] = [
      ['fields', NAME_FIELDS],
      ['orderField', 'metadata.name,asc'],
    ];
    if (text !== '') {
      query.push(['fullTextFilterTerm', text], ['fullTextFilterFields', SEARCHED_FIELDS]);
    }
    // One more than requested, to detect that there are more.
    const most = request.limit + 1;
    return this.#page({ ...request, most, maxSize: MAX_NAMES }, query, readNamed);
  }

  /** Returns undefined if the entity doesn't exist. */
  async entity(ref: string, asking: Asking): Promise<ServedEntityAnswer | undefined> {
    const found = await this.#find({ ...asking, path: entityPath(ref), maxSize: MAX_PAGE });
    return found === undefined ? undefined : (readServedEntity(found) ?? this.#unreadable());
  }

  /** Returns the entity for each ref; undefined if it doesn't exist or doesn't match the filter. */
  async entitiesByRefs(
    refs: readonly string[],
    options: BatchOptions,
  ): Promise<readonly (ServedEntityAnswer | undefined)[]> {
    return this.#batch({ entityRefs: refs }, options, readServedEntity);
  }

  /** Returns the version of the entity for each ref. */
  async versionsByRefs(
    refs: readonly string[],
    options: BatchOptions,
  ): Promise<readonly (EntityVersion | undefined)[]> {
    const fields = VERSION_FIELDS.split(',');
    return this.#batch({ entityRefs: refs, fields }, options, readVersion);
  }

  /** Returns those refs that exist on the server. */
  async existing(refs: readonly string[], asking: Asking): Promise<ReadonlySet<string>> {
    const there = new Set<string>();
    for (const some of refBatches(refs)) {
      for (const found of await this.versionsByRefs(some, asking)) if (found) there.add(found.ref);
    }
    return there;
  }

  /** Returns the number of entities that match a filter; undefined if the server doesn't report it. */
  async count(filter: readonly string[], asking: Asking): Promise<number | undefined> {
    return (await this.#page({ ...asking, filter, limit: 0 }, [], () => undefined)).total;
  }

  /** Returns undefined if the entity doesn't exist. */
  async ancestry(ref: string, asking: Asking): Promise<AncestryAnswer | undefined> {
    const found = await this.#find({ ...asking, path: `${entityPath(ref)}/ancestry` });
    return found === undefined ? undefined : (readAncestry(found) ?? this.#unreadable());
  }

  /** Returns registered locations, without those of the configuration. */
  async locations(asking: Asking): Promise<readonly RegisteredLocation[]> {
    const value = await this.#ask({ ...asking, path: '/api/catalog/locations' });
    return readLocations(value) ?? this.#unreadable();
  }

  /** Returns the registered location that an entity comes from; undefined if there is none. */
  async locationOf(ref: string, asking: Asking): Promise<RegisteredLocation | undefined> {
    const path = entityPath(ref).replace('/entities/by-name/', '/locations/by-entity/');
    const found = await this.#find({ ...asking, path });
    return found === undefined ? undefined : (readLocation(found) ?? this.#unreadable());
  }

  /** Returns the entities of a location; undefined if the server's filters can't express its target. */
  async entitiesOfLocation(
    { type, target }: RegisteredLocation,
    asking: Asking,
  ): Promise<LocationEntities | undefined> {
    const origin = `${type}:${target}`;
    if (origin.length > LONGEST_FOUND || origin.includes(',') || origin !== origin.trim()) {
      return undefined;
    }
    const filter = [`metadata.annotations.${ANNOTATION_ORIGIN_LOCATION}=${origin}`];
    const { items, unusable, total } = await this.#page(
      { ...asking, filter, limit: MOST_FROM_LOCATION, most: MOST_FROM_LOCATION },
      [['fields', ORIGIN_FIELDS]],
      // The server compares case-insensitively.
      item => readRefOfOrigin(item, origin),
    );
    const refs = [...items].sort();
    return { refs, total: Math.max(refs.length, (total ?? 0) - unusable) };
  }

  /**
   * Validates an entity on the server, without changing anything.
   *
   * @param location - location of the entity: `url:https://…`
   * @returns sentences about problems; empty if it is valid
   */
  async validate(entity: Entity, location: string, asking: Asking): Promise<readonly string[]> {
    const { status, value } = await this.#session.ask({
      ...asking,
      method: 'POST',
      path: '/api/catalog/validate-entity',
      isRead: true,
      body: { entity, location },
      answers: [400],
    });
    if (status !== 400) return [];
    return readValidationErrors(value) ?? this.#unreadable();
  }

  /** Analyzes an address for existing registrations and proposed descriptors, without changing anything. */
  async analyze(url: string, asking: Asking): Promise<LocationAnalysis> {
    const value = await this.#ask({
      ...asking,
      method: 'POST',
      path: '/api/catalog/analyze-location',
      isRead: true,
      body: { location: { type: 'url', target: url } },
    });
    return readAnalysis(value) ?? this.#unreadable();
  }

  /** Registers a location, or returns what that would do. An existing registration is unchanged. */
  async register(
    url: string,
    { isTrial, ...asking }: Asking & { readonly isTrial: boolean },
  ): Promise<LocationRegistration> {
    const { status, value } = await this.#session.ask({
      ...asking,
      method: 'POST',
      path: '/api/catalog/locations',
      isRead: isTrial,
      query: isTrial ? [['dryRun', 'true']] : [],
      body: { type: 'url', target: url },
      answers: [409],
    });
    if (status === 409) return { location: undefined, entityRefs: [], exists: true };
    return readRegistration(value) ?? this.#unreadable();
  }

  async unregister({ id }: RegisteredLocation, asking: Asking): Promise<void> {
    const path = `/api/catalog/locations/${encodeURIComponent(id)}`;
    await this.#ask({ ...asking, method: 'DELETE', path });
  }

  /** Deletes an entity. It comes back if something still refers to it; a missing one is not an error. */
  async deleteEntity(uid: string, asking: Asking): Promise<void> {
    const path = `/api/catalog/entities/by-uid/${encodeURIComponent(uid)}`;
    await this.#ask({ ...asking, method: 'DELETE', path });
  }

  /** Schedules an entity to be read again by the server. */
  async refresh(ref: string, asking: Asking): Promise<void> {
    const body = { entityRef: ref };
    await this.#ask({ ...asking, method: 'POST', path: '/api/catalog/refresh', body });
  }

  async #page<T>(
    {
      cursor,
      filter,
      limit,
      most,
      maxSize = MAX_PAGE,
      ...asking
    }: PageRequest & { readonly most?: number; readonly maxSize?: number },
    query: BackstageQuestion['query'] & {},
    readItem: (item: unknown) => T | undefined,
  ): Promise<PageOf<T>> {
    const answer = await this.#session.ask({
      ...asking,
      path: '/api/catalog/entities/by-query',
      query: [
        ['limit', String(limit)],
        ...query,
        // The cursor contains the filter.
        ...(cursor === undefined
          ? filter.map(each => ['filter', each] as const)
          : [['cursor', cursor] as const]),
      ],
      maxSize,
    });
    return readPage({ ...answer, most }, readItem) ?? this.#unreadable();
  }

  async #batch<T>(
    body: { readonly entityRefs: readonly string[]; readonly fields?: readonly string[] },
    { filter = [], ...asking }: BatchOptions,
    readItem: (item: unknown) => T | undefined,
  ): Promise<readonly (T | undefined)[]> {
    const value = await this.#ask({
      ...asking,
      method: 'POST',
      path: '/api/catalog/entities/by-refs',
      isRead: true,
      query: filter.map(each => ['filter', each] as const),
      body,
      maxSize: MAX_PAGE,
    });
    return readBatch(value, body.entityRefs.length, readItem) ?? this.#unreadable();
  }

  async #ask(question: BackstageQuestion): Promise<unknown> {
    return (await this.#session.ask(question)).value;
  }

  /** Returns undefined for 404. */
  async #find(question: BackstageQuestion): Promise<unknown> {
    const { status, value } = await this.#session.ask({ ...question, answers: [404] });
    return status === 404 ? undefined : value;
  }

  #unreadable(): never {
    throw new ForeignAnswerError('The answer is not from a Backstage catalog.', {
      advice: 'Callboard may not support its version.',
    });
  }
}

function entityPath(ref: string): string {
  const { kind, namespace, name } = parseEntityRef(ref);
  return `/api/catalog/entities/by-name/${refPath(kind, namespace, name)}`;
}

/** Maximum number of refs in a request for versions. */
const MOST = 500;
/** Maximum characters of refs in a request: Backstage accepts bodies of 100 kB. */
const LONGEST = 50_000;

/** Splits refs into batches that the server accepts in one request. */
export function* refBatches(refs: readonly string[]): Generator<readonly string[]> {
  let batch: string[] = [];
  let length = 0;
  for (const ref of refs) {
    if (batch.length >= MOST || (batch.length && length + ref.length > LONGEST)) {
      yield batch;
      [batch, length] = [[], 0];
    }
    batch.push(ref);
    length += ref.length + 3;
  }
  if (batch.length) yield batch;
}
