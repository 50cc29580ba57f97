import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { silentLogger } from '../../src/base';
import { CatalogEngine } from '../../src/features/catalog/core';
import { snapshotIn } from '../../src/features/catalog/core/snapshot';
import type { BlobStore } from '../../src/platform/core/ports';
import { NodeBlobStore, NodeClock, NodeFileSystem, pathToFileUri } from '../../src/platform/node';
import { aComponent } from './descriptors';

/*
 * An extension host to be killed: opens a catalog, edits one file after the other, and saves the catalog
 * after each edit. Runs as a separate process, with its task as an argument.
 */

export interface CatalogProcessTask {
  readonly workspace: string;
  readonly store: string;
  /** Part of every name that the process writes. */
  readonly name: string;
  /** Number of pieces of the second snapshot to write before the process ends; undefined: runs until it is killed. */
  readonly piecesBeforeDeath?: number;
}

/** Ends the process in the middle of a write, or right after the last piece, as if it were killed. */
class DeadlyBlobStore implements BlobStore {
  #base: BlobStore;
  #pieces: number;
  #isFirst = true;

  constructor(base: BlobStore, pieces: number) {
    this.#base = base;
    this.#pieces = pieces;
  }

  read(name: string): Promise<Uint8Array | undefined> {
    return this.#base.read(name);
  }

  async write(name: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    await this.#base.write(name, isFirst ? chunks : this.#until(chunks));
  }

  async *#until(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let pieces = this.#pieces;
    for await (const chunk of chunks) {
      if (pieces-- === 0) process.kill(process.pid, 'SIGKILL');
      yield chunk;
    }
    process.kill(process.pid, 'SIGKILL');
  }
}

async function live(task: CatalogProcessTask): Promise<void> {
  const base = new NodeBlobStore(task.store);
  const { piecesBeforeDeath } = task;
  const store =
    piecesBeforeDeath === undefined ? base : new DeadlyBlobStore(base, piecesBeforeDeath);
  const engine = new CatalogEngine({
    fileSystem: new NodeFileSystem(),
    clock: new NodeClock(),
    logger: silentLogger,
    snapshot: snapshotIn(store, 'test'),
  });
  engine.setRoots([{ uri: pathToFileUri(task.workspace), name: 'work' }]);
  await engine.refresh();
  await engine.save();
  process.stdout.write('saved\n');
  const files = readdirSync(task.workspace);
  for (let edit = 0; ; edit++) {
    const file = join(task.workspace, files[(edit * 7) % files.length] ?? '');
    // Many new texts have the same length and modification time as before.
    writeFileSync(file, aComponent(`${task.name}-${edit % 1000}`));
    await engine.applyChanges([{ type: 'changed', uri: pathToFileUri(file) }]);
    await engine.save();
  }
}

const [, , task = ''] = process.argv;
if (task) void live(JSON.parse(task) as CatalogProcessTask);
