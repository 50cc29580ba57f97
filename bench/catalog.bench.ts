import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { parseAllDocuments } from 'yaml';
import { silentLogger } from '../src/base';
import { CatalogEngine } from '../src/core/catalog';
import {
  fileUriToPath,
  NodeBlobStore,
  NodeClock,
  NodeFileSystem,
  NodeWorkerPool,
  pathToFileUri,
} from '../src/node';
import { cachedOrganisation, type Organisation } from './organisation';

/*
 * What the catalog costs, on invented organisations. The base is what cannot be avoided: walking the
 * same folders and reading the same YAML files, 32 at a time, and nothing else. The peer parses what
 * was read with `yaml`, Backstage's own parser. All take turns in one process, so that the ratios
 * hold on a busy machine; a number is the median of the rounds. BENCH_LARGE=1 adds 100,000 entities
 * among fewer other files.
 */

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const BLOCK_ROUNDS = 10;
const EDITS = 60;
const AT_ONCE = 32;

interface Setup {
  readonly script?: string;
  readonly store?: NodeBlobStore;
}

interface Opened {
  readonly engine: CatalogEngine;
  close(): void;
}

function open(folder: string, { script, store }: Setup = {}): Opened {
  const pool = script === undefined ? undefined : new NodeWorkerPool({ script });
  const engine = new CatalogEngine({
    fileSystem: new NodeFileSystem(),
    clock: new NodeClock(),
    logger: silentLogger,
    ...(pool && { workers: { pool, canRead: () => true } }),
    ...(store && { snapshot: { store, version: 'bench' } }),
  });
  engine.setRoots([{ uri: pathToFileUri(folder), name: 'bench' }]);
  return {
    engine,
    close() {
      engine.dispose();
      pool?.dispose();
    },
  };
}

/** @returns the texts where they are asked for */
async function walkAndRead(folder: string, keep: boolean): Promise<readonly string[]> {
  const texts: string[] = [];
  const pending: (() => Promise<void>)[] = [];
  const file = (path: string) => async (): Promise<void> => {
    const bytes = await readFile(path);
    if (keep) texts.push(bytes.toString('utf8'));
  };
  const directory = (path: string) => async (): Promise<void> => {
    for (const entry of await readdir(path, { withFileTypes: true })) {
      const { name } = entry;
      if (entry.isDirectory()) {
        if (name !== 'node_modules' && name !== '.git') pending.push(directory(`${path}/${name}`));
      } else if (/\.ya?ml$/.test(name)) pending.push(file(`${path}/${name}`));
    }
  };
  pending.push(directory(folder));
  let active = 0;
  await new Promise<void>((resolve, reject) => {
    const next = (): void => {
      while (active < AT_ONCE) {
        const task = pending.pop();
        if (!task) break;
        active++;
        task().then(() => {
          active--;
          next();
        }, reject);
      }
      if (!active && !pending.length) resolve();
    };
    next();
  });
  return texts;
}

async function walkReadAndParse(folder: string): Promise<void> {
  for (const text of await walkAndRead(folder, true)) {
    if (!text.includes('backstage.io/')) continue;
    for (const document of parseAllDocuments(text, { merge: false })) {
      if ('toJSON' in document) document.toJSON();
    }
  }
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/** While work runs, how long the thread was held at the longest, by a timer that wants every turn. */
async function longestBlock(run: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const look = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 1);
    last = now;
  };
  const timer = setInterval(look, 1);
  await run();
  clearInterval(timer);
  look();
  return longest;
}

async function cold(folder: string, setup: Setup): Promise<number> {
  const { engine, close } = open(folder, setup);
  const took = await timed(() => engine.refresh());
  close();
  return took;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function print(name: string, milliseconds: number, base?: number): void {
  const ratio = base ? `  ${(milliseconds / base).toFixed(1)} x the base` : '';
  console.log(`  ${name.padEnd(56)} ${milliseconds.toFixed(1).padStart(9)} ms${ratio}`);
}

async function measureIndex(folder: string, script: string, rounds: number): Promise<number> {
  const bases: number[] = [];
  const peers: number[] = [];
  const alone: number[] = [];
  const helped: number[] = [];
  for (let round = 0; round < rounds; round++) {
    bases.push(await timed(() => walkAndRead(folder, false)));
    peers.push(await timed(() => walkReadAndParse(folder)));
    alone.push(await cold(folder, {}));
    helped.push(await cold(folder, { script }));
  }
  const base = quantile(bases, 0.5);
  print('base: walk and read', base);
  print('peer: the same, and parse with `yaml`', quantile(peers, 0.5), base);
  print('cold index, on one thread', quantile(alone, 0.5), base);
  print('cold index, with workers', quantile(helped, 0.5), base);
  const blocks: number[] = [];
  for (let round = 0; round < BLOCK_ROUNDS; round++) {
    const { engine, close } = open(folder, { script });
    blocks.push(await longestBlock(() => engine.refresh()));
    close();
  }
  print('longest block of the thread meanwhile, median of 10', quantile(blocks, 0.5));
  print('longest block of the thread meanwhile, worst of 10', Math.max(...blocks));
  return base;
}

async function measureMemoryAndEdits(folder: string, script: string): Promise<void> {
  collectGarbage();
  const before = process.memoryUsage();
  const { engine, close } = open(folder, { script });
  await engine.refresh();
  collectGarbage();
  const after = process.memoryUsage();
  const bytes = after.heapUsed + after.external - before.heapUsed - before.external;
  const perEntity = bytes / engine.statistics.entities / 1000;
  console.log(`  ${'memory for each entity'.padEnd(56)} ${perEntity.toFixed(2).padStart(9)} kB`);

  const files = [...engine.getFiles()].sort((a, b) => a.documents - b.documents);
  const small = files.find(({ documents }) => documents === 1);
  for (const [what, file] of [
    ['a small file', small],
    [`a file of ${files.at(-1)?.documents} documents`, files.at(-1)],
  ] as const) {
    if (!file) continue;
    const path = fileUriToPath(file.uri);
    const text = readFileSync(path, 'utf8');
    const edits: number[] = [];
    try {
      for (let edit = 0; edit < EDITS; edit++) {
        writeFileSync(path, text.replace(/(name: .*)/, `$1-${edit % 3}`));
        edits.push(await timed(() => engine.applyChanges([{ type: 'changed', uri: file.uri }])));
      }
    } finally {
      writeFileSync(path, text);
    }
    print(`change of ${what} to the event, median`, quantile(edits, 0.5));
    print(`change of ${what} to the event, p95`, quantile(edits, 0.95));
  }
  close();
}

async function measureStart(folder: string, script: string, base: number): Promise<void> {
  const place = mkdtempSync(join(tmpdir(), 'callboard-bench-'));
  try {
    const store = new NodeBlobStore(place);
    const first = open(folder, { script, store });
    await first.engine.refresh();
    print('snapshot written', await timed(() => first.engine.save()), base);
    first.close();
    const shown: number[] = [];
    const verified: number[] = [];
    const blocks: number[] = [];
    for (let round = 0; round < 5; round++) {
      const { engine, close } = open(folder, { script, store });
      const start = performance.now();
      engine.onDidChange(() => {
        if (shown.length === round) shown.push(performance.now() - start);
      });
      blocks.push(await longestBlock(() => engine.refresh()));
      verified.push(performance.now() - start);
      close();
    }
    print('second start: the catalog is there', quantile(shown, 0.5), base);
    print('second start: known files checked, new ones found', quantile(verified, 0.5), base);
    print('second start: longest block, median', quantile(blocks, 0.5));
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

async function buildWorker(): Promise<string> {
  const folder = join(process.cwd(), 'out', 'bench');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, 'worker.mjs');
  const banner = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`;
  await build({
    entryPoints: [join(process.cwd(), 'src', 'worker.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: banner },
    logLevel: 'warning',
  });
  return pathToFileURL(outfile).href;
}

function describe({ entities, files, bytes, otherFiles, folders }: Organisation): string {
  const megabytes = (bytes / 1e6).toFixed(0);
  return `${entities} entities in ${files} files (${megabytes} MB), among ${otherFiles} others in ${folders} folders`;
}

async function main(): Promise<void> {
  const script = await buildWorker();
  const sizes: { entities: number; decoys?: number; rounds: number }[] = [
    { entities: 1000, rounds: 7 },
    { entities: 10_000, rounds: 5 },
  ];
  if (process.env['BENCH_LARGE']) sizes.push({ entities: 100_000, decoys: 200_000, rounds: 3 });
  for (const { rounds, ...options } of sizes) {
    const organisation = cachedOrganisation(options);
    console.log(describe(organisation));
    const base = await measureIndex(organisation.folder, script, rounds);
    await measureMemoryAndEdits(organisation.folder, script);
    await measureStart(organisation.folder, script, base);
  }
}

void main();
