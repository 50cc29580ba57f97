import fc from 'fast-check';
import { expect, it } from 'vitest';
import { silentLogger } from '../../../../../../src/base';
import { defaultCatalogOptions } from '../../../../../../src/features/catalog/core';
import { noSchemas } from '../../../../../../src/features/catalog/core/customKinds/kindSchemas';
import { createIndexSession } from '../../../../../../src/features/catalog/core/engine/catalogReading';
import { IngestRun } from '../../../../../../src/features/catalog/core/workspace/jobs/ingestRun';
import type { FileStat } from '../../../../../../src/platform/core/ports';
import { aComponent } from '../../../../../support/descriptors';
import { FatefulPool } from '../../../../../support/fatefulPool';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { longRun } from '../../../../../support/longRun';
import { at } from '../../../../../support/testCatalog';
import { TestClock } from '../../../../../support/testClock';

const NOW = 1_000_000;
const MAX_FILE_SIZE = 200;

/** A file, and all that decides what is made of it. */
interface OddFile {
  readonly text: string;
  /** In bytes, filled up with a comment. */
  readonly size: number;
  readonly age: number | undefined;
  readonly isMeant: boolean;
  readonly kind: 'file' | 'unreadable' | 'folder' | 'pipe' | 'dangling' | 'missing';
}

const oddFile: fc.Arbitrary<OddFile> = fc.record({
  text: fc.constantFrom(
    '',
    '\uFEFF# marked\n',
    'a: b\n',
    '# backstage.io/\n',
    aComponent('x'),
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: d }\n',
    'apiVersion: apps/v2\nkind: Deployment\nmetadata: { name: d }\n',
    'apiVersion: backstage.io/v1alpha1\nkind: [\n',
  ),
  size: fc.constantFrom(0, 0, 199, 200, 201, 1999, 2000, 2001),
  age: fc.constantFrom(undefined, -5000, 0, 1999, 2000, 2001, 100_000),
  isMeant: fc.boolean(),
  kind: fc.constantFrom(
    'file',
    'file',
    'file',
    'file',
    'unreadable',
    'folder',
    'pipe',
    'dangling',
    'missing',
  ),
});

/** The files as `/work/0.yaml` and so on. */
function diskOf(files: readonly OddFile[]): InMemoryFileSystem {
  const disk = new InMemoryFileSystem();
  const stats = new Map<string, Pick<FileStat, 'mtime'> & Partial<FileStat>>();
  for (const [index, { text, size, age, kind }] of files.entries()) {
    const path = `/work/${index}.yaml`;
    if (kind === 'missing') continue;
    if (kind === 'dangling') disk.link(path, '/nowhere');
    else if (kind === 'folder') disk.write(`${path}/x.txt`, '');
    else disk.write(path, text.padEnd(size, '#'));
    if (kind === 'unreadable') disk.setReadable(path, false);
    const mtime = age === undefined ? 0 : NOW - age;
    stats.set(at(path), { mtime, ...(kind === 'pipe' && { type: 'unknown' as const }) });
  }
  const stat = disk.stat.bind(disk);
  disk.stat = async uri => {
    const found = await stat(uri);
    return found && { ...found, ...stats.get(uri) };
  };
  return disk;
}

async function read(
  files: readonly OddFile[],
  { hasWorkers }: { hasWorkers: boolean },
): Promise<unknown> {
  const disk = diskOf(files);
  const clock = new TestClock();
  clock.now = () => NOW;
  const readings: Record<string, unknown> = {};
  const run = new IngestRun({
    session: createIndexSession({
      options: {
        ...defaultCatalogOptions,
        maxFileSize: MAX_FILE_SIZE,
        customKinds: [{ kind: 'Deployment', apiVersions: ['apps/v1'] }],
      },
      processors: [],
      schemas: noSchemas,
      fileSystem: disk,
      backstage: undefined,
    }),
    workers: hasWorkers
      ? { pool: new FatefulPool(disk, ['done']), canRead: () => true, manyFiles: 1 }
      : undefined,
    clock,
    logger: silentLogger,
    signal: undefined,
    requestOf: async uri => {
      const isMeant = files[Number(/(\d+)\.yaml$/.exec(uri)?.[1])]?.isMeant ?? false;
      return { uri, isMeant, boundary: at('') };
    },
    onReading: ({ uri }, reading) => {
      expect(readings).not.toHaveProperty([uri]);
      readings[uri] = reading;
    },
  });
  for (const index of files.keys()) run.add(at(`${index}.yaml`));
  await run.finish();
  return readings;
}

it('a file that a worker fetches gives what it gives without workers, however odd it is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(oddFile, { minLength: 1, maxLength: 60 }), async files => {
      const there = await read(files, { hasWorkers: true });
      expect(there).toEqual(await read(files, { hasWorkers: false }));
    }),
    longRun({ runs: 20, seed: 20261125 }),
  );
});
