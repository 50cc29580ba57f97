import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { generateOrganisation } from '../../../../../bench/organisation';
import { silentLogger } from '../../../../../src/base';
import { CatalogEngine, type CatalogWorkers } from '../../../../../src/features/catalog/core';
import { WorkerFailure, type WorkerPool } from '../../../../../src/platform/core/ports';
import { NodeClock, NodeFileSystem, pathToFileUri } from '../../../../../src/platform/node';
import { NodeWorkerPool } from '../../../../../src/platform/node/threads/nodeWorkerPool';
import { builtWorker } from '../../../../support/builtProgram';
import { aComponent } from '../../../../support/descriptors';
import { eager } from '../../../../support/eagerWorkers';

/*
 * A catalog that workers read is the catalog that this thread reads, whatever becomes of the workers.
 */

let folder = '';
let script = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-workers-'));
  generateOrganisation(join(folder, 'organisation'), { entities: 800, decoys: 400 });
  script = await builtWorker();
});
afterAll(() => rmSync(folder, { recursive: true }));

const unavailable: WorkerPool = {
  run: () => Promise.reject(new WorkerFailure('unavailable', 'There are none')),
  dispose() {},
};

function realPool(): NodeWorkerPool {
  const pool = new NodeWorkerPool({ script });
  onTestFinished(() => pool.dispose());
  return pool;
}

/** Keeps the names of the jobs that it does, and fails at those that read files as it is told to. */
function failing(
  pool: WorkerPool,
  failureOf: (files: readonly string[]) => WorkerFailure | undefined,
): WorkerPool & { jobs: string[] } {
  return {
    jobs: [],
    run(job, input, options) {
      this.jobs.push(job.name);
      const { files = [] } = input as { files?: readonly { uri: string }[] };
      const failure = failureOf(files.map(({ uri }) => uri));
      return failure ? Promise.reject(failure) : pool.run(job, input, options);
    },
    dispose() {},
  };
}

async function read(
  workers: CatalogWorkers | undefined,
  prepare: (engine: CatalogEngine) => void = () => {},
  name = 'organisation',
): Promise<CatalogEngine> {
  const engine = new CatalogEngine({
    fileSystem: new NodeFileSystem(),
    clock: new NodeClock(),
    logger: silentLogger,
    workers,
  });
  engine.setRoots([{ uri: pathToFileUri(join(folder, name)), name }]);
  prepare(engine);
  await engine.refresh();
  return engine;
}

function contentOf(engine: CatalogEngine): unknown {
  return {
    entities: engine.getEntities(),
    problems: engine.getProblems(),
    failed: engine.getFailedEntities(),
    statistics: engine.statistics,
    sources: engine.getEntityRefs().map(ref => engine.getEntitySource(ref)),
  };
}

describe('a catalog that workers read', () => {
  it.each([
    ['fetch', eager.fetching],
    ['ingest', eager.ingesting],
  ])('is the one that is read without them, when they %s', async (name, eagerness) => {
    const pool = failing(realPool(), () => undefined);
    const there = await read({ pool, canRead: () => true, ...eagerness });
    expect(pool.jobs).toContain(`catalog.${name}`);
    expect(pool.jobs).toContain('catalog.walk');
    expect(contentOf(there)).toEqual(contentOf(await read(undefined)));
  });

  it('is the same where there are none, or they die now and then', async () => {
    const here = contentOf(await read(undefined));
    const none = await read({ pool: unavailable, canRead: () => true, ...eager.ingesting });
    expect(contentOf(none)).toEqual(here);
    let jobs = 0;
    const dying = failing(realPool(), files =>
      files.length > 1 && jobs++ % 3 === 0 ? new WorkerFailure('crashed', 'It died') : undefined,
    );
    expect(contentOf(await read({ pool: dying, canRead: () => true, ...eager.ingesting }))).toEqual(
      here,
    );
  });

  it('has a problem for the one file that workers die of, and all others', async () => {
    const all = await read(undefined);
    const victim = all.getFiles().at(7)?.uri ?? '';
    const isMeant = victim.endsWith('/catalog-info.yaml');
    const pool = failing(realPool(), files =>
      files.includes(victim) ? new WorkerFailure('timeout', 'It took too long') : undefined,
    );
    const others = await read({ pool, canRead: () => true, ...eager.ingesting });
    expect(others.statistics.files).toBe(all.statistics.files - 1);
    expect(others.getProblems({ file: victim })).toMatchObject([
      { code: 'file-not-read', message: 'The file could not be read: It took too long' },
    ]);
    expect(isMeant || others.getEntityRefsInFile(victim).length === 0).toBe(true);
  });

  it('names files in problems by their paths in the workspace, which workers do not know', async () => {
    mkdirSync(join(folder, 'twins'));
    for (let place = 100; place < 400; place++) {
      writeFileSync(join(folder, 'twins', `${place}.yaml`), aComponent('same'));
    }
    const pool = failing(realPool(), () => undefined);
    const engine = await read({ pool, canRead: () => true, ...eager.ingesting }, () => {}, 'twins');
    expect(pool.jobs).toContain('catalog.ingest');
    expect(new Set(engine.getProblems().map(({ message }) => message))).toEqual(
      new Set([
        'Entity component:default/same is defined more than once; the one in 100.yaml:4 wins',
        'spec.owner refers to group:default/team, which is not in the catalog',
      ]),
    );
  });

  it('is the same with a file that is too large for the host', async () => {
    mkdirSync(join(folder, 'large'));
    for (let place = 100; place < 400; place++) {
      writeFileSync(join(folder, 'large', `${place}.yaml`), aComponent(`c${place}`));
    }
    const many = Array.from({ length: 4000 }, (_, i) => aComponent(`d${i}`));
    writeFileSync(join(folder, 'large', 'all.yaml'), many.join('---\n'));
    const pool = failing(realPool(), () => undefined);
    const there = await read({ pool, canRead: () => true, ...eager.fetching }, () => {}, 'large');
    expect(pool.jobs).toContain('catalog.ingest');
    expect(there.statistics.entities).toBe(4300);
    expect(contentOf(there)).toEqual(contentOf(await read(undefined, () => {}, 'large')));
  });

  it('asks no worker for what only the host knows', async () => {
    const pool = failing(realPool(), () => undefined);
    await read({ pool, canRead: () => false });
    expect(pool.jobs).toEqual([]);
    await read({ pool, canRead: () => true, ...eager.ingesting }, engine => {
      engine.addProcessor({ getProcessorName: () => 'tests', preProcessEntity: entity => entity });
    });
    expect(pool.jobs).not.toContain('catalog.ingest');
  });
});
