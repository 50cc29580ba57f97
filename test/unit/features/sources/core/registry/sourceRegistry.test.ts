import { describe, expect, it, onTestFinished } from 'vitest';
import type {
  CatalogSourceInfo,
  FindEntitiesOptions,
  SourceEntity,
} from '../../../../../../src/api';
import { silentLogger, toDisposable } from '../../../../../../src/base';
import type { CatalogSource } from '../../../../../../src/features/catalog/core';
import {
  readSources,
  type SourceConfig,
  SourceError,
  SourceRegistry,
  type SourceRegistryDeps,
} from '../../../../../../src/features/sources/core';
import { sourcesFileSystem } from '../../../../../../src/platform/core/files';
import { consoleLogger } from '../../../../../../src/platform/node';
import { aComponent } from '../../../../../support/descriptors';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { ManualClock } from '../../../../../support/manualClock';
import { RemoteSourceInMemory } from '../../../../../support/remoteSourceInMemory';
import { openCatalog } from '../../../../../support/testCatalog';

const MINUTE = 60_000;

const configs = (
  ...entries: readonly Readonly<Record<string, unknown>>[]
): readonly SourceConfig[] =>
  readSources(entries.map(entry => ({ type: 'url', refreshMinutes: 10, ...entry }))).configs;
const [A, B, C] = configs(
  { url: 'https://a.test/' },
  { url: 'https://b.test/' },
  { url: 'https://c.test/' },
) as [SourceConfig, SourceConfig, SourceConfig];

interface World {
  readonly registry: SourceRegistry;
  readonly clock: ManualClock;
  /** Sources of the catalog, in order. */
  readonly added: CatalogSource[];
  readonly reported: CatalogSourceInfo[];
  readonly removed: string[];
  source(config: SourceConfig): RemoteSourceInMemory;
  info(config: SourceConfig): CatalogSourceInfo | undefined;
  /** Minutes since the start at which a source was fetched. */
  fetches(config: SourceConfig): readonly number[];
}

function open({
  prepare = () => {},
  ...deps
}: Partial<SourceRegistryDeps> & {
  readonly prepare?: (source: RemoteSourceInMemory) => void;
} = {}): World {
  const clock = new ManualClock();
  const start = clock.now();
  const sources = new Map<string, RemoteSourceInMemory>();
  const added: CatalogSource[] = [];
  const removed: string[] = [];
  const registry = new SourceRegistry({
    open: config => {
      const source = new RemoteSourceInMemory(config, { clock });
      prepare(source);
      sources.set(config.id, source);
      return Promise.resolve(source);
    },
    addSource: source => {
      added.push(source);
      return toDisposable(() => added.splice(added.indexOf(source), 1));
    },
    removeFromSettings: ({ id }) => {
      removed.push(id);
      return Promise.resolve();
    },
    clock,
    logger: silentLogger,
    random: () => 0,
    ...deps,
  });
  onTestFinished(() => registry.dispose());
  const reported: CatalogSourceInfo[] = [];
  registry.onFailure(info => reported.push(info));
  const source = ({ id }: SourceConfig): RemoteSourceInMemory => {
    const found = sources.get(id);
    if (!found) throw new Error(`${id} was not opened`);
    return found;
  };
  return {
    registry,
    clock,
    added,
    reported,
    removed,
    source,
    info: ({ id }) => registry.getSources().find(info => info.id === id),
    fetches: config => source(config).fetches.map(time => (time - start) / MINUTE),
  };
}

const failing =
  (error: Error) =>
  (source: RemoteSourceInMemory): void => {
    source.onFetch = () => Promise.reject(error);
  };
const never = ({ signal }: { readonly signal: AbortSignal }): Promise<void> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });

describe('schedule', () => {
  it('fetches a source without a copy at once, then at its interval', async () => {
    const { registry, clock, fetches } = open();
    registry.setConfigs([A]);
    await clock.pass(31 * MINUTE);
    expect(fetches(A).map(Math.round)).toEqual([0, 10, 20, 30]);
  });

  it('fetches a source with a copy after its interval', async () => {
    const { registry, clock, fetches } = open({
      prepare: source => {
        source.copy = { texts: {}, fetchedAt: clock.now() - 7 * MINUTE };
      },
    });
    registry.setConfigs([A]);
    await clock.pass(4 * MINUTE);
    expect(fetches(A).map(Math.round)).toEqual([3]);
  });

  it('does not fetch a manual source, with or without a copy', async () => {
    const { registry, clock, fetches } = open({
      prepare: failing(new SourceError('limited', 'x')),
    });
    const [manual] = configs({ url: 'https://a.test/', refreshMinutes: 0 }) as [SourceConfig];
    registry.setConfigs([manual]);
    await clock.pass(60 * MINUTE);
    expect(fetches(manual)).toEqual([]);
    await registry.refresh();
    await clock.pass(60 * MINUTE);
    expect(fetches(manual)).toEqual([60]);
  });

  it('survives changes of the clock and sleep', async () => {
    const { registry, clock, source } = open();
    registry.setConfigs([A]);
    await clock.pass(MINUTE);
    expect(source(A).fetches).toHaveLength(1);
    clock.jump(-1000 * MINUTE);
    await clock.pass(11 * MINUTE);
    expect(source(A).fetches).toHaveLength(2);
    clock.jump(1000 * MINUTE);
    await clock.pass(MINUTE);
    expect(source(A).fetches).toHaveLength(3);
    await clock.sleep(100 * MINUTE);
    await clock.pass(MINUTE);
    expect(source(A).fetches).toHaveLength(4);
  });

  it('treats a copy from the future as outdated', async () => {
    const { registry, clock, fetches } = open({
      prepare: source => {
        source.copy = { texts: {}, fetchedAt: clock.now() + 1000 * MINUTE };
      },
    });
    registry.setConfigs([A]);
    await clock.pass(MINUTE);
    expect(fetches(A)).toEqual([0]);
  });

  it('waits longer after each failure, and as long as a host requires', async () => {
    const { registry, clock, source, fetches } = open({
      prepare: failing(new SourceError('unreachable', 'It is gone')),
    });
    registry.setConfigs([A]);
    await clock.pass(32 * MINUTE);
    expect(fetches(A).map(Math.round)).toEqual([0, 1, 3, 7, 15, 31]);
    failing(new SourceError('limited', 'No', { retryAfter: 200 * MINUTE }))(source(A));
    await clock.pass(300 * MINUTE);
    expect(fetches(A).map(Math.round).slice(6)).toEqual([63, 263]);
  });

  it('does not retry early if a retry is useless', async () => {
    const { registry, clock, fetches } = open({
      prepare: failing(new SourceError('unauthorized', 'No token')),
    });
    registry.setConfigs([A]);
    await clock.pass(21 * MINUTE);
    expect(fetches(A).map(Math.round)).toEqual([0, 10, 20]);
  });

  it('sends no requests while offline', async () => {
    let isOffline = true;
    const { registry, clock, fetches } = open({ isOffline: () => isOffline });
    registry.setConfigs([A]);
    await clock.pass(5 * MINUTE);
    await registry.refresh();
    expect(fetches(A)).toEqual([]);
    isOffline = false;
    await clock.pass(MINUTE);
    expect(fetches(A)).toHaveLength(1);
  });

  it('can be disabled', async () => {
    const { registry, clock, fetches } = open({ isScheduled: false });
    registry.setConfigs([A]);
    await clock.pass(30 * MINUTE);
    expect(fetches(A)).toEqual([]);
    await registry.refresh();
    expect(fetches(A)).toEqual([30]);
  });

  it('fetches each source once at a time, four concurrently, without waiting long', async () => {
    const many = configs(...[1, 2, 3, 4, 5, 6].map(n => ({ url: `https://a.test/${n}` })));
    const { registry, clock, source } = open({
      prepare: made => {
        made.onFetch = never;
      },
    });
    registry.setConfigs(many);
    await clock.pass(5000);
    const asked = (): readonly number[] => many.map(config => source(config).fetches.length);
    expect(asked()).toEqual([1, 1, 1, 1, 0, 0]);
    await clock.pass(40 * MINUTE);
    expect(asked()).toEqual([1, 1, 1, 1, 1, 1]);
  });
});

describe('failure', () => {
  it('is reported once until it is resolved, and is part of the info', async () => {
    const error = new SourceError('unauthorized', 'No token', { advice: 'Set one.' });
    const { registry, clock, source, reported, info } = open({ prepare: failing(error) });
    const start = clock.now();
    registry.setConfigs([A]);
    await clock.pass(25 * MINUTE);
    expect(info(A)).toEqual({
      id: A.id,
      name: A.name,
      type: 'url',
      url: 'https://a.test/',
      color: undefined,
      isFetching: false,
      progress: undefined,
      fetchedAt: undefined,
      entities: 0,
      allow: A.allow,
      notAllowed: [],
      failure: {
        message: 'No token',
        advice: 'Set one.',
        needsToken: true,
        canSignIn: false,
        since: start,
        retryAt: expect.any(Number),
      },
    });
    expect(reported.map(({ failure }) => failure?.message)).toEqual(['No token']);
    source(A).onFetch = undefined;
    await registry.refresh({ id: A.id });
    expect(info(A)?.failure).toBeUndefined();
    failing(new SourceError('unreachable', 'Gone'))(source(A));
    await registry.refresh({ id: A.id });
    expect(reported.map(({ failure }) => failure?.message)).toEqual(['No token', 'Gone']);
  });

  it('is logged as a warning once, and as information for later attempts', async () => {
    const lines: string[] = [];
    const logger = consoleLogger('info', line => lines.push(line));
    const failure = failing(new SourceError('unreachable', 'Gone'));
    const { registry, source } = open({ logger, prepare: failure });
    const fetchSoOften = async (times: number): Promise<void> => {
      for (let time = 0; time < times; time++) await registry.refresh({ id: A.id });
    };
    registry.setConfigs([A]);
    await registry.whenRestored();
    await fetchSoOften(3);
    failing(new Error('broken'))(source(A));
    await fetchSoOften(1);
    source(A).onFetch = undefined;
    await fetchSoOften(1);
    failing(new Error('broken'))(source(A));
    await fetchSoOften(2);
    expect(lines).toEqual([
      `warn: ${A.name}: Gone`,
      `info: ${A.name}: Gone`,
      `info: ${A.name}: Gone`,
      `info: Can't fetch ${A.name}: broken`,
      `error: Can't fetch ${A.name}: broken: broken`,
      `info: Can't fetch ${A.name}: broken`,
    ]);
  });

  it('to open a source is retried', async () => {
    let attempts = 0;
    const clock = new ManualClock();
    const { registry, info } = open({
      clock,
      open: config => {
        if (attempts++ < 2) return Promise.reject(new Error('no git'));
        return Promise.resolve(new RemoteSourceInMemory(config, { clock }));
      },
    });
    registry.setConfigs([A]);
    await registry.whenRestored();
    expect(info(A)?.failure).toMatchObject({
      message: "Can't fetch https://a.test/: no git".replace('https://a.test/', A.name),
      needsToken: false,
    });
    await clock.pass(4 * MINUTE);
    expect(info(A)).toMatchObject({ failure: undefined, fetchedAt: expect.any(Number) });
  });

  it('to read a copy leads to a fetch', async () => {
    const { registry, clock, info } = open({
      prepare: source => {
        source.onRestore = () => Promise.reject(new Error('broken'));
      },
    });
    registry.setConfigs([A]);
    await clock.pass(1000);
    expect(info(A)).toMatchObject({ failure: undefined, fetchedAt: expect.any(Number) });
  });
});

describe('sources', () => {
  it('keep their order, even if one is slow', async () => {
    const { registry, clock, added, source, info } = open({
      prepare: made => {
        if (made.config === A) made.onRestore = () => new Promise(() => {});
        else made.copy = { texts: {}, fetchedAt: clock.now() };
      },
    });
    registry.setConfigs([A, B]);
    await clock.pass(1000);
    expect(added.map(({ id }) => id)).toEqual([A.id, B.id]);
    expect(info(B)?.fetchedAt).toBeDefined();
    registry.setConfigs([B, C, A]);
    await clock.pass(1000);
    expect(added.map(({ id }) => id)).toEqual([B.id, C.id, A.id]);
    expect([source(A), source(B)].map(({ isDisposed }) => isDisposed)).toEqual([false, false]);
  });

  it('are disposed when removed or changed, and their fetch is aborted', async () => {
    const { registry, clock, added, source, reported } = open({
      prepare: made => {
        made.onFetch = never;
      },
    });
    registry.setConfigs([A, B]);
    await clock.pass(1000);
    const [first, second] = [source(A), source(B)];
    const [renamed] = configs({ url: 'https://a.test/', name: 'Other' }) as [SourceConfig];
    registry.setConfigs([renamed]);
    await clock.pass(1000);
    expect([first.isDisposed, second.isDisposed]).toEqual([true, true]);
    expect(added.map(({ name }) => name)).toEqual(['Other']);
    expect(registry.getSources().map(({ name }) => name)).toEqual(['Other']);
    expect(reported).toEqual([]);
  });

  it('share a fetch by command until all callers abort it', async () => {
    const { registry, clock, source, info } = open({ isScheduled: false });
    registry.setConfigs([A, B]);
    await registry.whenRestored();
    source(A).onFetch = never;
    const controller = new AbortController();
    const both = registry.refresh({ signal: controller.signal });
    await clock.pass(1000);
    const next = registry.refresh({ id: A.id });
    await clock.pass(1000);
    expect([info(A)?.isFetching, info(B)?.isFetching]).toEqual([true, false]);
    controller.abort();
    await expect(both).rejects.toMatchObject({ name: 'AbortError' });
    await next;
    expect([source(A).fetches.length, info(A)?.isFetching, info(A)?.failure]).toEqual([
      1,
      false,
      undefined,
    ]);
  });

  it('are fetched again after new credentials, even while being fetched', async () => {
    const { registry, clock, source, info } = open({ isScheduled: false });
    registry.setConfigs([A]);
    await registry.whenRestored();
    let token = 'wrong';
    source(A).onFetch = async options => {
      if (token === 'wrong') await never(options);
    };
    const without = registry.refresh();
    await clock.pass(1000);
    token = 'right';
    await registry.refresh({ id: A.id, isAnew: true });
    await without;
    expect([source(A).fetches.length, info(A)?.isFetching, info(A)?.failure]).toEqual([
      2,
      false,
      undefined,
    ]);
    expect(info(A)?.fetchedAt).toBe(clock.now());
  });

  it('report their progress', async () => {
    const { registry, clock, source, info } = open({ isScheduled: false });
    registry.setConfigs([A]);
    await registry.whenRestored();
    source(A).onFetch = async options => {
      options.onProgress?.('Half of it');
      await never(options);
    };
    const controller = new AbortController();
    const fetching = registry.refresh({ signal: controller.signal });
    await clock.pass(1000);
    expect(info(A)).toMatchObject({ isFetching: true, progress: 'Half of it' });
    controller.abort();
    await fetching.catch(() => {});
    await clock.pass(1000);
    expect(info(A)).toMatchObject({ isFetching: false, progress: undefined });
  });

  it('can be canceled while they are fetched, and keep their copies', async () => {
    const { registry, clock, source, info } = open();
    registry.setConfigs([A]);
    await clock.pass(1000);
    const { fetchedAt } = info(A) ?? {};
    source(A).onFetch = never;
    await clock.pass(20 * MINUTE);
    expect(info(A)?.isFetching).toBe(true);
    registry.cancelFetch(A.id);
    await clock.pass(1000);
    expect(info(A)).toMatchObject({ isFetching: false, failure: undefined, fetchedAt });
    // The next fetch is due after the usual interval.
    await clock.pass(5 * MINUTE);
    expect(info(A)?.isFetching).toBe(false);
    await clock.pass(10 * MINUTE);
    expect(info(A)?.isFetching).toBe(true);
  });

  it('can be cleared and removed', async () => {
    const { registry, clock, source, removed, info } = open();
    registry.setConfigs([A, B]);
    await clock.pass(1000);
    const [first] = [source(A)];
    await registry.forget(A.id);
    expect(info(A)?.fetchedAt).toBeUndefined();
    await registry.remove(A.id);
    expect([removed, first.isDisposed, info(A)]).toEqual([[A.id], true, undefined]);
  });

  it("keep their copies if the settings can't be written", async () => {
    const { registry, clock, info } = open({
      removeFromSettings: () => Promise.reject(new Error('Unable to write')),
    });
    registry.setConfigs([A]);
    await clock.pass(1000);
    const { fetchedAt } = info(A) ?? {};
    await expect(registry.remove(A.id)).rejects.toThrow('Unable to write');
    expect(fetchedAt).toBeDefined();
    expect(info(A)?.fetchedAt).toBe(fetchedAt);
  });

  it('lose their copies even if new settings are read at once', async () => {
    const { registry, clock, source, info } = open({
      removeFromSettings: () => {
        registry.setConfigs([B]);
        return Promise.resolve();
      },
    });
    registry.setConfigs([A, B]);
    await clock.pass(1000);
    const first = source(A);
    await registry.remove(A.id);
    expect([first.copy, first.isDisposed, info(A)]).toEqual([undefined, true, undefined]);
  });

  it("can be removed even if they can't be opened", async () => {
    const { registry, removed } = open({ open: () => Promise.reject(new Error('no git')) });
    registry.setConfigs([A]);
    await registry.remove(A.id);
    expect([removed, registry.getSources()]).toEqual([[A.id], []]);
  });

  it('are found by their files', async () => {
    const { registry, clock } = open();
    registry.setConfigs([A, B]);
    await clock.pass(1000);
    const files = [`callboard-source://${B.key}/a.yaml`, 'callboard-source://other/a', 'file:///a'];
    expect(files.map(file => registry.getSourceOf(file)?.id)).toEqual([B.id, undefined, undefined]);
  });
});

describe('missing entities of a partial copy', () => {
  const missing = ({ source }: World, config: SourceConfig, start: number): readonly number[] =>
    source(config).fetchesOfMissing.map(time => (time - start) / MINUTE);

  it('are fetched at once, and all others on schedule', async () => {
    const world = open();
    const { registry, clock, source, fetches } = world;
    const start = clock.now();
    registry.setConfigs([A]);
    await clock.pass(4 * MINUTE);
    source(A).misses.fire();
    await clock.pass(7 * MINUTE);
    expect([missing(world, A, start), fetches(A).map(Math.round)]).toEqual([[4], [0, 10]]);
  });

  it('are fetched if they are reported during another fetch', async () => {
    const world = open();
    const { registry, clock, source } = world;
    const start = clock.now();
    registry.setConfigs([A]);
    await clock.pass(4 * MINUTE);
    let take = (): void => {};
    source(A).onFetch = never;
    const refused = registry.refresh({ id: A.id });
    await clock.pass(1000);
    source(A).onFetch = () => new Promise(resolve => (take = resolve));
    const rebuilt = registry.refresh({ id: A.id, isAnew: true });
    await clock.pass(1000);
    source(A).misses.fire();
    source(A).onFetch = undefined;
    take();
    await Promise.all([refused, rebuilt]);
    await clock.pass(MINUTE);
    expect(missing(world, A, start).map(Math.round)).toEqual([4]);
  });

  it.each([
    ['are fetched again if more are missing', false, [[4, 5], [0]]],
    ['are followed by a full refresh on request', true, [[4], [0, 5]]],
  ])('%s', async (_, isRefreshed, expected) => {
    const world = open();
    const { registry, clock, source, fetches } = world;
    const start = clock.now();
    registry.setConfigs([A]);
    await clock.pass(4 * MINUTE);
    source(A).onFetch = () => clock.delay(MINUTE);
    source(A).misses.fire();
    await clock.pass(1000);
    source(A).misses.fire();
    const refreshed = isRefreshed ? registry.refresh({ id: A.id }) : undefined;
    await clock.pass(3 * MINUTE);
    await refreshed;
    expect([missing(world, A, start), fetches(A).map(Math.round)]).toEqual(expected);
  });

  it('wait if the source fails, while offline, and for manual sources', async () => {
    let isOffline = false;
    const world = open({ isOffline: () => isOffline });
    const { registry, clock, source } = world;
    const [manual] = configs({ url: 'https://d.test/', refreshMinutes: 0 }) as [SourceConfig];
    registry.setConfigs([A, manual]);
    await clock.pass(1000);
    failing(new SourceError('unreachable', 'x'))(source(A));
    await registry.refresh();
    for (const config of [A, manual]) source(config).misses.fire();
    await clock.pass(1000);
    source(A).onFetch = undefined;
    await registry.refresh();
    isOffline = true;
    source(A).misses.fire();
    await clock.pass(MINUTE);
    expect([A, manual].map(config => missing(world, config, 0))).toEqual([[], []]);
  });

  it('fail like other fetches', async () => {
    const { registry, clock, source, reported, fetches } = open();
    registry.setConfigs([A]);
    await clock.pass(4 * MINUTE);
    failing(new SourceError('unreachable', 'x'))(source(A));
    source(A).misses.fire();
    await clock.pass(1000);
    source(A).onFetch = undefined;
    await clock.pass(2 * MINUTE);
    expect([reported.map(({ id }) => id), fetches(A).map(Math.round)]).toEqual([[A.id], [0, 5]]);
  });
});

describe('entity fetched by name', () => {
  const ref = 'component:default/a';
  const { signal } = new AbortController();

  it('is found if one of the sources has it, whatever the others return', async () => {
    const { registry, clock, source } = open();
    registry.setConfigs([A, B, C]);
    await clock.pass(1000);
    expect(await registry.fetchEntity(ref, { signal })).toBe(false);
    source(A).onBring = () => Promise.reject(new SourceError('unreachable', 'A is not there'));
    await expect(registry.fetchEntity(ref, { signal })).rejects.toThrow('A is not there');
    source(C).onBring = async asked => asked === ref;
    expect(await registry.fetchEntity(ref, { signal })).toBe(true);
  });

  it('is not requested while offline', async () => {
    const { registry, clock, source } = open({ isOffline: () => true });
    registry.setConfigs([A]);
    await clock.pass(1000);
    source(A).onBring = async () => true;
    expect(await registry.fetchEntity(ref, { signal })).toBe(false);
  });
});

describe('search in sources', () => {
  const shop: SourceEntity = {
    ref: 'component:default/shop',
    kind: 'Component',
    namespace: 'default',
    name: 'shop',
    title: 'Shop',
    type: 'service',
  };
  const query = { text: 'sho', limit: 5 };
  const part = { total: 90_000, isTooLarge: true };

  async function asking(deps: Partial<SourceRegistryDeps> = {}) {
    const world = open({ ...deps, prepare: source => (source.part = part) });
    world.registry.setConfigs([A, B, C]);
    await world.clock.pass(1000);
    const ending = new AbortController();
    const reported: unknown[] = [];
    const find = (options: Partial<FindEntitiesOptions> = {}) =>
      world.registry.findEntities(query, {
        signal: ending.signal,
        onAnswer: ({ source, entities, isComplete, failure }) =>
          reported.push([source.id, failure ?? entities, isComplete]),
        ...options,
      });
    return { ...world, ending, reported, find };
  }

  it('returns results of each source as they arrive, after a delay', async () => {
    const { source, clock, reported, find } = await asking();
    const requests: unknown[] = [];
    source(A).onFind = async request => {
      requests.push(request);
      await clock.delay(500);
      return { entities: [shop], isComplete: false };
    };
    source(B).onFind = () => Promise.reject(new SourceError('unreachable', 'B is not there'));
    const finding = find();
    await clock.pass(200, 100);
    expect(requests).toEqual([]);
    await clock.pass(200, 100);
    expect(reported).toEqual([
      [B.id, 'B is not there', false],
      [C.id, [], true],
    ]);
    await clock.pass(600, 100);
    await finding;
    expect([requests, reported[2]]).toEqual([[query], [A.id, [shop], false]]);
  });

  it('ends after a timeout', async () => {
    const { source, clock, reported, find } = await asking();
    let ended: AbortSignal | undefined;
    source(A).onFind = (_, signal) => {
      ended = signal;
      return new Promise(() => {});
    };
    const finding = find();
    await clock.pass(15_000);
    await finding;
    expect([ended?.aborted, reported.at(-1)]).toEqual([
      true,
      [A.id, `${source(A).config.name} isn't responding.`, false],
    ]);
  });

  it('is aborted by the next one', async () => {
    const { source, clock, ending, reported, find } = await asking();
    source(A).onFind = () => Promise.reject(new Error('asked'));
    const finding = expect(find()).rejects.toMatchObject({ name: 'AbortError' });
    ending.abort();
    await clock.pass(1000);
    await finding;
    expect(reported).toEqual([]);
  });

  it('queries partially fetched sources only, and none while offline', async () => {
    const { source, clock, reported, find } = await asking();
    source(A).part = undefined;
    source(B).part = undefined;
    const finding = find();
    await clock.pass(1000);
    await finding;
    expect(reported).toEqual([[C.id, [], true]]);
    const offline = await asking({ isOffline: () => true });
    await offline.find();
    expect(offline.reported).toEqual([]);
  });

  it('skips sources whose last fetch failed', async () => {
    const { registry, source, clock, reported, find } = await asking();
    failing(new SourceError('unreachable', 'x'))(source(A));
    const fetching = registry.refresh();
    await clock.pass(1000);
    await fetching;
    const finding = find({ isAside: true });
    await clock.pass(1000);
    await finding;
    expect(reported).toEqual([
      [B.id, [], true],
      [C.id, [], true],
    ]);
  });
});

it('the catalog has entities of a source, and the source counts them', async () => {
  const catalog = await openCatalog({ 'a.yaml': aComponent('a') });
  const clock = new ManualClock();
  const { registry, info } = open({
    clock,
    addSource: source => catalog.engine.addSource(source),
    open: config => {
      const source = new RemoteSourceInMemory(config, { clock, files: catalog.files });
      source.remote = { 'b.yaml': aComponent('b'), 'c.yaml': aComponent('c') };
      return Promise.resolve(source);
    },
  });
  registry.setConfigs([A]);
  await clock.pass(1000);
  await catalog.engine.sourcesRead();
  expect(catalog.refs()).toEqual(['a', 'b', 'c'].map(name => `component:default/${name}`));
  expect(info(A)?.entities).toBe(2);
  registry.setConfigs([]);
  await catalog.engine.sourcesRead();
  expect(catalog.refs()).toEqual(['component:default/a']);
});

it('files are read from their source', async () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const near = new InMemoryFileSystem({ '/a': 'near' });
  const far = {
    readFile: () => Promise.resolve(bytes('far')),
    stat: () => Promise.resolve({ type: 'file' as const, size: 3, mtime: 1 }),
    readDirectory: () => Promise.resolve([]),
    realPath: (uri: string) => Promise.resolve(`${uri}!`),
  };
  const files = sourcesFileSystem(near, key => (key === 'k' ? far : undefined));
  expect(await files.readFile('file:///a')).toEqual(bytes('near'));
  expect(await files.readFile('callboard-source://k/a')).toEqual(bytes('far'));
  expect(await files.readStamped('callboard-source://k/a', 3)).toMatchObject({
    content: bytes('far'),
  });
  expect(await files.readStamped('callboard-source://k/a', 2)).toMatchObject({
    content: undefined,
  });
  expect(await files.realPath('callboard-source://k/a')).toBe('callboard-source://k/a!');
  expect(await files.stat('callboard-source://gone/a')).toBeUndefined();
  const read = files.readFile('callboard-source://gone/a');
  await expect(read).rejects.toMatchObject({ code: 'ENOENT' });
});
