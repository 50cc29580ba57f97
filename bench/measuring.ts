import { mkdirSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { type Logger, silentLogger } from '../src/base';
import { CatalogEngine } from '../src/features/catalog/core';
import { snapshotIn } from '../src/features/catalog/core/snapshot';
import { type NodeBlobStore, NodeClock, NodeFileSystem, pathToFileUri } from '../src/platform/node';
import type { Organization } from './organization';

/* What the benchmarks of the catalog have in common: an engine as the editor has it, and a watch. */

const AT_ONCE = 32;

export interface EngineSetup {
  readonly store?: NodeBlobStore;
  /** Logger of the engine. */
  readonly logger?: Logger;
}

export interface OpenedEngine {
  readonly engine: CatalogEngine;
  close(): void;
}

export function open(
  folder: string,
  { store, logger = silentLogger }: EngineSetup = {},
): OpenedEngine {
  const engine = new CatalogEngine({
    fileSystem: new NodeFileSystem(),
    clock: new NodeClock(),
    logger,
    snapshot: store && snapshotIn(store, 'bench'),
  });
  engine.setRoots([{ uri: pathToFileUri(folder), name: 'bench' }]);
  return {
    engine,
    close() {
      engine.dispose();
    },
  };
}

/** Builds a script for threads, as in the package. @returns its URL */
export async function buildWorker(name = 'worker'): Promise<string> {
  const outdir = join(process.cwd(), 'out', 'bench', 'worker');
  mkdirSync(outdir, { recursive: true });
  const banner = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`;
  await build({
    entryPoints: [join(process.cwd(), 'src', `${name}.ts`)],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: banner },
    logLevel: 'warning',
  });
  return pathToFileURL(join(outdir, `${name}.mjs`)).href;
}

/**
 * Walks the folders and reads their YAML files: the unavoidable work, and the base of all ratios.
 *
 * @param keep - whether to return the texts
 */
export async function walkAndRead(folder: string, keep: boolean): Promise<readonly string[]> {
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

export async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/** Watches the thread by a timer in every turn. @returns a function that ends it and returns the longest block in milliseconds */
export function watchThread(): () => number {
  let longest = 0;
  let last = performance.now();
  const look = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 1);
    last = now;
  };
  const timer = setInterval(look, 1);
  return () => {
    clearInterval(timer);
    look();
    return longest;
  };
}

/** Returns the longest time that work blocks the thread, in milliseconds. */
export async function longestBlock(run: () => Promise<unknown>): Promise<number> {
  const stop = watchThread();
  await run();
  return stop();
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function print(name: string, milliseconds: number, base?: number): void {
  const ratio = base ? `  ${(milliseconds / base).toFixed(1)} x the base` : '';
  console.log(`  ${name.padEnd(72)} ${milliseconds.toFixed(1).padStart(9)} ms${ratio}`);
}

/** Prints the median and the 95th percentile of times. */
export function report(name: string, times: readonly number[]): void {
  print(`${name}, median`, quantile(times, 0.5));
  print(`${name}, p95`, quantile(times, 0.95));
}

export function describe(organization: Organization): string {
  const { entities, files, bytes, otherFiles, folders } = organization;
  const megabytes = (bytes / 1e6).toFixed(0);
  return `${entities} entities in ${files} files (${megabytes} MB), among ${otherFiles} others in ${folders} folders`;
}
