import { describe, expect, it } from 'vitest';
import { LocalSources } from '../../../../../../src/features/scaffolder/core';
import { InputError, NotAllowedError } from '../../../../../../src/features/scm/core/forgeFiles';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';

const signal = new AbortController().signal;
const BASE = 'file:///repo/templates/service/template.yaml';

function aDisk(): InMemoryFileSystem {
  const disk = new InMemoryFileSystem({
    '/repo/templates/service/skeleton/b.txt': 'b',
    '/repo/templates/service/skeleton/a/deep.txt': 'deep',
    '/repo/templates/service/..odd/x': 'x',
    '/repo/shared/common.txt': 'common',
    '/secret/key': 'key',
  });
  disk.link('/repo/templates/service/skeleton/inside', '/repo/shared/common.txt');
  disk.link('/repo/templates/service/skeleton/outside', '/secret/key');
  disk.link('/repo/templates/service/skeleton/folder', '/repo/shared');
  disk.link('/repo/templates/service/away', '/secret');
  return disk;
}

const inRepository = (): LocalSources => new LocalSources(aDisk(), 'file:///repo');
const alone = (): LocalSources => new LocalSources(aDisk(), undefined);

async function paths(sources: LocalSources, url: string): Promise<readonly string[]> {
  return (await sources.readTree(url, BASE, { signal })).map(({ path }) => path);
}

describe('local files of a Template', () => {
  it('include a folder with its contents, folders first', async () => {
    expect(await paths(alone(), './skeleton')).toEqual(['a', 'b.txt', 'a/deep.txt']);
  });

  it('include a single file with an empty path', async () => {
    const entries = await alone().readTree('skeleton/b.txt', BASE, { signal });
    expect(entries).toMatchObject([{ path: '', origin: '/repo/templates/service/skeleton/b.txt' }]);
  });

  it('may be elsewhere in the repository', async () => {
    expect(await paths(inRepository(), '../../shared')).toEqual(['common.txt']);
    expect(await paths(inRepository(), '/shared')).toEqual(['common.txt']);
    await expect(paths(alone(), '../../shared')).rejects.toThrow(NotAllowedError);
    await expect(paths(alone(), '/shared')).rejects.toThrow('ENOENT');
  });

  it('include targets of links within the repository', async () => {
    expect(await paths(inRepository(), './skeleton')).toEqual([
      'a',
      'b.txt',
      'inside',
      'a/deep.txt',
    ]);
  });

  it('may be in a folder that starts with two dots', async () => {
    expect(await paths(alone(), './..odd')).toEqual(['x']);
  });

  it.each([
    '../../..',
    '../../../secret/key',
    'skeleton/../../../../secret',
    './away',
    './away/key',
    './skeleton/outside',
  ])('exclude %s', async url => {
    await expect(inRepository().readTree(url, BASE, { signal })).rejects.toThrow();
    await expect(inRepository().readFile(url, BASE, '/x')).rejects.toThrow();
    await expect(alone().readTree(url, BASE, { signal })).rejects.toThrow(NotAllowedError);
    await expect(alone().readFile(url, BASE, '/x')).rejects.toThrow(NotAllowedError);
  });

  it.each(['https://github.com/acme/shop', 'file:///secret/key', 'x:y'])(
    'exclude addresses: %s',
    async url => {
      await expect(inRepository().readTree(url, BASE, { signal })).rejects.toThrow(InputError);
    },
  );

  it("can't have null bytes in their paths", async () => {
    await expect(alone().readTree('skeleton\0/../..', BASE, { signal })).rejects.toThrow(
      InputError,
    );
  });

  it("have Node's errors for missing files", async () => {
    await expect(alone().readTree('no', BASE, { signal })).rejects.toThrow(
      "ENOENT: no such file or directory, lstat '/repo/templates/service/no'",
    );
    await expect(alone().readFile('no', BASE, '/out/x')).rejects.toThrow(
      "ENOENT: no such file or directory, copyfile '/repo/templates/service/no' -> '/out/x'",
    );
    await expect(alone().readFile('skeleton', BASE, '/out/x')).rejects.toThrow('EISDIR');
  });

  it('are not read after cancellation', async () => {
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    await expect(alone().readTree('skeleton', BASE, { signal: controller.signal })).rejects.toThrow(
      'enough',
    );
  });
});
