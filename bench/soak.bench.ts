import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { CatalogEngine } from '../src/features/catalog/core';
import { generateOrganization } from './organization';
import { SteadyWork } from './soakEdits';
import { type SoakSetup, soakSetups, writeAppConfig } from './soakSetups';

/*
 * Long steady work: edits of every kind through the editor's queue and overlay, and queries about the
 * changes. From time to time all edits are undone, so that the files are as in the beginning; memory
 * that is used in addition then has leaked. The catalog must be as in the beginning, too.
 *
 * CALLBOARD_SOAK_SECONDS is the duration (3600 for a full run), CALLBOARD_SOAK_ENTITIES the number of
 * entities, CALLBOARD_SOAK_PAUSE the milliseconds between two edits, and CALLBOARD_SOAK_AS the setup
 * from `soakSetups.ts`. Default: `window`.
 */

setFlagsFromString('--expose-gc');
// Machine code is on the same heap, and is compiled and discarded while the work varies. It would hide
// leaks of the catalog.
setFlagsFromString('--no-opt');
setFlagsFromString('--no-sparkplug');
const collectGarbage = runInNewContext('gc') as () => void;

const SECONDS = setting('CALLBOARD_SOAK_SECONDS', 60);
const ENTITIES = setting('CALLBOARD_SOAK_ENTITIES', 2000);
const PAUSE = setting('CALLBOARD_SOAK_PAUSE', 20);
const AS = process.env['CALLBOARD_SOAK_AS'] ?? 'window';
const SAMPLES = 60;
/** Share of the time that isn't evaluated, because caches are filling. */
const WARM_UP = 0.1;
/** Allowed growth from the median of the first quarter to that of the last one, as a share of the first. */
const TOLERANCE = 0.02;

interface Sample {
  readonly seconds: number;
  /** Bytes of the engine's thread, including memory outside of its heap. */
  readonly heap: number;
  /** Bytes of the process, including workers. */
  readonly resident: number;
  readonly isSame: boolean;
}

/** Returns the whole content of the catalog as a text. */
function contentOf(engine: CatalogEngine): string {
  return JSON.stringify([engine.getEntities(), engine.getProblems(), engine.statistics]);
}

function setting(name: string, fallback: number): number {
  const value = Number(process.env[name]);
  return value > 0 ? value : fallback;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Returns the slope of the regression line in bytes per second. */
function slopeOf(samples: readonly Sample[]): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const time = mean(samples.map(({ seconds }) => seconds));
  const heap = mean(samples.map(sample => sample.heap));
  const rise = samples.reduce((sum, s) => sum + (s.seconds - time) * (s.heap - heap), 0);
  return rise / samples.reduce((sum, { seconds }) => sum + (seconds - time) ** 2, 0);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(2)} MB`;
}

interface Soak {
  readonly setup: SoakSetup;
  readonly work: SteadyWork;
  readonly before: string;
}

async function soak(given: Soak): Promise<readonly Sample[]> {
  const { work } = given;
  const samples: Sample[] = [];
  const began = performance.now();
  const elapsed = (): number => (performance.now() - began) / 1000;
  while (samples.length < SAMPLES) {
    const until = ((samples.length + 1) * SECONDS) / SAMPLES;
    while (elapsed() < until) {
      await work.work();
      await pause(PAUSE);
    }
    await work.undoAll();
    const isSame = await isAsBefore(given);
    // Some objects are released in a later turn.
    for (let round = 0; round < 3; round++) {
      await pause(10);
      collectGarbage();
    }
    const { heapUsed, external, rss: resident } = process.memoryUsage();
    const heap = heapUsed + external;
    samples.push({ seconds: elapsed(), heap, resident, isSame });
    if (samples.length % 5 === 0 || !isSame) {
      const minutes = (elapsed() / 60).toFixed(1);
      console.log(
        `  ${minutes} min  ${work.edits} edits  heap ${megabytes(heap)}  resident ${megabytes(resident)}${isSame ? '' : '  ANOTHER CATALOG'}`,
      );
    }
  }
  return samples;
}

async function isAsBefore({ setup, before }: Soak): Promise<boolean> {
  const others = await setup.pause();
  const isSame = [setup.engine, ...others].every(engine => contentOf(engine) === before);
  for (const other of others) other.dispose();
  return isSame;
}

/** Returns the medians of the first and of the last quarter. */
function quarters(values: readonly number[]): { first: number; last: number; growth: number } {
  const quarter = Math.floor(values.length / 4);
  const first = median(values.slice(0, quarter));
  const last = median(values.slice(-quarter));
  return { first, last, growth: last / first - 1 };
}

async function main(): Promise<void> {
  const open = soakSetups[AS];
  if (!open) {
    throw new Error(`CALLBOARD_SOAK_AS is one of ${Object.keys(soakSetups).join(', ')}`);
  }
  const folder = mkdtempSync(join(tmpdir(), 'callboard-soak-'));
  const workspace = join(folder, 'workspace');
  try {
    generateOrganization(workspace, { entities: ENTITIES, decoys: ENTITIES });
    writeAppConfig(workspace);
    const setup = await open(workspace, join(folder, 'store'));
    await setup.engine.refresh();
    const before = contentOf(setup.engine);
    const work = new SteadyWork({ folder: workspace, ...setup });
    const samples = await soak({ setup, work, before });
    const judged = samples.filter(({ seconds }) => seconds >= SECONDS * WARM_UP);
    const heap = quarters(judged.map(sample => sample.heap));
    const resident = quarters(judged.map(sample => sample.resident));
    const others = samples.filter(({ isSame }) => !isSame).length;
    const { entities } = setup.engine.statistics;
    console.log(`  as ${AS}: ${entities} entities, ${work.edits} edits in ${SECONDS} s`);
    for (const [name, count] of Object.entries(work.counts)) {
      console.log(`    ${name.padEnd(24)} ${String(count).padStart(7)}`);
    }
    const line = (name: string, text: string): void => console.log(`  ${name.padEnd(42)}${text}`);
    line('heap after collection, first quarter', megabytes(heap.first));
    line('heap after collection, last quarter', megabytes(heap.last));
    line('last quarter against the first', `${(heap.growth * 100).toFixed(2)} %`);
    line('slope', `${((slopeOf(judged) * 60) / 1024).toFixed(2)} kB a minute`);
    line('resident, first quarter', megabytes(resident.first));
    line('resident, last quarter', megabytes(resident.last));
    line('samples with another catalog', `${others} of ${samples.length}`);
    if (heap.growth > TOLERANCE || others) process.exitCode = 1;
    work.dispose();
    setup.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
