import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { createHash } from 'node:crypto';
import { isRecord, silentLogger } from '../src/base';
import { openBackstageSource } from '../src/features/backstage/core/catalog/backstageSource';
import { CatalogEngine } from '../src/features/catalog/core';
import {
  type BackstageSourceConfig,
  DefaultSourceHttp,
  type RemoteSource,
} from '../src/features/sources/core';
import type { Entity } from '../src/model';
import { AllowedHosts } from '../src/platform/core/hosts';
import { loadOutputs, NodeBlobStore, NodeClock, NodeFileSystem } from '../src/platform/node';
import { type BackstageServer, startBackstage } from '../test/support/backstageServer';
import { StandInBackstage } from '../test/support/standInBackstage';
import { describe, longestBlock, open, print, quantile, timed } from './measuring';
import { cachedOrganization } from './organization';
import { inUse, settled } from './ownProcess';

/*
 * Cost of a Backstage with 10,000 entities as a source: the first fetch, a refresh without changes, a refresh with ten
 * changed entities, and the next start. The server is a stand-in in a separate process that responds immediately, so the
 * figures are the client's cost. BENCH_LARGE=1 uses 50,000 entities. BENCH_REAL=1 uses a real Backstage, which first
 * reads all of them.
 */

const SERVER = 'serve';
const ROUNDS = 5;

/** Writes the entities of an organization to a file, for the process that serves them. @returns their number */
async function servedEntities(folder: string, file: string): Promise<number> {
  const { engine, close } = open(folder);
  await engine.refresh();
  const entities = engine.getEntities().map((entity, index): Entity => {
    const etag = createHash('sha1').update(`${index}`).digest('hex');
    const uid = etag.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
    const metadata = { ...entity.metadata, uid, etag };
    return { ...entity, metadata };
  });
  close();
  writeFileSync(file, entities.map(entity => JSON.stringify(entity)).join('\n'));
  return entities.length;
}

/** Serves entities. Each line of the input is the number of entities to change. */
async function serve(file: string): Promise<void> {
  const lines = readFileSync(file, 'utf8').split('\n');
  const server = new StandInBackstage(lines.map(line => JSON.parse(line) as Entity));
  await server.listen();
  console.log(server.url);
  let round = 0;
  for await (const line of createInterface({ input: process.stdin })) {
    round++;
    server.entities = (server.entities as Entity[]).map((entity, index) =>
      index < Number(line)
        ? {
            ...entity,
            metadata: { ...entity.metadata, title: `${round}`, etag: `${round}`.padStart(40, '0') },
          }
        : entity,
    );
    console.log('changed');
  }
  server.close();
}

/** Entities per file for a real Backstage. */
const PER_FILE = 100;

/** Starts a real Backstage, and waits until it has an organization with all relations. */
async function startRealBackstage(folder: string): Promise<BackstageServer> {
  const { engine, close } = open(folder);
  await engine.refresh();
  const texts = engine
    .getEntities()
    .filter(({ kind }) => kind !== 'Location')
    .map(({ apiVersion, kind, metadata, spec }) => {
      const own = { ...metadata, annotations: ownAnnotations(metadata.annotations) };
      return JSON.stringify({ apiVersion, kind, metadata: own, spec });
    });
  close();
  const files: Record<string, string> = {};
  for (let from = 0; from < texts.length; from += PER_FILE) {
    files[`${from}.yaml`] = texts.slice(from, from + PER_FILE).join('\n---\n');
  }
  const location = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Location',
    metadata: { name: 'all' },
    spec: { type: 'file', targets: Object.keys(files).map(name => `./${name}`) },
  };
  const server = await startBackstage({
    name: 'bench',
    files: { ...files, 'all.yaml': JSON.stringify(location) },
    catalog: { processingInterval: { hours: 1 } },
  });
  const place = mkdtempSync(join(tmpdir(), 'callboard-bench-'));
  const { source, engine: read } = await connect(server.url, place);
  for (let same = 0; same < 3; same++) {
    await sleep(10_000);
    if ((await fetchOnce(source)).changed) same = 0;
  }
  source.dispose();
  read.dispose();
  rmSync(place, { recursive: true, force: true });
  return server;
}

/** Returns an entity's annotations without those that depend on the reader, such as locations. */
function ownAnnotations(all: unknown): object {
  const own = Object.entries(isRecord(all) ? all : {}).filter(
    ([name]) => !/^backstage\.io\/(managed|view|edit|source)/.test(name),
  );
  return Object.fromEntries(own);
}

/** @param change - changes this number of entities; undefined if changes take long */
async function measure(url: string, change?: (count: number) => Promise<void>): Promise<void> {
  const place = mkdtempSync(join(tmpdir(), 'callboard-bench-'));
  const close = (source: RemoteSource, engine: CatalogEngine): void => {
    source.dispose();
    engine.dispose();
  };
  try {
    const fetched = new Watch();
    const started = new Watch();
    for (const [watch, begin] of [
      [fetched, (source: RemoteSource) => fetchOnce(source)],
      [started, (source: RemoteSource) => source.restore()],
    ] as const) {
      for (let round = 0; round < ROUNDS; round++) {
        const { source, engine } = await connect(url, place);
        await watch.time(async () => {
          await begin(source);
          await engine.sourcesRead();
        });
        close(source, engine);
      }
    }
    fetched.print('first fetch, until all are in the catalog');
    started.print('the copy, until all are in the catalog');

    await settled();
    const before = inUse();
    const { source, engine } = await connect(url, place);
    await source.restore();
    await engine.sourcesRead();
    await settled();
    const { entities } = engine.statistics;
    row('entities', entities, '');
    row('memory, of source and catalog', (inUse() - before) / entities / 1000, 'kB an entity');

    for (const count of change ? [0, 10] : [0]) {
      const watch = new Watch();
      let last = { requests: 0, bytes: 0 };
      for (let round = 0; round < ROUNDS; round++) {
        if (count) await change?.(count);
        await watch.time(async () => {
          last = await fetchOnce(source);
          await engine.sourcesRead();
        });
      }
      watch.print(`refresh with ${count} changed`);
      row('requests', last.requests, '');
      row('bytes, packed', last.bytes / 1000, 'kB');
    }
    close(source, engine);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** Measures the duration of rounds, and the longest time that they block the thread. */
class Watch {
  readonly #times: number[] = [];
  readonly #processor: number[] = [];
  readonly #blocks: number[] = [];

  async time(run: () => Promise<void>): Promise<void> {
    const before = process.cpuUsage();
    const block = await longestBlock(async () => void this.#times.push(await timed(run)));
    const { user, system } = process.cpuUsage(before);
    this.#processor.push((user + system) / 1000);
    this.#blocks.push(block);
  }

  print(what: string): void {
    print(what, quantile(this.#times, 0.5));
    print('  time of the processor', quantile(this.#processor, 0.5));
    print('  longest block, median', quantile(this.#blocks, 0.5));
  }
}

function fetchOnce(source: RemoteSource): ReturnType<RemoteSource['fetch']> {
  return source.fetch({ signal: new AbortController().signal });
}

async function connect(
  url: string,
  place: string,
): Promise<{ readonly source: RemoteSource; readonly engine: CatalogEngine }> {
  const clock = new NodeClock();
  const config: BackstageSourceConfig = {
    type: 'backstage',
    id: 'bench',
    key: 'bench',
    name: 'Bench',
    url,
    filter: [],
    clientId: undefined,
    callbackPort: undefined,
    allow: ['*'],
    interval: 60_000,
    color: undefined,
    hold: 'all',
    limit: Number.POSITIVE_INFINITY,
  };
  const credentials = { authorization: async () => undefined };
  const http = new DefaultSourceHttp({
    allowed: () => new AllowedHosts([new URL(url).host]),
    async openHttp(isNamed) {
      const { GuardedHttpClient } = await loadOutputs();
      return new GuardedHttpClient({ isNamed });
    },
    credentials,
    clock,
  });
  const source = openBackstageSource(config, {
    http,
    credentials,
    clock,
    mirrors: undefined,
    store: new NodeBlobStore(place),
    hosts: () => new Map(),
    logger: silentLogger,
  });
  const fileSystem = new NodeFileSystem();
  const engine = new CatalogEngine({ fileSystem, clock, logger: silentLogger });
  // Reads an empty workspace, so that the catalog is loaded.
  await engine.refresh();
  engine.addSource(source);
  return { source, engine };
}

function row(name: string, value: number, unit: string): void {
  console.log(`  ${name.padEnd(56)} ${value.toFixed(1).padStart(9)} ${unit}`);
}

async function main(): Promise<void> {
  const [command, file = ''] = process.argv.slice(2);
  if (command === SERVER) return serve(file);
  for (const entities of process.env['BENCH_LARGE'] ? [10_000, 50_000] : [10_000]) {
    const organization = cachedOrganization({ entities });
    console.log(describe(organization));
    if (process.env['BENCH_REAL']) {
      const backstage = await startRealBackstage(organization.folder);
      try {
        await measure(backstage.url);
      } finally {
        await backstage.kill();
      }
      continue;
    }
    const folder = mkdtempSync(join(tmpdir(), 'callboard-bench-'));
    const served = join(folder, 'entities.jsonl');
    await servedEntities(organization.folder, served);
    const [bundle = ''] = process.argv.slice(1);
    const child = spawn(process.execPath, [bundle, SERVER, served], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    try {
      const { value: url } = await lines.next();
      await measure(String(url), async count => {
        child.stdin.write(`${count}\n`);
        await lines.next();
      });
    } finally {
      child.kill();
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

void main();
