import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { silentLogger } from '../../../../../../src/base';
import { CatalogEngine } from '../../../../../../src/features/catalog/core';
import { snapshotIn } from '../../../../../../src/features/catalog/core/snapshot';
import {
  NodeBlobStore,
  NodeClock,
  NodeFileSystem,
  pathToFileUri,
} from '../../../../../../src/platform/node';
import { contentOf } from '../../../../../support/catalogHistory';
import type { CatalogProcessTask } from '../../../../../support/catalogProcess';
import { aComponent } from '../../../../../support/descriptors';

/*
 * Whole processes on real disks: some are killed, some share a folder and a store. The next start
 * must match the files and leave only one snapshot.
 */

const FILES = 120;

let place = '';
let script = '';
let workspace = '';
let storage = '';
const running = new Set<ChildProcess>();

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'callboard-killed-'));
  script = join(place, 'process.cjs');
  await build({
    entryPoints: [join(import.meta.dirname, '../../../../../support/catalogProcess.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
});

beforeEach(() => {
  workspace = mkdtempSync(join(place, 'work-'));
  storage = mkdtempSync(join(place, 'store-'));
  // Enough that the snapshot is written in several pieces.
  const description = 'It is said to be long. '.repeat(80);
  for (let file = 0; file < FILES; file++) {
    writeFileSync(join(workspace, `x${file}.yaml`), aComponent(`c${file}`, { description }));
  }
});

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(place, { recursive: true, force: true });
});

interface Living {
  /** Resolves after the first save. */
  readonly saved: Promise<void>;
  readonly exited: Promise<void>;
  kill(): void;
}

function start(task: Partial<CatalogProcessTask> = {}): Living {
  const given = { workspace, store: storage, name: 'edited', ...task };
  const child = spawn(process.execPath, [script, JSON.stringify(given)]);
  running.add(child);
  const exited = new Promise<void>(resolve => {
    child.once('exit', () => {
      running.delete(child);
      resolve();
    });
  });
  const saved = new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.stderr.once('data', data => reject(new Error(String(data))));
  });
  return { saved, exited, kill: () => void child.kill('SIGKILL') };
}

function engineOn(store?: NodeBlobStore): CatalogEngine {
  const engine = new CatalogEngine({
    fileSystem: new NodeFileSystem(),
    clock: new NodeClock(),
    logger: silentLogger,
    snapshot: store && snapshotIn(store, 'test'),
  });
  engine.setRoots([{ uri: pathToFileUri(workspace), name: 'work' }]);
  return engine;
}

/** Expects a warm start from the store that matches the files. */
async function expectRightStart(): Promise<void> {
  const cold = engineOn();
  await cold.refresh();
  const warm = engineOn(new NodeBlobStore(storage));
  let shownWhile = '';
  warm.onDidChange(() => (shownWhile ||= warm.status));
  await warm.refresh();
  expect(shownWhile).toBe('indexing');
  expect(contentOf(warm)).toEqual(contentOf(cold));
  warm.dispose();
}

it.each([0, 1, 2, Infinity])(
  'keeps the previous snapshot when killed after %s pieces of a new one',
  async piecesBeforeDeath => {
    const dying = start({ piecesBeforeDeath });
    await dying.saved;
    await dying.exited;
    expect(readdirSync(storage)).toHaveLength(2);
    await expectRightStart();
  },
);

it('starts correctly after a kill at any time', async () => {
  for (let round = 0; round < 5; round++) {
    const living = start({ name: `round${round}` });
    await living.saved;
    await pause((round * 37) % 90);
    living.kill();
    await living.exited;
    await expectRightStart();
  }
});

it('allows two processes on one folder', async () => {
  const both = [start({ name: 'one' }), start({ name: 'two' })];
  await Promise.all(both.map(({ saved }) => saved));
  await pause(300);
  for (const { kill } of both) kill();
  await Promise.all(both.map(({ exited: gone }) => gone));
  await expectRightStart();
});

it('recreates a store that is deleted during use', async () => {
  const engine = engineOn(new NodeBlobStore(storage));
  await engine.refresh();
  await engine.save();
  rmSync(storage, { recursive: true });
  for (const name of ['more', 'even-more', 'most']) {
    writeFileSync(join(workspace, `${name}.yaml`), aComponent(name));
  }
  await engine.refresh();
  await engine.save();
  expect(readdirSync(storage)).toHaveLength(1);
  engine.dispose();
  await expectRightStart();
});

it("starts without a snapshot when the store isn't writable", async () => {
  rmSync(storage, { recursive: true });
  writeFileSync(storage, 'in the way');
  const engine = engineOn(new NodeBlobStore(storage));
  await engine.refresh();
  await engine.save();
  rmSync(storage);
  mkdirSync(join(storage, 'catalog'), { recursive: true });
  await engine.save();
  const reopened = engineOn(new NodeBlobStore(storage));
  await reopened.refresh();
  expect(contentOf(reopened)).toEqual(contentOf(engine));
  expect(readdirSync(storage)).toEqual(['catalog']);
});
