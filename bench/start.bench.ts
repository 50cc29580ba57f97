import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeBlobStore } from '../src/node';
import {
  buildWorker,
  describe,
  longestBlock,
  open,
  print,
  quantile,
  timed,
  walkAndRead,
} from './measuring';
import { cachedOrganisation } from './organisation';

/*
 * What the second start costs: until the catalog is there as the snapshot has it, and until
 * all files that it knows have been looked at and the folders have been walked for new ones. The base is
 * walking the folders and reading the files. BENCH_LARGE=1 adds 100,000 entities.
 */

async function measureStart(folder: string, script: string, rounds: number): Promise<void> {
  const place = mkdtempSync(join(tmpdir(), 'callboard-bench-'));
  try {
    const store = new NodeBlobStore(place);
    const first = open(folder, { script, store });
    await first.engine.refresh();
    const written = await timed(() => first.engine.save());
    const block = await longestBlock(() => first.engine.save());
    first.close();
    const bases: number[] = [];
    const shown: number[] = [];
    const found: number[] = [];
    const blocks: number[] = [];
    const before = process.cpuUsage();
    for (let round = 0; round < rounds; round++) {
      const { engine, close } = open(folder, { script, store });
      const start = performance.now();
      engine.onDidChange(() => {
        if (shown.length === round) shown.push(performance.now() - start);
      });
      blocks.push(await longestBlock(() => engine.refresh()));
      found.push(performance.now() - start);
      close();
    }
    const { user, system } = process.cpuUsage(before);
    for (let round = 0; round < rounds; round++) {
      bases.push(await timed(() => walkAndRead(folder, false)));
    }
    const base = quantile(bases, 0.5);
    print('base: walk and read', base);
    print('snapshot written', written, base);
    print('longest block of the thread meanwhile', block);
    const megabytes = statSync(join(place, 'catalog')).size / 1e6;
    console.log(`  ${'size of the snapshot'.padEnd(56)} ${megabytes.toFixed(1).padStart(9)} MB`);
    print('the catalog is there', quantile(shown, 0.5), base);
    print('known files are checked, new ones found', quantile(found, 0.5), base);
    print('time of the processor', (user + system) / 1000 / rounds);
    print('longest block of the thread, median', quantile(blocks, 0.5));
    print('longest block of the thread, worst', Math.max(...blocks));
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const script = await buildWorker();
  const sizes: { entities: number; decoys?: number; rounds: number }[] = [
    { entities: 1000, rounds: 7 },
    { entities: 10_000, rounds: 7 },
  ];
  if (process.env['BENCH_LARGE']) sizes.push({ entities: 100_000, decoys: 200_000, rounds: 3 });
  for (const { rounds, ...options } of sizes) {
    const organisation = cachedOrganisation(options);
    console.log(describe(organisation));
    await measureStart(organisation.folder, script, rounds);
  }
}

void main();
