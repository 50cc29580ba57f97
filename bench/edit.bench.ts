import { readFileSync, writeFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { CatalogEngine } from '../src/core/catalog';
import { fileUriToPath } from '../src/node';
import { describe, open, print, quantile, timed } from './measuring';
import { cachedOrganisation } from './organisation';

/*
 * What a change of a file costs until the catalog tells of it, without the delay of watchers: of a
 * field, and of a name, which others refer to and which every dangling reference may have meant. The
 * base is what cannot be avoided, looking at the file and reading it. The organisation is one of its
 * own, since it is written to. BENCH_LARGE=1 adds 100,000 entities.
 */

const EDITS = 100;

/** Nobody else measures with it. */
const SEED = 2;

interface Edit {
  readonly name: string;
  /** Another text each round; the same place of it. */
  make(text: string, round: number): string;
}

const EDITS_OF_A_FILE: readonly Edit[] = [
  {
    name: 'a field changed',
    make: (text, round) => text.replace(/^( *)name: .*$/m, `$&\n$1title: Title ${round}`),
  },
  {
    name: 'an entity renamed',
    make: (text, round) => text.replace(/(name: .*)/, `$1-${round % 3}`),
  },
];

async function measureEdits(engine: CatalogEngine, what: string, uri: string): Promise<void> {
  const path = fileUriToPath(uri);
  const text = readFileSync(path, 'utf8');
  try {
    for (const { name, make } of EDITS_OF_A_FILE) {
      const times: number[] = [];
      const before = process.cpuUsage();
      for (let round = 0; round < EDITS; round++) {
        writeFileSync(path, make(text, round));
        let toldAt: number | undefined;
        const listening = engine.onDidChange(() => (toldAt ??= performance.now()));
        const start = performance.now();
        await engine.applyChanges([{ type: 'changed', uri }]);
        listening.dispose();
        if (toldAt === undefined) throw new Error(`Nothing was told of ${name} in ${uri}`);
        times.push(toldAt - start);
      }
      const { user, system } = process.cpuUsage(before);
      print(`${name} in ${what}, median`, quantile(times, 0.5));
      print(`${name} in ${what}, p95`, quantile(times, 0.95));
      print(`${name} in ${what}, time of the processor`, (user + system) / 1000 / EDITS);
    }
  } finally {
    writeFileSync(path, text);
    await engine.applyChanges([{ type: 'changed', uri }]);
  }
}

async function look(path: string): Promise<void> {
  await stat(path);
  await readFile(path);
}

async function main(): Promise<void> {
  const sizes = [1000, 10_000, ...(process.env['BENCH_LARGE'] ? [100_000] : [])];
  for (const entities of sizes) {
    const organisation = cachedOrganisation({ entities, decoys: entities, seed: SEED });
    console.log(describe(organisation));
    const { engine, close } = open(organisation.folder);
    await engine.refresh();
    const files = [...engine.getFiles()].sort((a, b) => a.documents - b.documents);
    const small = files.find(({ documents }) => documents === 1);
    const large = files.at(-1);
    if (small) await measureEdits(engine, 'a small file', small.uri);
    if (large) await measureEdits(engine, `a file of ${large.documents} documents`, large.uri);
    const base: number[] = [];
    for (let round = 0; round < EDITS && small; round++) {
      base.push(await timed(() => look(fileUriToPath(small.uri))));
    }
    print('base: look at a small file and read it', quantile(base, 0.5));
    close();
  }
}

void main();
