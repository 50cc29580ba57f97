import { hashText } from '../../../../base';
import { TimeSlicer } from '../../../../platform/core';
import type { Clock } from '../../../../platform/core/ports';
import { type Asking, SourceError } from '../../../sources/core';
import type { BackstageClient, PageRequest } from './backstageClient';
import { ForeignAnswerError } from './backstageSession';
import { type CopiedEntity, copyOf, isSameCopy, type WholeEntity } from './backstageCopy';
import type { PageOf, ServedEntityAnswer } from './served/servedAnswers';

export interface FetchingDeps {
  readonly client: BackstageClient;
  readonly clock: Clock;
  /** Display name. */
  readonly server: string;
  /** The API's `filter` parameters, combined with "or"; empty for all entities. */
  readonly filter: readonly string[];
  /** Maximum number of entities of a list; a longer list is not read to its end. */
  readonly most: number;
  readonly onProgress: (message: string) => void;
  /** Receives messages about unusable data. */
  readonly warn: (message: string) => void;
}

/** Returns JSON of known entities with full texts, by ref, if available. */
export type WholesOf = (refs: ReadonlySet<string>) => Promise<ReadonlyMap<string, string>>;

/** Entities of a server, compared with the previous copy. */
export interface FetchedEntities {
  readonly entities: ReadonlyMap<string, CopiedEntity>;
  /** JSON of fetched or loaded entities with full texts, by ref. */
  readonly wholes: ReadonlyMap<string, string>;
  /** Refs. */
  readonly created: readonly string[];
  readonly changed: readonly string[];
  readonly deleted: readonly string[];
}

/** A list has more entities than the limit. */
export class TooManyEntitiesError extends Error {
  readonly total: number;

  constructor(total: number, most: number) {
    super(`there are ${total} or more, which exceeds the limit of ${most}`);
    this.total = total;
  }
}

/** More than any instance has; a longer list is endless. */
const MAX_ENTITIES = 1_000_000;
/** Maximum number of consecutive pages without new entities. */
const MAX_STALE_PAGES = 3;
/** Bytes of an answer that can be parsed in half a frame. */
const PAGE_SIZE = 1024 * 1024;
const FIRST_PAGE = 100;
const LONGEST_PAGE = 1000;
const VERSIONS_PAGE = 2500;
export const BATCH = 50;
/** Number of changed entities from which fetching the whole list is as fast. */
const MANY = 500;

/** Fetches all entities of a server. */
export async function fetchAll(
  known: ReadonlyMap<string, CopiedEntity>,
  asking: Asking,
  deps: FetchingDeps,
): Promise<FetchedEntities> {
  const { client, server } = deps;
  const fetched = new Map<string, WholeEntity>();
  const slices = new TimeSlicer(deps.clock);
  const options = {
    limit: FIRST_PAGE,
    longest: LONGEST_PAGE,
    has: (ref: string) => fetched.has(ref),
  };
  for await (const page of pages(request => client.entities(request), options, asking, deps)) {
    for (const answer of page.items) {
      // An entity recreated during paging comes twice; the later one is current.
      fetched.set(answer.ref, copyOf(answer, server));
      warnOfExcess(answer, deps);
      if (slices.isOver) await slices.pause();
    }
    deps.onProgress(`${fetched.size} of ${page.total ?? 'some'} entities`);
  }
  return differences(known, fetched, slices);
}

/**
 * Fetches entities that have changed since the last fetch. The catalog API has no list of changes, so the versions
 * of all entities are fetched first, then the changed ones.
 *
 * @returns undefined if nothing has changed
 */
export async function fetchChanges(
  known: ReadonlyMap<string, CopiedEntity>,
  wholesOf: WholesOf,
  asking: Asking,
  deps: FetchingDeps,
): Promise<FetchedEntities | undefined> {
  const slices = new TimeSlicer(deps.clock);
  const versions = await fetchVersions(asking, deps);
  const others: string[] = [];
  for (const [ref, version] of versions) {
    const before = known.get(ref);
    if (!before || version === undefined || before.version !== version) others.push(ref);
    if (slices.isOver) await slices.pause();
  }
  if (others.length > MANY + known.size / 4) return fetchAll(known, asking, deps);
  const kept = new Set(others);
  const stay: CopiedEntity[] = [];
  for (const copied of known.values()) {
    if (versions.has(copied.ref) && !kept.has(copied.ref)) stay.push(copied);
    if (slices.isOver) await slices.pause();
  }
  const isOneGone = stay.length + others.filter(ref => known.has(ref)).length < known.size;
  if (!others.length && !isOneGone) return undefined;
  const fetched = await fetchBatches(others, asking, deps);
  const isSettled =
    !isOneGone && [...fetched.values()].every(({ copied }) => isKnown(known, copied));
  if (isSettled && fetched.size === others.length) return undefined;
  await addUnchanged(fetched, { stay, wholesOf, asking, deps });
  return differences(known, fetched, slices);
}

/** Adds unchanged entities with their full texts. */
export async function addUnchanged(
  fetched: Map<string, WholeEntity>,
  {
    stay,
    wholesOf,
    asking,
    deps,
  }: {
    readonly stay: readonly CopiedEntity[];
    readonly wholesOf: WholesOf;
    readonly asking: Asking;
    readonly deps: FetchingDeps;
  },
): Promise<void> {
  const shortened = new Set(stay.flatMap(({ ref, isShortened }) => (isShortened ? ref : [])));
  const wholes = await wholesOf(shortened);
  // The stored copy may be missing or from another fetch.
  const missing = new Set([...shortened].filter(ref => !wholes.has(ref)));
  for (const [ref, whole] of await fetchBatches([...missing], asking, deps)) {
    fetched.set(ref, whole);
  }
  const slices = new TimeSlicer(deps.clock);
  for (const copied of stay) {
    if (slices.isOver) await slices.pause();
    if (missing.has(copied.ref)) continue;
    const whole = copied.isShortened ? (wholes.get(copied.ref) ?? '') : copied.content;
    fetched.set(copied.ref, { copied, whole });
  }
}

export async function fetchVersions(
  asking: Asking,
  deps: FetchingDeps,
): Promise<ReadonlyMap<string, string | undefined>> {
  const versions = new Map<string, string | undefined>();
  const options = {
    limit: VERSIONS_PAGE,
    longest: VERSIONS_PAGE,
    has: (ref: string) => versions.has(ref),
  };
  const { client } = deps;
  const slices = new TimeSlicer(deps.clock);
  for await (const page of pages(request => client.versions(request), options, asking, deps)) {
    for (const { ref, version } of page.items) {
      versions.set(ref, version && hashText(version));
      if (slices.isOver) await slices.pause();
    }
  }
  return versions;
}

/** Fetches entities by ref; missing ones are left out. */
export async function fetchBatches(
  refs: readonly string[],
  asking: Asking,
  { client, clock, filter, server, onProgress, warn }: FetchingDeps,
): Promise<Map<string, WholeEntity>> {
  const fetched = new Map<string, WholeEntity>();
  const slices = new TimeSlicer(clock);
  for (let at = 0, size = BATCH; at < refs.length;) {
    const some = refs.slice(at, at + size);
    let answers: readonly (ServedEntityAnswer | undefined)[];
    try {
      answers = await client.entitiesByRefs(some, { ...asking, filter });
    } catch (error) {
      if (some.length === 1 || !isTooMuch(error)) throw error;
      size = Math.ceil(some.length / 8);
      continue;
    }
    for (const [index, answer] of answers.entries()) {
      // Ignores answers for other refs.
      if (answer && answer.ref === some[index]) {
        fetched.set(answer.ref, copyOf(answer, server));
        warnOfExcess(answer, { warn });
      }
      if (slices.isOver) await slices.pause();
    }
    at += some.length;
    onProgress(`${at} of ${refs.length} changed entities`);
  }
  return fetched;
}

/** Reads pages until the list ends. Pages are ordered so that concurrent changes move no entities. */
async function* pages<T extends { readonly ref: string }>(
  read: (request: PageRequest) => Promise<PageOf<T>>,
  options: {
    readonly limit: number;
    readonly longest: number;
    readonly has: (ref: string) => boolean;
  },
  asking: Asking,
  { filter, most, warn }: Pick<FetchingDeps, 'filter' | 'most' | 'warn'>,
): AsyncGenerator<PageOf<T>> {
  const cursors = new Set<string>();
  let { limit } = options;
  let cursor: string | undefined;
  let [count, stale, unusable] = [0, 0, 0];
  for (;;) {
    asking.signal.throwIfAborted();
    let page: PageOf<T>;
    try {
      page = await read({ ...asking, cursor, filter, limit });
    } catch (error) {
      if (limit === 1 || !isTooMuch(error)) throw error;
      limit = Math.ceil(limit / 8);
      continue;
    }
    const isNew = page.items.some(({ ref }) => !options.has(ref));
    stale = isNew ? 0 : stale + 1;
    count += page.items.length;
    unusable += page.unusable;
    const total = Math.max(page.total ?? 0, count);
    if (total > most) throw new TooManyEntitiesError(total, most);
    cursor = page.nextCursor;
    if (cursor !== undefined) {
      const isEndless = cursors.has(cursor) || count > MAX_ENTITIES || stale > MAX_STALE_PAGES;
      if (isEndless) throw endless();
      cursors.add(cursor);
    }
    const rows = page.items.length + page.unusable;
    if (rows) {
      const fitting = Math.floor((PAGE_SIZE * rows) / Math.max(page.size, 1));
      limit = Math.max(1, Math.min(options.longest, fitting, limit * 4));
    }
    yield page;
    if (cursor === undefined) break;
  }
  if (unusable) warn(`${unusable} items are not entities and were skipped`);
}

function warnOfExcess(
  { ref, relations, excess }: ServedEntityAnswer,
  { warn }: Pick<FetchingDeps, 'warn'>,
): void {
  if (!excess) return;
  warn(`${ref} has too many relations: ${relations.length} were used and ${excess} skipped`);
}

/** Whether an answer was too large. A smaller request may succeed. */
function isTooMuch(error: unknown): boolean {
  const isUnusable = error instanceof SourceError && error.failure === 'invalid';
  return isUnusable && !(error instanceof ForeignAnswerError);
}

function endless(): SourceError {
  return new ForeignAnswerError('The list of entities is endless.', {
    advice: 'A proxy may be answering instead of the server.',
  });
}

export function hasChanges({ created, changed, deleted }: FetchedEntities): boolean {
  return created.length + changed.length + deleted.length > 0;
}

function isKnown(known: ReadonlyMap<string, CopiedEntity>, copied: CopiedEntity): boolean {
  const before = known.get(copied.ref);
  return before !== undefined && isSameCopy(before, copied);
}

export async function differences(
  known: ReadonlyMap<string, CopiedEntity>,
  fetched: ReadonlyMap<string, WholeEntity>,
  slices: TimeSlicer,
): Promise<FetchedEntities> {
  const entities = new Map<string, CopiedEntity>();
  const wholes = new Map<string, string>();
  const created: string[] = [];
  const changed: string[] = [];
  for (const [ref, { copied, whole }] of fetched) {
    const before = known.get(ref);
    const isSame = before !== undefined && isSameCopy(before, copied);
    // Keeps the object in memory if it is unchanged.
    const kept = isSame && before.version === copied.version ? before : copied;
    entities.set(kept.ref, kept);
    wholes.set(ref, whole);
    if (!before) created.push(ref);
    else if (!isSame) changed.push(ref);
    if (slices.isOver) await slices.pause();
  }
  const deleted: string[] = [];
  for (const ref of known.keys()) {
    if (!fetched.has(ref)) deleted.push(ref);
    if (slices.isOver) await slices.pause();
  }
  return { entities, wholes, created, changed, deleted };
}
