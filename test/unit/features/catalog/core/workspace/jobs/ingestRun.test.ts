import { expect, it } from 'vitest';
import { silentLogger } from '../../../../../../../src/base';
import { defaultCatalogOptions } from '../../../../../../../src/features/catalog/core';
import { noSchemas } from '../../../../../../../src/features/catalog/core/customKinds/kindSchemas';
import { createIndexSession } from '../../../../../../../src/features/catalog/core/engine/catalogReading';
import { fetchJob } from '../../../../../../../src/features/catalog/core/parts';
import type { FileReading } from '../../../../../../../src/features/catalog/core/workspace/files/fileReading';
import { IngestRun } from '../../../../../../../src/features/catalog/core/workspace/jobs/ingestRun';
import type { FileSystem, WorkerPool } from '../../../../../../../src/platform/core/ports';
import { aComponent } from '../../../../../../support/descriptors';
import { InMemoryFileSystem } from '../../../../../../support/inMemoryFileSystem';
import { at } from '../../../../../../support/testCatalog';
import { TestClock } from '../../../../../../support/testClock';

const WRITTEN = 1_000_000;

/** Does jobs here; something happens before their outputs are there. */
function slow(fileSystem: FileSystem, onDone: () => void): WorkerPool {
  return {
    async run(job, input) {
      const output = await job.run(input, { fileSystem });
      onDone();
      return output;
    },
    dispose() {},
  };
}

it('tells by the time of reading whether a file is young, and not by that of ingesting', async () => {
  const disk = new InMemoryFileSystem({
    '/work/x.yaml': aComponent('x'),
    '/work/foreign.yaml': 'kind: Service',
  });
  const stat = disk.stat.bind(disk);
  disk.stat = async uri => {
    const found = await stat(uri);
    return found && { ...found, mtime: WRITTEN };
  };
  let now = WRITTEN + 1;
  const clock = new TestClock();
  clock.now = () => now;
  const pool = slow(disk, () => (now += 5000));
  const readings = new Map<string, FileReading | undefined>();
  const run = new IngestRun({
    session: createIndexSession({
      options: defaultCatalogOptions,
      processors: [],
      schemas: noSchemas,
      fileSystem: disk,
      backstage: undefined,
    }),
    workers: { pool, canRead: () => true, manyFiles: 1 },
    clock,
    logger: silentLogger,
    signal: undefined,
    requestOf: async uri => ({ uri, isMeant: false, boundary: at('') }),
    onReading: ({ uri }, reading) => readings.set(uri, reading),
  });
  for (const name of ['x.yaml', 'foreign.yaml']) run.add(at(name));
  await run.finish();
  expect(now).toBeGreaterThan(WRITTEN + 5000);
  for (const name of ['x.yaml', 'foreign.yaml']) {
    expect(readings.get(at(name))?.stamp).toMatchObject({ hash: expect.any(String) });
  }
});

it('brings from a worker nothing of large files, which others ingest there', async () => {
  const text = aComponent('x');
  const disk = new InMemoryFileSystem({
    '/work/small.yaml': text,
    '/work/large.yaml': text.padEnd(1000, '#'),
    '/work/foreign.yaml': '#'.repeat(1000),
  });
  const files = ['small', 'large', 'foreign'].map(name => ({
    uri: at(`${name}.yaml`),
    isMeant: false,
  }));
  const batch = { files, maxFileSize: 5000, largeFile: 999, marks: ['backstage.io/'] };
  const { lengths, bytes } = await fetchJob.run(batch, { fileSystem: disk });
  expect(lengths).toEqual([text.length, 'large', 'foreign']);
  expect(bytes.length).toBe(text.length);
});
