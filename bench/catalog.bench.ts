import { parseAllDocuments } from 'yaml';
import { defaultCatalogOptions } from '../src/features/catalog/core';
import { FileSelector } from '../src/features/catalog/core/discovery/fileSelector';
import { NodeClock, NodeFileSystem, pathToFileUri } from '../src/platform/node';
import { describe, longestBlock, open, print, quantile, timed, walkAndRead } from './measuring';
import { cachedOrganization } from './organization';
import { coldMemory, measuredAsChild } from './ownProcess';

/*
 * Cost of the catalog on generated organizations. The base is the unavoidable work: walking the same
 * folders and reading the same YAML files, 32 at a time. The peer also parses them with `yaml`,
 * Backstage's parser. They run in turn in one process, so that the ratios hold on a busy machine;
 * each figure is the median of the rounds. BENCH_LARGE=1 adds an organization of 100,000 entities
 * with fewer other files.
 */

const BLOCK_ROUNDS = 10;

async function walkReadAndParse(folder: string): Promise<void> {
  for (const text of await walkAndRead(folder, true)) {
    if (!text.includes('backstage.io/')) continue;
    for (const document of parseAllDocuments(text, { merge: false })) {
      if ('toJSON' in document) document.toJSON();
    }
  }
}

/** Finds the files without reading them. */
async function discover(folder: string): Promise<void> {
  const root = pathToFileUri(folder);
  const selection = { root, repository: undefined, options: defaultCatalogOptions };
  const selector = new FileSelector({ ...selection, fileSystem: new NodeFileSystem() });
  await selector.findFiles([root], { clock: new NodeClock(), onFile() {} });
}

async function cold(folder: string): Promise<number> {
  const { engine, close } = open(folder);
  const took = await timed(() => engine.refresh());
  close();
  return took;
}

async function measureIndex(folder: string, rounds: number): Promise<void> {
  const bases: number[] = [];
  const peers: number[] = [];
  const walks: number[] = [];
  const indexes: number[] = [];
  for (let round = 0; round < rounds; round++) {
    bases.push(await timed(() => walkAndRead(folder, false)));
    peers.push(await timed(() => walkReadAndParse(folder)));
    walks.push(await timed(() => discover(folder)));
    indexes.push(await cold(folder));
  }
  const base = quantile(bases, 0.5);
  print('base: walk and read', base);
  print('peer: the same, and parse with `yaml`', quantile(peers, 0.5), base);
  print('discovery alone', quantile(walks, 0.5), base);
  print('cold index', quantile(indexes, 0.5), base);
  const blocks: number[] = [];
  for (let round = 0; round < BLOCK_ROUNDS; round++) {
    const { engine, close } = open(folder);
    blocks.push(await longestBlock(() => engine.refresh()));
    close();
  }
  print('longest block of the thread meanwhile, median of 10', quantile(blocks, 0.5));
  print('longest block of the thread meanwhile, worst of 10', Math.max(...blocks));
}

async function measureMemory(folder: string, entities: number): Promise<void> {
  const { peak, kept } = await coldMemory(folder);
  const row = (name: string, value: number, unit: string): void =>
    console.log(`  ${name.padEnd(56)} ${value.toFixed(2).padStart(9)} ${unit}`);
  row('memory for each entity', kept / entities / 1000, 'kB');
  row('most memory at a time of a cold index, above the base', peak / 1e6, 'MB');
}

async function main(): Promise<void> {
  if (await measuredAsChild()) return;
  const sizes: { entities: number; decoys?: number; rounds: number }[] = [
    { entities: 1000, rounds: 7 },
    { entities: 10_000, rounds: 5 },
  ];
  if (process.env['BENCH_LARGE']) sizes.push({ entities: 100_000, decoys: 200_000, rounds: 3 });
  for (const { rounds, ...options } of sizes) {
    const organization = cachedOrganization(options);
    console.log(describe(organization));
    await measureIndex(organization.folder, rounds);
    await measureMemory(organization.folder, organization.entities);
  }
}

void main();
