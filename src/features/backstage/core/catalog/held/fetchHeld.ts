import type { SourceEntityQuery } from '../../../../../api';
import { Slices } from '../../../../../platform/core';
import type { Asking, BackstageSourceConfig, FoundEntities } from '../../../../sources/core';
import type { CopiedEntity } from '../copiedEntity';
import {
  addThoseThatStay,
  differences,
  fetchAll,
  fetchBatches,
  fetchChanges,
  type FetchedEntities,
  type FetchingDeps,
  TooManyEntitiesError,
  type WholesOf,
} from '../fetchEntities';
import { fetchMissing, fetchPart, type WantedPart } from './fetchPart';
import { findNamed } from './findNamed';
import type { HeldPart } from './heldPart';

export interface HeldEntitiesDeps extends Omit<FetchingDeps, 'filter' | 'most' | 'onProgress'> {
  readonly config: Pick<BackstageSourceConfig, 'filter' | 'hold' | 'limit'>;
  readonly held: HeldPart;
  readonly wholesOf: WholesOf;
}

export interface HeldFetch {
  readonly known: ReadonlyMap<string, CopiedEntity>;
  /** Whether there is no copy yet. */
  readonly isFirst: boolean;
  readonly isOnlyMissing: boolean;
  readonly onProgress: (message: string) => void;
}

/** Asks a server for what is to be held of it: everything that fits the filter, as long as that may be; else what is wanted. */
export class HeldEntities {
  readonly #deps: HeldEntitiesDeps;

  constructor(deps: HeldEntitiesDeps) {
    this.#deps = deps;
  }

  /**
   * What comes of it is to be told to the part that is held ({@link HeldPart.carryOut}, {@link HeldPart.drop}).
   *
   * @returns undefined where it is as it was
   */
  async fetch(request: HeldFetch, asking: Asking): Promise<FetchedEntities | undefined> {
    const { held, config } = this.#deps;
    if (request.isOnlyMissing && !request.isFirst) {
      return held.info ? this.#fetchMissing(request, asking) : undefined;
    }
    if (config.hold === 'referenced') return this.#fetchPart(request, asking);
    if (held.isTooLarge && held.plan(await this.#deps.client.count(config.filter, asking))) {
      return this.#fetchPart(request, asking);
    }
    try {
      return await this.#fetchAll(request, asking);
    } catch (error) {
      if (!(error instanceof TooManyEntitiesError)) throw error;
      held.plan(error.total);
      return this.#fetchPart(request, asking);
    }
  }

  /** Whether the server has an entity that may be held. */
  async has(ref: string, asking: Asking): Promise<boolean> {
    return (await fetchBatches([ref], asking, this.#part())).size > 0;
  }

  /** What there is with an entity that the server has; undefined where it does not. */
  async add(
    ref: string,
    known: ReadonlyMap<string, CopiedEntity>,
    asking: Asking,
  ): Promise<FetchedEntities | undefined> {
    const deps = this.#part();
    const fetched = await fetchBatches([ref], asking, deps);
    if (!fetched.size) return undefined;
    const { wholesOf, clock } = this.#deps;
    await addThoseThatStay(fetched, { stay: [...known.values()], wholesOf, asking, deps });
    return differences(known, fetched, new Slices(clock));
  }

  /** Entities that may be held, by their names. */
  async find(query: SourceEntityQuery, asking: Asking): Promise<FoundEntities> {
    return findNamed(query, asking, this.#part());
  }

  async #fetchAll(
    { known, isFirst, onProgress }: HeldFetch,
    asking: Asking,
  ): Promise<FetchedEntities | undefined> {
    const { config, wholesOf } = this.#deps;
    const deps = { ...this.#deps, onProgress, filter: config.filter, most: config.limit };
    return isFirst ? fetchAll(known, asking, deps) : fetchChanges(known, wholesOf, asking, deps);
  }

  async #fetchPart(
    { known, onProgress }: HeldFetch,
    asking: Asking,
  ): Promise<FetchedEntities | undefined> {
    const { held, wholesOf } = this.#deps;
    const wanted = { ...(await this.#wanted(asking)), absent: new Set<string>() };
    const deps = this.#part(onProgress);
    const { fetched, absent } = await fetchPart(known, wholesOf, wanted, asking, deps);
    held.setAbsent(absent, { isAll: true });
    return fetched;
  }

  async #fetchMissing(
    { known, onProgress }: HeldFetch,
    asking: Asking,
  ): Promise<FetchedEntities | undefined> {
    const { held, wholesOf } = this.#deps;
    const wanted = await this.#wanted(asking);
    const deps = this.#part(onProgress);
    const { fetched, absent } = await fetchMissing(known, wholesOf, wanted, asking, deps);
    held.setAbsent(absent, { isAll: false });
    return fetched;
  }

  /** A filter says what there is to be, or what is there whoever refers to it: besides the latter, there may be anything. */
  #part(onProgress: HeldFetch['onProgress'] = () => {}): FetchingDeps {
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
