import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, silentLogger } from '../src/base';
import { NodeBlobStore } from '../src/platform/node';
import { describe, longestBlock, open, print, quantile, timed, walkAndRead } from './measuring';
import { cachedOrganization } from './organization';

/*
 * Time of the second start: until the catalog of the snapshot is loaded, until all known files have been
 * checked, and until the folders have been searched for new files. Each start is a new process, like a
 * window, compared with a repeated start in the same process. The base is walking the folders and
 * reading the files. BENCH_LARGE=1 adds 100,000 entities.
 */

/** Milliseconds since the start. */
interface Start {
  readonly shown: number;
  readonly checked: number;
  readonly found: number;
  readonly block: number;
  readonly processor: number;
}

const CHILD = 'start';

async function start(folder: string, place: string): Promise<Start> {
  const store = new NodeBlobStore(place);
  const before = process.cpuUsage();
  const began = performance.now();
  const since = (): number => performance.now() - began;
  let shown = 0;
  let checked = 0;
  const listen = (message: string): void => {
    if (message.endsWith('of the last start are shown')) shown = since();
    if (message.includes('files were looked at')) checked = since();
  };
  const logger: Logger = { ...silentLogger, info: listen, debug: listen };
  const { engine, close } = open(folder, { store, logger });
  const block = await longestBlock(() => engine.refresh());
  const found = since();
  close();
  if (!shown || !checked) throw new Error('The start was not one from a snapshot');
  const { user, system } = process.cpuUsage(before);
  return { shown, checked, found, block, processor: (user + system) / 1000 };
}

/** Measures a start in a new process. */
function startAnew(folder: string, place: string): Start {
  const [bundle = ''] = process.argv.slice(1);
  const output = execFileSync(process.execPath, [bundle, CHILD, folder, place]);
  return JSON.parse(output.toString()) as Start;
}

function printStarts(what: string, starts: readonly Start[], base: number): void {
  const half = (part: keyof Start): number =>
    quantile(
      starts.map(round => round[part]),
      0.5,
    );
  print(`${what}: the catalog is there`, half('shown'), base);
  print(`${what}: the known files are checked`, half('checked'), base);
  print(`${what}: new files are found`, half('found'), base);
  print(`${what}: time of the processor`, half('processor'), base);
  print(`${what}: longest block, median`, half('block'));
}

async function measureStart(folder: string, rounds: number): Promise<void> {
  const place = mkdtempSync(join(tmpdir(), 'callboard-bench-'));
  try {
    const first = open(folder, { store: new NodeBlobStore(place) });
    await first.engine.refresh();
    const written = await timed(() => first.engine.save());
    const block = await longestBlock(() => first.engine.save());
    first.close();
    const bases: number[] = [];
    const anew: Start[] = [];
    const again: Start[] = [];
    for (let round = 0; round < rounds; round++) {
      bases.push(await timed(() => walkAndRead(folder, false)));
      anew.push(startAnew(folder, place));
      again.push(await start(folder, place));
    }
    const base = quantile(bases, 0.5);
    print('base: walk and read', base);
    print('snapshot written', written, base);
    print('snapshot written: longest block', block);
    const megabytes = statSync(join(place, 'catalog')).size / 1e6;
    console.log(`  ${'size of the snapshot'.padEnd(56)} ${megabytes.toFixed(1).padStart(9)} MB`);
    printStarts('second start', anew, base);
    printStarts('the same again', again, base);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const [command, ...rest] = process.argv.slice(2);
  if (command === CHILD) {
    const [folder = '', place = ''] = rest;
    console.log(JSON.stringify(await start(folder, place)));
    return;
  }
  const sizes: { entities: number; decoys?: number; rounds: number }[] = [
    { entities: 1000, rounds: 7 },
    { entities: 10_000, rounds: 7 },
  ];
  if (process.env['BENCH_LARGE']) sizes.push({ entities: 100_000, decoys: 200_000, rounds: 3 });
  for (const { rounds, ...options } of sizes) {
    const organization = cachedOrganization(options);
    console.log(describe(organization));
    await measureStart(organization.folder, rounds);
  }
}

void main();
