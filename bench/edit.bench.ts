import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { CatalogEngine, CatalogFile } from '../src/features/catalog/core';
import type { FileChange } from '../src/platform/core/ports';
import { fileUriToPath } from '../src/platform/node';
import { describe, open, print, quantile, timed } from './measuring';
import { cachedOrganization } from './organization';

/*
 * Time from a change of a file until the catalog reports it, without the delay of watchers: a change of
 * a field, and of a name that references and the suggestions for dangling references depend on. The
 * base is the unavoidable work: checking the file and reading it. The organization is not shared with
 * other benchmarks, because files are written. BENCH_LARGE=1 adds 100,000 entities.
 */

const EDITS = 100;

/** Seed of an organization that no other benchmark uses. */
const SEED = 2;

interface Edit {
  readonly name: string;
  /** Returns a different text in each round, changed at the same position. */
  make(text: string, round: number): string;
}

const EDITS_OF_A_FILE: readonly Edit[] = [
  {
    name: 'a field changed',
    make: (text, round) =>
      text.replace(/^( *)(name: .*)$(\n\1title: .*$)?/m, `$1$2\n$1title: Title ${round}`),
  },
  {
    name: 'an entity renamed',
    make: (text, round) => text.replace(/(name: .*)/, `$1-${round % 3}`),
  },
];

/** Runs rounds of a change, and prints the time until the catalog reports it. */
async function measure(
  engine: CatalogEngine,
  what: string,
  change: (round: number) => FileChange,
): Promise<void> {
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let round = 0; round < EDITS; round++) {
    const told = change(round);
    let toldAt: number | undefined;
    const listening = engine.onDidChange(() => (toldAt ??= performance.now()));
    const start = performance.now();
    await engine.applyChanges([told]);
    listening.dispose();
    if (toldAt === undefined) throw new Error(`Nothing was told: ${what}`);
    times.push(toldAt - start);
  }
  const { user, system } = process.cpuUsage(before);
  print(`${what}, the first`, times[0] ?? NaN);
  print(`${what}, median`, quantile(times, 0.5));
  print(`${what}, p95`, quantile(times, 0.95));
  print(`${what}, time of the processor`, (user + system) / 1000 / EDITS);
}

async function measureEdits(engine: CatalogEngine, what: string, uri: string): Promise<void> {
  const path = fileUriToPath(uri);
  const text = readFileSync(path, 'utf8');
  try {
    for (const { name, make } of EDITS_OF_A_FILE) {
      await measure(engine, `${name} in ${what}`, round => {
        writeFileSync(path, make(text, round));
        return { type: 'changed', uri };
      });
    }
  } finally {
    writeFileSync(path, text);
    await engine.applyChanges([{ type: 'changed', uri }]);
  }
}

/** Measures a file that is created and deleted in turn. */
async function measureNewFiles(engine: CatalogEngine, like: string): Promise<void> {
  const text = readFileSync(fileUriToPath(like), 'utf8').replace(/(name: .*)/, '$1-new');
  const uri = like.replace(/[^/]*$/, 'new.yaml');
  const path = fileUriToPath(uri);
  try {
    await measure(engine, 'a file that comes or goes', round => {
      if (round % 2) {
        rmSync(path);
        return { type: 'deleted', uri };
      }
      writeFileSync(path, text);
      return { type: 'created', uri };
    });
  } finally {
    rmSync(path, { force: true });
    await engine.applyChanges([{ type: 'deleted', uri }]);
  }
}

async function checkFile(path: string): Promise<void> {
  await stat(path);
  await readFile(path);
}

async function main(): Promise<void> {
  const sizes = [1000, 10_000, ...(process.env['BENCH_LARGE'] ? [100_000] : [])];
  for (const entities of sizes) {
    const organization = cachedOrganization({ entities, decoys: entities, seed: SEED });
    console.log(describe(organization));
    const { engine, close } = open(organization.folder);
    await engine.refresh();
    const files = [...engine.getFiles()].sort((a, b) => a.documents - b.documents);
    const holds = (kind: string) => (file: CatalogFile) =>
      file.documents === 1 && engine.getEntityRefsInFile(file.uri)[0]?.startsWith(`${kind}:`);
    const small = files.find(holds('component'));
    const location = files.find(holds('location'));
    const large = files.at(-1);
    if (small) await measureEdits(engine, 'a small file', small.uri);
    if (large) await measureEdits(engine, `a file of ${large.documents} documents`, large.uri);
    if (location) await measureEdits(engine, 'a file of a Location', location.uri);
    if (small) await measureNewFiles(engine, small.uri);
    const base: number[] = [];
    for (let round = 0; round < EDITS && small; round++) {
      base.push(await timed(() => checkFile(fileUriToPath(small.uri))));
    }
    print('base: check and read a small file', quantile(base, 0.5));
    close();
  }
}

void main();
