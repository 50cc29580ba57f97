import type { SourceEntityQuery } from '../../../../../api';
import { hashText } from '../../../../../base';
import { TimeSlicer } from '../../../../../platform/core';
import type { WantedRefs } from '../../../../catalog/core';
import type { Asking, BackstageSourceConfig, FoundEntities } from '../../../../sources/core';
import type { BackstageClient } from '../backstageClient';
import type { CopiedEntity, WholeEntity } from '../backstageCopy';
import {
  addUnchanged,
  BATCH,
  differences,
  fetchAll,
  fetchBatches,
  fetchChanges,
  type FetchedEntities,
  type FetchingDeps,
  fetchVersions,
  TooManyEntitiesError,
  type WholesOf,
} from '../fetchEntities';
import { PART } from '../served/servedAnswers';
import type { PartialCopy } from './partialCopy';
import type { NamedEntity } from './namedEntity';
import { refBatches } from '../backstageClient';

/** Entities to request from a server. */
interface WantedPart extends WantedRefs {
  /** Refs opened by the user, latest last. */
  readonly opened: Iterable<string>;
  /** Refs that the server was found not to have. */
  readonly absent: ReadonlySet<string>;
  /** Filters of entities to include if the limit allows; empty for none. */
  readonly besides: readonly string[];
  /** The maximum number of entities. */
  readonly limit: number;
}

interface FetchedPart {
  /** Undefined if no request was sent. */
  readonly fetched: FetchedEntities | undefined;
  /** Refs that don't exist or exceed the limit, and shouldn't be requested again soon. */
  readonly absent: ReadonlySet<string>;
}

/** Maximum number of entities included because they are related to workspace entities: teams can own thousands. */
const MOST_RELATED = 5000;

/** Fetches the wanted entities. For entities in the copy, only versions are requested first. */
async function fetchPart(
  known: ReadonlyMap<string, CopiedEntity>,
  wholesOf: WholesOf,
  wanted: WantedPart,
  asking: Asking,
  deps: FetchingDeps,
): Promise<FetchedPart> {
  const slices = new TimeSlicer(deps.clock);
  const versions = new Map(await besidesOf(wanted, asking, deps));
  const { own, missing, opened } = wanted;
  const room = Math.max(0, wanted.limit - versions.size);
  const refs = [
    ...new Set([...missing, ...own, ...opened, ...relatedTo(own, wanted, known)]),
  ].filter(ref => !versions.has(ref));
  for (const [ref, version] of await versionsOf(refs, room, asking, deps)) {
    versions.set(ref, version);
  }
  const others: string[] = [];
  for (const [ref, version] of versions) {
    const before = known.get(ref);
    if (!before || version === undefined || before.version !== version) others.push(ref);
    if (slices.isOver) await slices.pause();
  }
  const fetched = await fetchBatches(others, asking, deps);
  // New workspace entities bring related ones.
  const related = relatedTo(own, wanted, new Map(copiesOf(fetched)))
    .filter(ref => !versions.has(ref) && !fetched.has(ref))
    .slice(0, Math.max(0, wanted.limit - versions.size));
  for (const [ref, whole] of await fetchBatches(related, asking, deps)) fetched.set(ref, whole);
  const kept = new Set(others);
  const stay = [...known.values()].filter(({ ref }) => versions.has(ref) && !kept.has(ref));
  const absent = new Set(
    [...refs, ...related].filter(ref => !fetched.has(ref) && !versions.has(ref)),
  );
  await addUnchanged(fetched, { stay, wholesOf, asking, deps });
  return { fetched: await differences(known, fetched, slices), absent };
}

/** Fetches entities that were never requested. Without any, no request is sent. */
async function fetchMissing(
  known: ReadonlyMap<string, CopiedEntity>,
  wholesOf: WholesOf,
  wanted: WantedPart,
  asking: Asking,
  deps: FetchingDeps,
): Promise<FetchedPart> {
  const { own, missing, absent, limit } = wanted;
  const isNew = (ref: string): boolean => !known.has(ref) && !absent.has(ref);
  const refs = [...new Set([...missing, ...own])].filter(isNew);
  const room = Math.max(0, limit - known.size);
  if (!refs.length || !room) return { fetched: undefined, absent: new Set(refs) };
  // A few are requested directly; for many, their existence is checked first.
  const isFew = refs.length <= Math.min(BATCH, room);
  const there = isFew ? refs : [...(await versionsOf(refs, room, asking, deps)).keys()];
  const fetched = await fetchBatches(there, asking, deps);
  const related = relatedTo(own, wanted, new Map(copiesOf(fetched)))
    .filter(ref => isNew(ref) && !fetched.has(ref))
    .slice(0, Math.max(0, limit - known.size - fetched.size));
  for (const [ref, whole] of await fetchBatches(related, asking, deps)) fetched.set(ref, whole);
  const gone = new Set([...refs, ...related].filter(ref => !fetched.has(ref)));
  if (!fetched.size) return { fetched: undefined, absent: gone };
  await addUnchanged(fetched, { stay: [...known.values()], wholesOf, asking, deps });
  const slices = new TimeSlicer(deps.clock);
  return { fetched: await differences(known, fetched, slices), absent: gone };
}

/** Returns versions of entities that match the additional filters; empty if they exceed the limit. */
async function besidesOf(
  { besides, limit }: WantedPart,
  asking: Asking,
  deps: FetchingDeps,
): Promise<ReadonlyMap<string, string | undefined>> {
  if (!besides.length) return new Map();
  try {
    return await fetchVersions(asking, { ...deps, filter: besides, most: limit });
  } catch (error) {
    if (!(error instanceof TooManyEntitiesError)) throw error;
    deps.warn(`Keeping only referenced entities that match the filter: ${error.message}`);
    return new Map();
  }
}

/** Returns entities that the server relates directly to workspace entities. */
function relatedTo(
  own: ReadonlySet<string>,
  { absent }: Pick<WantedPart, 'absent'>,
  copies: ReadonlyMap<string, CopiedEntity>,
): readonly string[] {
  const related = new Set<string>();
  for (const ref of own) {
    const copied = copies.get(ref);
    if (!copied) continue;
    for (const { targetRef } of copied.relations) {
      if (own.has(targetRef) || absent.has(targetRef)) continue;
      related.add(targetRef);
      if (related.size >= MOST_RELATED) return [...related];
    }
  }
  return [...related];
}

/** Returns versions of those refs that exist, up to a limit. */
async function versionsOf(
  refs: readonly string[],
  most: number,
  asking: Asking,
  { client, clock, filter }: FetchingDeps,
): Promise<ReadonlyMap<string, string | undefined>> {
  const versions = new Map<string, string | undefined>();
  const slices = new TimeSlicer(clock);
  for (const some of refBatches(refs)) {
    if (versions.size >= most) break;
    const answers = await client.versionsByRefs(some, { ...asking, filter });
    for (const [at, answer] of answers.entries()) {
      if (answer && answer.ref === some[at] && versions.size < most) {
        versions.set(answer.ref, answer.version && hashText(answer.version));
      }
      if (slices.isOver) await slices.pause();
    }
  }
  return versions;
}

function* copiesOf(
  fetched: ReadonlyMap<string, WholeEntity>,
): Generator<readonly [string, CopiedEntity]> {
  for (const [ref, { copied }] of fetched) yield [ref, copied];
}

interface FindNamedDeps {
  readonly client: Pick<BackstageClient, 'named'>;
  /** Filters that limit the results, as in the catalog API; empty for no limit. */
  readonly filter: readonly string[];
}

const MOST = 200;
/** Maximum characters of a query: names aren't longer, and URLs are limited. */
const MAX_TEXT = 100;

/** Searches a server for entities by name. */
async function findNamed(
  { text, kinds, namespace, limit }: SourceEntityQuery,
  asking: Asking,
  { client, filter }: FindNamedDeps,
): Promise<FoundEntities> {
  const nothing = { entities: [], isComplete: true };
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  // The server searches for one text; the longest word leaves the fewest results to filter here.
  const [longest = ''] = words.toSorted((a, b) => b.length - a.length);
  if (longest.length > MAX_TEXT) return nothing;
  const conditions: (readonly [key: string, value: string])[] = [
    ...(kinds ?? []).map(kind => ['kind', kind] as const),
    ...(namespace === undefined ? [] : [['metadata.namespace', namespace] as const]),
  ];
  if (kinds?.length === 0 || !conditions.every(([, value]) => isPlain(value))) return nothing;
  const most = Math.min(Math.max(limit, 1), MOST);
  const page = await client.named({
    ...asking,
    text: longest,
    filter: narrowed(filter, conditions),
    limit: most,
  });
  const wanted = new Set(kinds?.map(kind => kind.toLowerCase()));
  const fits = ({ names, entity }: NamedEntity): boolean =>
    (!kinds || wanted.has(entity.kind.toLowerCase())) &&
    (namespace === undefined || entity.namespace.toLowerCase() === namespace.toLowerCase()) &&
    words.every(word => names.some(name => name.includes(word)));
  return {
    entities: page.items
      .slice(0, most)
      .filter(fits)
      .map(({ entity }) => entity),
    isComplete: page.nextCursor === undefined && page.items.length <= most,
  };
}

/** Values with other characters can't be part of a ref, and would change the filter. */
function isPlain(value: string): boolean {
  return PART.test(value) && !/[,=]/.test(value);
}

/**
 * Adds conditions to all filters. Backstage treats two conditions on one field as alternatives, so a filter that
 * already has the field is unchanged, and results are filtered here.
 *
 * Source: `parseEntityFilterString` of `plugins/catalog-backend`.
 */
function narrowed(
  filter: readonly string[],
  conditions: readonly (readonly [key: string, value: string])[],
): readonly string[] {
  if (!conditions.length) return filter;
  return (filter.length ? filter : ['']).map(each => {
    const keys = new Set(each.split(',').map(condition => keyOf(condition)));
    const further = conditions.filter(([key]) => !keys.has(key)).map(pair => pair.join('='));
    return [each, ...further].filter(Boolean).join(',');
  });
}

function keyOf(condition: string): string {
  return condition.replace(/=.*$/s, '').trim().toLowerCase();
}

export interface CopyFetcherDeps extends Omit<FetchingDeps, 'filter' | 'most' | 'onProgress'> {
  readonly config: Pick<BackstageSourceConfig, 'filter' | 'hold' | 'limit'>;
  readonly held: PartialCopy;
  readonly wholesOf: WholesOf;
}

export interface CopyFetch {
  readonly known: ReadonlyMap<string, CopiedEntity>;
  /** Whether there is no copy yet. */
  readonly isFirst: boolean;
  readonly isOnlyMissing: boolean;
  readonly onProgress: (message: string) => void;
}

/**
 * Fetches the entities to keep of a server: all that match the filter, up to the limit, or else the wanted ones.
 */
export class CopyFetcher {
  readonly #deps: CopyFetcherDeps;

  constructor(deps: CopyFetcherDeps) {
    this.#deps = deps;
  }

  /**
   * The caller must apply the result to the partial copy ({@link PartialCopy.carryOut}, {@link PartialCopy.drop}).
   *
   * @returns undefined if nothing has changed
   */
  async fetch(request: CopyFetch, asking: Asking): Promise<FetchedEntities | undefined> {
    const { held, config } = this.#deps;
    const whole = { isOnlyMissing: false };
    if (request.isOnlyMissing && !request.isFirst) {
      return held.info ? this.#fetchPart(request, asking, { isOnlyMissing: true }) : undefined;
    }
    if (config.hold === 'referenced') return this.#fetchPart(request, asking, whole);
    if (held.isTooLarge && held.plan(await this.#deps.client.count(config.filter, asking))) {
      return this.#fetchPart(request, asking, whole);
    }
    try {
      return await this.#fetchAll(request, asking);
    } catch (error) {
      if (!(error instanceof TooManyEntitiesError)) throw error;
      held.plan(error.total);
      return this.#fetchPart(request, asking, whole);
    }
  }

  /** Whether the server has an entity that may be kept. */
  async has(ref: string, asking: Asking): Promise<boolean> {
    return (await fetchBatches([ref], asking, this.#part())).size > 0;
  }

  /** Returns the copy with an additional entity; undefined if the server doesn't have it. */
  async add(
    ref: string,
    known: ReadonlyMap<string, CopiedEntity>,
    asking: Asking,
  ): Promise<FetchedEntities | undefined> {
    const deps = this.#part();
    const fetched = await fetchBatches([ref], asking, deps);
    if (!fetched.size) return undefined;
    const { wholesOf, clock } = this.#deps;
    await addUnchanged(fetched, { stay: [...known.values()], wholesOf, asking, deps });
    return differences(known, fetched, new TimeSlicer(clock));
  }

  /** Finds entities that may be kept, by name. */
  async find(query: SourceEntityQuery, asking: Asking): Promise<FoundEntities> {
    return findNamed(query, asking, this.#part());
  }

  async #fetchAll(
    { known, isFirst, onProgress }: CopyFetch,
    asking: Asking,
  ): Promise<FetchedEntities | undefined> {
    const { config, wholesOf } = this.#deps;
    const deps = { ...this.#deps, onProgress, filter: config.filter, most: config.limit };
    return isFirst ? fetchAll(known, asking, deps) : fetchChanges(known, wholesOf, asking, deps);
  }

  async #fetchPart(
    { known, onProgress }: CopyFetch,
    asking: Asking,
    { isOnlyMissing }: { readonly isOnlyMissing: boolean },
  ): Promise<FetchedEntities | undefined> {
    const { held, wholesOf } = this.#deps;
    const wanted = await this.#wanted(asking);
    const deps = this.#part(onProgress);
    const { fetched, absent } = isOnlyMissing
      ? await fetchMissing(known, wholesOf, wanted, asking, deps)
      : await fetchPart(known, wholesOf, { ...wanted, absent: new Set() }, asking, deps);
    held.setAbsent(absent, { isAll: !isOnlyMissing });
    return fetched;
  }

  /**
   * The filter limits the entities with `all`; with `referenced` it adds entities, and any other may be kept too.
   */
  #part(onProgress: CopyFetch['onProgress'] = () => {}): FetchingDeps {
    const { filter, hold, limit } = this.#deps.config;
    return { ...this.#deps, onProgress, filter: hold === 'all' ? filter : [], most: limit };
  }

  async #wanted({ signal }: Asking): Promise<WantedPart> {
    const { held, config } = this.#deps;
    const { hold, filter, limit } = config;
    const { opened, absent } = held;
    const besides = hold === 'referenced' ? filter : [];
    return { ...(await held.wanted(signal)), opened, absent, besides, limit };
  }
}
