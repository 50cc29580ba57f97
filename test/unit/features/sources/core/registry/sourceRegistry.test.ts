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
  /** Names of what the catalog has, in its order. */
  readonly added: CatalogSource[];
  readonly told: CatalogSourceInfo[];
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
  const told: CatalogSourceInfo[] = [];
  registry.onFailure(info => told.push(info));
  const source = ({ id }: SourceConfig): RemoteSourceInMemory => {
    const found = sources.get(id);
    if (!found) throw new Error(`${id} was not opened`);
    return found;
  };
  return {
    registry,
    clock,
    added,
    told,
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

describe('the schedule', () => {
  it('fetches at once what has no copy, then as often as it should be', async () => {
    const { registry, clock, fetches } = open();
    registry.setConfigs([A]);
    await clock.pass(31 * MINUTE);
    expect(fetches(A).map(Math.round)).toEqual([0, 10, 20, 30]);
  });

  it('leaves a copy alone until it is old', async () => {
    const { registry, clock, fetches } = open({
      prepare: source => {
        source.copy = { texts: {}, fetchedAt: clock.now() - 7 * MINUTE };
      },
    });
    registry.setConfigs([A]);
    await clock.pass(4 * MINUTE);
    expect(fetches(A).map(Math.round)).toEqual([3]);
  });

  it('leaves alone what is only fetched by command, be there a copy or not', async () => {
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

  it('is not put off by a clock that is put back, nor doubled by one that is put on, or by sleep', async () => {
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

  it('takes a copy of the future for an old one', async () => {
    const { registry, clock, fetches } = open({
      prepare: source => {
        source.copy = { texts: {}, fetchedAt: clock.now() + 1000 * MINUTE };
      },
    });
    registry.setConfigs([A]);
    await clock.pass(MINUTE);
    expect(fetches(A)).toEqual([0]);
  });

  it('waits longer after each failure, and as long as a host wants', async () => {
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

  it('does not ask sooner where asking is of no use', async () => {
    const { registry, clock, fetches } = open({
      prepare: failing(new SourceError('unauthorized', 'No token')),
    });
    registry.setConfigs([A]);
    await clock.pass(21 * MINUTE);
    expect(fetches(A).map(Math.round)).toEqual([0, 10, 20]);
  });

  it('asks nobody while that is asked for', async () => {
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

  it('is none where there is to be none', async () => {
    const { registry, clock, fetches } = open({ isScheduled: false });
    registry.setConfigs([A]);
    await clock.pass(30 * MINUTE);
    expect(fetches(A)).toEqual([]);
    await registry.refresh();
    expect(fetches(A)).toEqual([30]);
  });

  it('fetches each source once at a time, and four at once, but waits for none for long', async () => {
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

describe('a failure', () => {
  it('is told once until it is over, and stands in the info', async () => {
    const error = new SourceError('unauthorized', 'No token', { advice: 'Set one.' });
    const { registry, clock, source, told, info } = open({ prepare: failing(error) });
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
    expect(told.map(({ failure }) => failure?.message)).toEqual(['No token']);
    source(A).onFetch = undefined;
    await registry.refresh({ id: A.id });
    expect(info(A)?.failure).toBeUndefined();
    failing(new SourceError('unreachable', 'Gone'))(source(A));
    await registry.refresh({ id: A.id });
    expect(told.map(({ failure }) => failure?.message)).toEqual(['No token', 'Gone']);
  });

  it('is warned of once until it is over, and is no more than information at each further try', async () => {
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

  it('of what cannot be opened is tried again', async () => {
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

  it('of a copy that cannot be read leaves the other machine', async () => {
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
  it('stand in their order from the start, though one of them is slow', async () => {
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

  it('that are gone, or others, are given up, with what is being fetched', async () => {
    const { registry, clock, added, source, told } = open({
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
    expect(told).toEqual([]);
  });

  it('are fetched by command, together with who asks meanwhile, until that is taken back', async () => {
    const { registry, clock, source, info } = open({ isScheduled: false });
    registry.setConfigs([A, B]);
    await registry.whenRestored();
    source(A).onFetch = never;
    const controller = new AbortController();
    const both = registry.refresh({ signal: controller.signal });
    await clock.pass(1000);
    const again = registry.refresh({ id: A.id });
    await clock.pass(1000);
    expect([info(A)?.isFetching, info(B)?.isFetching]).toEqual([true, false]);
    controller.abort();
    await expect(both).rejects.toMatchObject({ name: 'AbortError' });
    await again;
    expect([source(A).fetches.length, info(A)?.isFetching, info(A)?.failure]).toEqual([
      1,
      false,
      undefined,
    ]);
  });

  it('are asked anew with what was given meanwhile, whoever is asking them without', async () => {
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

  it('tell how far they are, in words', async () => {
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

  it('are forgotten, and removed', async () => {
    const { registry, clock, source, removed, info } = open();
    registry.setConfigs([A, B]);
    await clock.pass(1000);
    const [first] = [source(A)];
    await registry.forget(A.id);
    expect(info(A)?.fetchedAt).toBeUndefined();
    await registry.remove(A.id);
    expect([removed, first.isDisposed, info(A)]).toEqual([[A.id], true, undefined]);
  });

  it('keep their copies where the settings cannot be written', async () => {
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

  it('lose their copies also where the settings that are written are read at once', async () => {
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

  it('are removed even where they cannot be opened', async () => {
    const { registry, removed } = open({ open: () => Promise.reject(new Error('no git')) });
    registry.setConfigs([A]);
    await registry.remove(A.id);
    expect([removed, registry.getSources()]).toEqual([[A.id], []]);
  });

  it('are told by their files', async () => {
    const { registry, clock } = open();
    registry.setConfigs([A, B]);
    await clock.pass(1000);
    const files = [`callboard-source://${B.key}/a.yaml`, 'callboard-source://other/a', 'file:///a'];
    expect(files.map(file => registry.getSourceOf(file)?.id)).toEqual([B.id, undefined, undefined]);
  });
});

describe('what the catalog wants and a copy does not have', () => {
  const missing = ({ source }: World, config: SourceConfig, start: number): readonly number[] =>
    source(config).fetchesOfMissing.map(time => (time - start) / MINUTE);

  it('is fetched at once, and all else when that is due', async () => {
    const world = open();
    const { registry, clock, source, fetches } = world;
    const start = clock.now();
    registry.setConfigs([A]);
    await clock.pass(4 * MINUTE);
    source(A).misses.fire();
    await clock.pass(7 * MINUTE);
    expect([missing(world, A, start), fetches(A).map(Math.round)]).toEqual([[4], [0, 10]]);
  });

  it('is fetched where it is missed while a source is asked anew', async () => {
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
    const anew = registry.refresh({ id: A.id, isAnew: true });
    await clock.pass(1000);
    source(A).misses.fire();
    source(A).onFetch = undefined;
    take();
    await Promise.all([refused, anew]);
    await clock.pass(MINUTE);
    expect(missing(world, A, start).map(Math.round)).toEqual([4]);
  });

  it.each([
    ['is fetched again where more is missed meanwhile', false, [[4, 5], [0]]],
    ['is followed by all else where somebody asks for that', true, [[4], [0, 5]]],
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

  it('waits where the source fails, where nobody is to be asked, and where that is for the user to say', async () => {
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

  it('fails as all else does', async () => {
    const { registry, clock, source, told, fetches } = open();
    registry.setConfigs([A]);
    await clock.pass(4 * MINUTE);
    failing(new SourceError('unreachable', 'x'))(source(A));
    source(A).misses.fire();
    await clock.pass(1000);
    source(A).onFetch = undefined;
    await clock.pass(2 * MINUTE);
    expect([told.map(({ id }) => id), fetches(A).map(Math.round)]).toEqual([[A.id], [0, 5]]);
  });
});

describe('an entity that is asked for by its name', () => {
  const ref = 'component:default/a';
  const { signal } = new AbortController();

  it('is there where one of the sources has it, whatever the others say', async () => {
    const { registry, clock, source } = open();
    registry.setConfigs([A, B, C]);
    await clock.pass(1000);
    expect(await registry.bring(ref, { signal })).toBe(false);
    source(A).onBring = () => Promise.reject(new SourceError('unreachable', 'A is not there'));
    await expect(registry.bring(ref, { signal })).rejects.toThrow('A is not there');
    source(C).onBring = async asked => asked === ref;
    expect(await registry.bring(ref, { signal })).toBe(true);
  });

  it('is not asked for where nobody is to be asked', async () => {
    const { registry, clock, source } = open({ isOffline: () => true });
    registry.setConfigs([A]);
    await clock.pass(1000);
    source(A).onBring = async () => true;
    expect(await registry.bring(ref, { signal })).toBe(false);
  });
});

describe('entities that are looked for by name', () => {
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
    const told: unknown[] = [];
    const find = (options: Partial<FindEntitiesOptions> = {}) =>
      world.registry.findEntities(query, {
        signal: ending.signal,
        onAnswer: ({ source, entities, isComplete, failure }) =>
          told.push([source.id, failure ?? entities, isComplete]),
        ...options,
      });
    return { ...world, ending, told, find };
  }

  it('are told as each source answers, after a moment', async () => {
    const { source, clock, told, find } = await asking();
    const asked: unknown[] = [];
    source(A).onFind = async request => {
      asked.push(request);
      await clock.delay(500);
      return { entities: [shop], isComplete: false };
    };
    source(B).onFind = () => Promise.reject(new SourceError('unreachable', 'B is not there'));
    const finding = find();
    await clock.pass(200, 100);
    expect(asked).toEqual([]);
    await clock.pass(200, 100);
    expect(told).toEqual([
      [B.id, 'B is not there', false],
      [C.id, [], true],
    ]);
    await clock.pass(600, 100);
    await finding;
    expect([asked, told[2]]).toEqual([[query], [A.id, [shop], false]]);
  });

  it('are not waited for forever', async () => {
    const { source, clock, told, find } = await asking();
    let ended: AbortSignal | undefined;
    source(A).onFind = (_, signal) => {
      ended = signal;
      return new Promise(() => {});
    };
    const finding = find();
    await clock.pass(15_000);
    await finding;
    expect([ended?.aborted, told.at(-1)]).toEqual([
      true,
      [A.id, `${source(A).config.name} doesn't answer.`, false],
    ]);
  });

  it('are not looked for once another question has come', async () => {
    const { source, clock, ending, told, find } = await asking();
    source(A).onFind = () => Promise.reject(new Error('asked'));
    const finding = expect(find()).rejects.toMatchObject({ name: 'AbortError' });
    ending.abort();
    await clock.pass(1000);
    await finding;
    expect(told).toEqual([]);
  });

  it('are looked for where a part is held, and by nobody who is offline', async () => {
    const { source, clock, told, find } = await asking();
    source(A).part = undefined;
    source(B).part = undefined;
    const finding = find();
    await clock.pass(1000);
    await finding;
    expect(told).toEqual([[C.id, [], true]]);
    const offline = await asking({ isOffline: () => true });
    await offline.find();
    expect(offline.told).toEqual([]);
  });

  it('are not looked for aside where the last fetch has failed', async () => {
    const { registry, source, clock, told, find } = await asking();
    failing(new SourceError('unreachable', 'x'))(source(A));
    const fetching = registry.refresh();
    await clock.pass(1000);
    await fetching;
    const finding = find({ isAside: true });
    await clock.pass(1000);
    await finding;
    expect(told).toEqual([
      [B.id, [], true],
      [C.id, [], true],
    ]);
  });
});

it('the catalog has what a source brings, and the source knows how much that is', async () => {
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

it('files are read where they are', async () => {
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
