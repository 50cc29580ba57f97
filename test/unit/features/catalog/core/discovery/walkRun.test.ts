import { expect, it } from 'vitest';
import { silentLogger } from '../../../../../../src/base';
import { defaultCatalogOptions } from '../../../../../../src/features/catalog/core';
import { FileSelector } from '../../../../../../src/features/catalog/core/discovery/fileSelector';
import { WalkRun } from '../../../../../../src/features/catalog/core/discovery/walkRun';
import { OverlayFileSystem } from '../../../../../../src/platform/core/files';
import type { FileSystem, WorkerPool } from '../../../../../../src/platform/core/ports';
import { eager } from '../../../../../support/eagerWorkers';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { TestClock } from '../../../../../support/testClock';

const root = 'file:///work';

/** Many folders, a repository among them, and files that are ignored. */
function manyFolders(): InMemoryFileSystem {
  const disk = new InMemoryFileSystem({
    '/work/300/.git/HEAD': 'ref: refs/heads/main',
    '/work/300/deep/er/x.yaml': '',
    '/work/7/.gitignore': 'x.yaml\n',
  });
  for (let i = 0; i < 600; i++) {
    disk.write(`/work/${i}/x.yaml`, '');
    disk.write(`/work/${i}/a/y.yaml`, '');
  }
  return disk;
}

/** Does jobs here, with what is on the disk. */
function inProcess(fileSystem: FileSystem): WorkerPool & { jobs: number } {
  return {
    jobs: 0,
    async run(job, input) {
      this.jobs++;
      const output: unknown = await job.run(job.readInput(structuredClone(input)), { fileSystem });
      return job.readOutput(structuredClone(output));
    },
    dispose() {},
  };
}

async function walk(
  fileSystem: FileSystem,
  { pool, canRead = () => true }: { pool?: WorkerPool; canRead?: (uri: string) => boolean } = {},
): Promise<readonly string[]> {
  const found: string[] = [];
  const run = new WalkRun({
    selector: new FileSelector({
      root,
      repository: undefined,
      fileSystem,
      options: defaultCatalogOptions,
    }),
    workers: pool && { pool, canRead, ...eager.fetching },
    clock: new TestClock(),
    logger: silentLogger,
    signal: undefined,
    onFile: uri => found.push(uri),
    onRepository: folder => found.push(`${folder}/.git`),
  });
  await run.run();
  return found;
}

it('finds in workers what it finds here', async () => {
  const disk = manyFolders();
  const pool = inProcess(disk);
  const found = await walk(disk, { pool });
  expect([...found].sort()).toEqual([...(await walk(disk))].sort());
  expect(pool.jobs).toBeGreaterThan(1);
  const isBelow = (uri: string): boolean => uri.startsWith(`${root}/300/`);
  expect(found.find(isBelow)).toBe(`${root}/300/.git`);
});

it('obeys what is typed into a .gitignore and not saved', async () => {
  const disk = manyFolders();
  const ignoreFile = `${root}/7/.gitignore`;
  const texts = { getText: (uri: string) => (uri === ignoreFile ? 'a/\n' : undefined) };
  const found = await walk(new OverlayFileSystem(disk, texts), {
    pool: inProcess(disk),
    canRead: uri => texts.getText(uri) === undefined,
  });
  expect(found.filter(uri => uri.startsWith(`${root}/7/`))).toEqual([`${root}/7/x.yaml`]);
});

it('does without workers for a few folders', async () => {
  const disk = new InMemoryFileSystem({ '/work/a/x.yaml': '' });
  const pool = inProcess(disk);
  expect(await walk(disk, { pool })).toEqual([`${root}/a/x.yaml`]);
  expect(pool.jobs).toBe(0);
});

it('stops when it is aborted', async () => {
  const disk = manyFolders();
  const aborting = new AbortController();
  const run = new WalkRun({
    selector: new FileSelector({
      root,
      repository: undefined,
      fileSystem: disk,
      options: defaultCatalogOptions,
    }),
    workers: { pool: inProcess(disk), canRead: () => true, ...eager.fetching },
    clock: new TestClock(),
    logger: silentLogger,
    signal: aborting.signal,
    onFile: () => aborting.abort(),
    onRepository() {},
  });
  await expect(run.run()).rejects.toThrow('aborted');
});

it.each([false, true])(
  'reports patterns that are skipped once, in workers: %s',
  async inWorkers => {
    const disk = manyFolders();
    const long = 'a'.repeat(5000);
    disk.write('/work/7/.gitignore', `${long}\n`);
    const skipped: (readonly [pattern: string, file: string | undefined])[] = [];
    const pool = inProcess(disk);
    const run = new WalkRun({
      selector: new FileSelector({
        root,
        repository: undefined,
        fileSystem: disk,
        options: { ...defaultCatalogOptions, exclude: [`${long}*`, `${'*a'.repeat(12)}*b`] },
        onTooComplex: (pattern, file) => skipped.push([pattern, file]),
      }),
      workers: inWorkers ? { pool, canRead: () => true, ...eager.fetching } : undefined,
      clock: new TestClock(),
      logger: silentLogger,
      signal: undefined,
      onFile: () => {},
      onRepository: () => {},
    });
    await run.run();
    expect(pool.jobs > 0).toBe(inWorkers);
    expect(skipped).toEqual([
      [`${long}*`, undefined],
      [long, `${root}/7/.gitignore`],
    ]);
  },
);
