import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { performance } from 'node:perf_hooks';
import { join } from 'node:path';
import type { SearchCollator, SearchService } from '../src/api';
import { DisposableStore, english, Registry, silentLogger } from '../src/base';
import { ApisCollator } from '../src/features/apis/plugin';
import { CatalogEngine } from '../src/features/catalog/core';
import { loadEntityCollators } from '../src/features/catalog/plugin';
import { loadTemplatesCollator } from '../src/features/scaffolder/plugin';
import {
  DefaultSearchService,
  IndexStore,
  RestartingSearchIndex,
} from '../src/features/search/core';
import { EntitySearch } from '../src/features/search/core/entities';
import { TechDocsSites } from '../src/features/techdocs/core';
import { DocsCollator } from '../src/features/techdocs/plugin';
import type { WorkerPool } from '../src/platform/core/ports';
import {
  loadThreads,
  NodeBlobStore,
  NodeClock,
  NodeFileSystem,
  pathToFileUri,
  lazyWorkerPool,
} from '../src/platform/node';
import { buildWorker, describe, quantile, watchThread } from './measuring';
import { cachedOrganization } from './organization';
import { writeSites } from './searchSites';

/*
 * The first search after a start, as in the editor: the real service with all collators, the index in a thread, and docs
 * read by workers. Each start is a new process, with and without an index of the last session. Measures the time from the
 * loaded catalog to the first results for a name, to the first results of the index, and to the complete index, and the
 * time that the host's thread is busy. One series doesn't search until the index is complete; the other searches all the
 * time, which slows indexing. The floor is getting each entity once, and reading the pages from the disk.
 */

const ENTITIES = 10_000;
const PAGES = 2000;
const ROUNDS = 3;
const NAME = 'payment gateway';
const CHILD = 'start';

interface Places {
  readonly folders: readonly string[];
  readonly pages: readonly string[];
  readonly scripts: { readonly worker: string; readonly search: string };
  readonly store: string;
  /** Whether to search without a pause while the index is built. */
  readonly searchesAlways: boolean;
}

/** Times in milliseconds. */
interface Start {
  /** Since the catalog was loaded. */
  readonly first: number;
  readonly firstOfIndex: number;
  readonly ready: number;
  /** Processor time of all threads, from the loaded catalog to the complete index. */
  readonly processor: number;
  /** Busy time of the host's thread in total, and the longest block. */
  readonly busy: number;
  readonly held: number;
  /** Time of a search while the index is built. */
  readonly searchTime: number;
  readonly floor: number;
  readonly documents: number;
  /** Time until the last source was read, by collator. */
  readonly read: Readonly<Record<string, number>>;
}

type Part = Exclude<keyof Start, 'read'>;

async function start({
  folders,
  pages,
  scripts,
  store: place,
  searchesAlways,
}: Places): Promise<Start> {
  const store = new DisposableStore();
  const pool = store.add(lazyWorkerPool(scripts.worker));
  const deps = { fileSystem: new NodeFileSystem(), clock: new NodeClock(), logger: silentLogger };
  const catalog = store.add(new CatalogEngine(deps));
  catalog.setRoots(folders.map(folder => ({ uri: pathToFileUri(folder), name: folder })));
  await catalog.refresh();

  const before = process.cpuUsage();
  const used = performance.eventLoopUtilization();
  const began = performance.now();
  const since = (): number => performance.now() - began;
  const watch = watchThread();
  const read: Record<string, number> = {};
  const onRead = (id: string): void => void (read[id] = since());
  const { search, kept, index } = await openSearch(
    { ...deps, catalog, pool, store, onRead },
    scripts.search,
    place,
  );
  const { signal } = new AbortController();
  const ask = (): ReturnType<SearchService['find']> =>
    search.find({ query: NAME, limit: 50 }, signal);
  await ask();
  const first = since();
  let firstOfIndex: number | undefined;
  const searchTime: number[] = [];
  let isReady = false;
  const readying = search.whenReady(signal).then(() => (isReady = true));
  while (!isReady) {
    const asked = performance.now();
    const { results } = await ask();
    searchTime.push(performance.now() - asked);
    // Results by name have no score and no excerpt.
    if (results.some(({ snippet }) => snippet)) firstOfIndex ??= since();
    const isOver = !searchesAlways && firstOfIndex !== undefined;
    await (isOver ? readying : Promise.race([readying, pause(50)]));
  }
  const ready = since();
  const { user, system } = process.cpuUsage(before);
  const { active } = performance.eventLoopUtilization(used);
  const held = watch();
  const { documents } = await index.statistics();
  await kept.save(
    index,
    search.collators.map(({ id }) => id),
  );
  const floor = await floorOf(catalog, pages);
  store.dispose();
  return {
    first,
    firstOfIndex: firstOfIndex ?? ready,
    ready,
    busy: active,
    held,
    floor,
    documents,
    processor: (user + system) / 1000,
    searchTime: quantile(searchTime, 0.95),
    read,
  };
}

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

async function openSearch(
  deps: {
    readonly catalog: CatalogEngine;
    readonly pool: WorkerPool;
    readonly store: DisposableStore;
    readonly fileSystem: NodeFileSystem;
    readonly clock: NodeClock;
    readonly logger: typeof silentLogger;
    readonly onRead: (collator: string) => void;
  },
  script: string,
  place: string,
) {
  const { catalog, pool, store, fileSystem, clock, logger, onRead } = deps;
  const { NodeThread } = await loadThreads();
  const index = new RestartingSearchIndex({
    startThread: async () => new NodeThread(script),
    createIndex: () => Promise.reject(new Error('It is not to be on this thread')),
    logger,
  });
  const kept = new IndexStore({ store: new NodeBlobStore(place), version: 'bench', logger });
  const techdocs = store.add(
    new TechDocsSites({
      fileSystem,
      clock,
      logger,
      catalog,
      workers: pool,
      environment: () => new Map(),
    }),
  );
  const collators = new Registry<SearchCollator>();
  const all = { catalog, files: fileSystem, techdocs, logger, translate: english };
  for (const collator of [
    ...(await loadEntityCollators(catalog)),
    await loadTemplatesCollator({ catalog }),
    store.add(new DocsCollator(all)),
    store.add(new ApisCollator(all)),
  ]) {
    collators.add(watched(collator, onRead));
  }
  const search = store.add(
    new DefaultSearchService({
      catalog,
      collators,
      clock,
      logger,
      index,
      indexStore: kept,
      entitySearch: store.add(new EntitySearch(catalog)),
      identity: { getOwnershipRefs: () => [] },
      recent: { viewed: () => [], edited: () => [] },
      starred: { all: () => [] },
    }),
  );
  return { search, index, kept };
}

/** Wraps a collator, and reports each source that was read. */
function watched(collator: SearchCollator, onRead: (collator: string) => void): SearchCollator {
  return new Proxy(collator, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      if (name !== 'collate') return value.bind(target) as unknown;
      return (source: string, signal: AbortSignal) => {
        const documents = target.collate(source, signal);
        if (documents instanceof Promise) {
          return documents.finally(() => onRead(target.id));
        }
        onRead(target.id);
        return documents;
      };
    },
  });
}

async function floorOf(catalog: CatalogEngine, pages: readonly string[]): Promise<number> {
  const before = process.cpuUsage();
  for (const ref of catalog.getEntityRefs()) catalog.getEntityByRef(ref);
  for (const page of pages) await readFile(page, 'utf8');
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Measures a start in a new process. */
function startAnew(places: Places): Start {
  const output = execFileSync(process.execPath, [process.argv[1] ?? '', CHILD], {
    input: JSON.stringify(places),
    encoding: 'utf8',
  });
  return JSON.parse(output) as Start;
}

function printStarts(title: string, starts: readonly Start[]): void {
  const half = (part: Part): number =>
    quantile(
      starts.map(one => one[part]),
      0.5,
    );
  const most = (part: Part): number => Math.max(...starts.map(one => one[part]));
  console.log(`  ${title}: ${half('documents')} documents`);
  const line = (name: string, part: Part, more = ''): void =>
    console.log(
      `    ${name.padEnd(52)} ${half(part).toFixed(0).padStart(6)} ms, at most ${most(part).toFixed(0)} ms${more}`,
    );
  line('first answer to a name', 'first');
  line('first answer of the index', 'firstOfIndex');
  line('a search while indexing, p95', 'searchTime');
  line('all indexed', 'ready');
  const read = starts.map(one => one.read);
  for (const id of Object.keys(read[0] ?? {})) {
    const times = read.map(one => one[id] ?? 0);
    console.log(
      `      ${`of that, ${id} read`.padEnd(50)} ${quantile(times, 0.5).toFixed(0).padStart(6)} ms, at most ${Math.max(...times).toFixed(0)} ms`,
    );
  }
  const ratio = half('processor') / half('floor');
  line('time of the processor, in all threads', 'processor', `, ${ratio.toFixed(1)} x the floor`);
  line('busy time of the host’s thread', 'busy');
  line('longest block of the host’s thread', 'held');
  line('floor, time of the processor', 'floor');
}

async function main(): Promise<void> {
  if (process.argv[2] === CHILD) {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    const places = JSON.parse(Buffer.concat(chunks).toString()) as Places;
    process.stdout.write(JSON.stringify(await start(places)));
    return;
  }
  const organization = cachedOrganization({ entities: ENTITIES, decoys: 0 });
  const scripts = { worker: await buildWorker(), search: await buildWorker('searchWorker') };
  const folder = mkdtempSync(join(tmpdir(), 'callboard-bench-search-'));
  try {
    const sites = join(folder, 'sites');
    const pages = writeSites(sites, PAGES);
    console.log(`${describe(organization)}; ${PAGES} pages of docs`);
    const without: Start[] = [];
    const asked: Start[] = [];
    const withOne: Start[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const store = join(folder, `store-${round}`);
      const places = { folders: [organization.folder, sites], pages, scripts, store };
      without.push(startAnew({ ...places, searchesAlways: false }));
      asked.push(startAnew({ ...places, store: `${store}-asked`, searchesAlways: true }));
      withOne.push(startAnew({ ...places, searchesAlways: true }));
    }
    printStarts('Without an index of the last session', without);
    printStarts('Without one, asked all the time', asked);
    printStarts('With one, asked all the time', withOne);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
