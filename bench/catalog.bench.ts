import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parseAllDocuments } from 'yaml';
import {
  buildWorker,
  describe,
  type EngineSetup,
  longestBlock,
  open,
  print,
  quantile,
  timed,
  walkAndRead,
} from './measuring';
import { cachedOrganisation } from './organisation';

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

async function walkReadAndParse(folder: string): Promise<void> {
  for (const text of await walkAndRead(folder, true)) {
    if (!text.includes('backstage.io/')) continue;
    for (const document of parseAllDocuments(text, { merge: false })) {
      if ('toJSON' in document) document.toJSON();
    }
  }
}

async function cold(folder: string, setup: EngineSetup): Promise<number> {
  const { engine, close } = open(folder, setup);
  const took = await timed(() => engine.refresh());
  close();
  return took;
}

async function measureIndex(folder: string, script: string, rounds: number): Promise<void> {
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
}

async function measureMemory(folder: string, script: string): Promise<void> {
  collectGarbage();
  const before = process.memoryUsage();
  const { engine, close } = open(folder, { script });
  await engine.refresh();
  collectGarbage();
  const after = process.memoryUsage();
  const bytes = after.heapUsed + after.external - before.heapUsed - before.external;
  const perEntity = bytes / engine.statistics.entities / 1000;
  console.log(`  ${'memory for each entity'.padEnd(56)} ${perEntity.toFixed(2).padStart(9)} kB`);
  close();
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
    await measureIndex(organisation.folder, script, rounds);
    await measureMemory(organisation.folder, script);
  }
}

void main();
