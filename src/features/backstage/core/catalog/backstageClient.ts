import type {
  LocationAnalysis,
  LocationEntities,
  LocationRegistration,
  RegisteredLocation,
} from '../../../../api';
import { ANNOTATION_ORIGIN_LOCATION, type Entity, parseEntityRef } from '../../../../model';
import type { AskedBackstage, Asking, BackstageQuestion } from '../../../sources/core';
import { ForeignAnswerError } from './backstageSession';
import { NAME_FIELDS, type NamedEntity, readNamed, SEARCHED_FIELDS } from './held/namedEntity';
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
  /** Of the page before; without it, the first one. */
  readonly cursor?: string | undefined;
  /** As the `filter` parameters of the API: any of them. */
  readonly filter: readonly string[];
  readonly limit: number;
}

export interface BatchOptions extends Asking {
  readonly filter?: readonly string[];
}

/** Bytes of a page of entities, definitions of APIs among them. */
const MAX_PAGE = 64 * 1024 * 1024;
/** And of one of names alone, which are read while somebody types. */
const MAX_NAMES = 2 * 1024 * 1024;
/** Refs of what a location brought. */
const MOST_BROUGHT = 100;
/** Characters of a value that the server finds something by. Source: `buildEntitySearch` (`plugins/catalog-backend`). */
const LONGEST_FOUND = 200;

/**
 * The REST API of a Backstage's catalog. What it answers is checked and in bounds, so what comes out of here can be
 * relied upon. What changes something on the server does so at once: whoever calls has asked before.
 *
 * Every method throws a SourceError that says what to do, or an AbortError.
 *
 * Source: `plugins/catalog-backend/src/service/createRouter.ts` and its OpenAPI schema.
 */
export class BackstageClient {
  readonly #session: AskedBackstage;

  constructor(session: AskedBackstage) {
    this.#session = session;
  }

  /** Whole entities, page by page, in the order of their uids. */
  async entities(request: PageRequest): Promise<PageOf<ServedEntityAnswer>> {
    return this.#page(request, [], readServedEntity);
  }

  /** What tells one version of an entity from the other, page by page. */
  async versions(request: PageRequest): Promise<PageOf<EntityVersion>> {
    return this.#page(request, [['fields', VERSION_FIELDS]], readVersion);
  }

  /**
   * Names of entities, page by page, in the order of the names.
   *
   * @param request.text - what a name or a title has in it, in any case; `%` and `_` stand for anything. Empty: any
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
    // One more tells that there are too many.
    const most = request.limit + 1;
    return this.#page({ ...request, most, maxSize: MAX_NAMES }, query, readNamed);
  }

  /** Undefined where there is no such entity. */
  async entity(ref: string, asking: Asking): Promise<ServedEntityAnswer | undefined> {
    const found = await this.#find({ ...asking, path: entityPath(ref), maxSize: MAX_PAGE });
    return found === undefined ? undefined : (readServedEntity(found) ?? this.#unreadable());
  }

  /** For each ref its entity, undefined where there is none; those that do not fit the filter are none. */
  async entitiesByRefs(
    refs: readonly string[],
    options: BatchOptions,
  ): Promise<readonly (ServedEntityAnswer | undefined)[]> {
    return this.#batch({ entityRefs: refs }, options, readServedEntity);
  }

  /** The same, with no more than tells one version of an entity from the other. */
  async versionsByRefs(
    refs: readonly string[],
    options: BatchOptions,
  ): Promise<readonly (EntityVersion | undefined)[]> {
    const fields = VERSION_FIELDS.split(',');
    return this.#batch({ entityRefs: refs, fields }, options, readVersion);
  }

  /** Those of some refs that the server has entities of. */
  async existing(refs: readonly string[], asking: Asking): Promise<ReadonlySet<string>> {
    const there = new Set<string>();
    for (const some of refBatches(refs)) {
      for (const found of await this.versionsByRefs(some, asking)) if (found) there.add(found.ref);
    }
    return there;
  }

  /** How many entities fit a filter; undefined where the server does not say. */
  async count(filter: readonly string[], asking: Asking): Promise<number | undefined> {
    return (await this.#page({ ...asking, filter, limit: 0 }, [], () => undefined)).total;
  }

  /** Undefined where there is no such entity. */
  async ancestry(ref: string, asking: Asking): Promise<AncestryAnswer | undefined> {
    const found = await this.#find({ ...asking, path: `${entityPath(ref)}/ancestry` });
    return found === undefined ? undefined : (readAncestry(found) ?? this.#unreadable());
  }

  /** The locations that were registered, and not those of the configuration. */
  async locations(asking: Asking): Promise<readonly RegisteredLocation[]> {
    const value = await this.#ask({ ...asking, path: '/api/catalog/locations' });
    return readLocations(value) ?? this.#unreadable();
  }

  /** The registered location that brought an entity; undefined where none did. */
  async locationOf(ref: string, asking: Asking): Promise<RegisteredLocation | undefined> {
    const path = entityPath(ref).replace('/entities/by-name/', '/locations/by-entity/');
    const found = await this.#find({ ...asking, path });
    return found === undefined ? undefined : (readLocation(found) ?? this.#unreadable());
  }

  /** What came by a location; undefined where the server cannot be asked for that: its filters take no such value. */
  async broughtBy(
    { type, target }: RegisteredLocation,
    asking: Asking,
  ): Promise<LocationEntities | undefined> {
    const origin = `${type}:${target}`;
    if (origin.length > LONGEST_FOUND || origin.includes(',') || origin !== origin.trim()) {
      return undefined;
    }
    const filter = [`metadata.annotations.${ANNOTATION_ORIGIN_LOCATION}=${origin}`];
    const { items, unusable, total } = await this.#page(
      { ...asking, filter, limit: MOST_BROUGHT, most: MOST_BROUGHT },
      [['fields', ORIGIN_FIELDS]],
      // The server takes no notice of upper and lower case.
      item => readRefOfOrigin(item, origin),
    );
    const refs = [...items].sort();
    return { refs, total: Math.max(refs.length, (total ?? 0) - unusable) };
  }

  /**
   * What the server would say of an entity. Changes nothing.
   *
   * @param location - `url:https://…`, where it would stand
   * @returns sentences about what is wrong; none where it is right
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

  /** What is registered of an address already, and what could be made for it. Changes nothing. */
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

  /** Registers a location, or says what that would come to. One that is registered already stays as it is. */
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

  /** Deletes an entity, which is there again soon where something still leads to it; one that is gone is no error. */
  async deleteEntity(uid: string, asking: Asking): Promise<void> {
    const path = `/api/catalog/entities/by-uid/${encodeURIComponent(uid)}`;
    await this.#ask({ ...asking, method: 'DELETE', path });
  }

  /** Has the server read an entity again, soon. */
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
        // The cursor has the filter in it.
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

  /** Undefined where there is no such thing. */
  async #find(question: BackstageQuestion): Promise<unknown> {
    const { status, value } = await this.#session.ask({ ...question, answers: [404] });
    return status === 404 ? undefined : value;
  }

  #unreadable(): never {
    throw new ForeignAnswerError('The answer is not what the catalog of a Backstage gives.', {
      advice: 'Its version may be one that Callboard does not know.',
    });
  }
}

function entityPath(ref: string): string {
  const { kind, namespace, name } = parseEntityRef(ref);
  return `/api/catalog/entities/by-name/${refPath(kind, namespace, name)}`;
}

/** Refs in one question about no more than their versions. */
const MOST = 500;
/** Characters of refs in one question: Backstage reads no body above 100 kB. */
const LONGEST = 50_000;

/** As many refs at a time as a server may be asked for by name. */
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
