import { expect, it } from 'vitest';
import { TreeChanges } from '../../../../../src/features/agents/cli/agentWorkspace';
import { defaultCatalogOptions } from '../../../../../src/features/catalog/core';
import { fileUri, InMemoryFileSystem } from '../../../../support/inMemoryFileSystem';
import { TestClock } from '../../../../support/testClock';

const signal = new AbortController().signal;

const options = { ...defaultCatalogOptions, filesExclude: ['**/secret'] };

function watch(files: Readonly<Record<string, string>>) {
  const fileSystem = new InMemoryFileSystem(files);
  const root = fileUri('/work');
  const tree = new TreeChanges({ fileSystem, clock: new TestClock(), root });
  const next = async (also: readonly string[] = []): Promise<readonly string[]> =>
    (await tree.next({ options, also: also.map(fileUri) }, signal))
      .map(({ type, uri }) => `${type} ${uri.replace('file:///work/', '')}`)
      .sort();
  return { fileSystem, next, tree };
}

it('returns created, changed and deleted files since the last call', async () => {
  const { fileSystem, next } = watch({ '/work/a.yaml': 'a', '/work/b/c.md': 'c', '/other': '' });
  expect(await next()).toEqual(['created a.yaml', 'created b/c.md']);
  expect(await next()).toEqual([]);

  fileSystem.write('/work/a.yaml', 'longer');
  fileSystem.write('/work/.vscode/settings.json', '{}');
  fileSystem.remove('/work/b');
  expect(await next()).toEqual([
    'changed a.yaml',
    'created .vscode/settings.json',
    'deleted b/c.md',
  ]);
});

it('ignores excluded and git-ignored files', async () => {
  const { next } = watch({
    '/work/.git/HEAD': 'ref: refs/heads/main',
    '/work/.gitignore': 'dist\n',
    '/work/dist/a.yaml': '',
    '/work/node_modules/a/b.yaml': '',
    '/work/secret/a.yaml': '',
    '/work/a.yaml': '',
  });
  expect(await next()).toEqual(['created .gitignore', 'created a.yaml']);
});

it('includes requested files even when ignored', async () => {
  const { fileSystem, next } = watch({ '/work/secret/a.yaml': 'a' });
  const also = ['/work/secret/a.yaml', '/work/secret/b.yaml'];
  expect(await next(also)).toEqual(['created secret/a.yaml']);
  fileSystem.write('/work/secret/a.yaml', 'longer');
  fileSystem.write('/work/secret/b.yaml', 'b');
  expect(await next(also)).toEqual(['changed secret/a.yaml', 'created secret/b.yaml']);
  expect(await next()).toEqual([]);
  fileSystem.remove('/work/secret/b.yaml');
  expect(await next()).toEqual(['deleted secret/b.yaml']);
});

it('keeps its state when aborted', async () => {
  const { fileSystem, next, tree } = watch({ '/work/a.yaml': 'a' });
  await next();
  fileSystem.write('/work/b.yaml', 'b');
  await expect(tree.next({ options, also: [] }, AbortSignal.abort())).rejects.toMatchObject({
    name: 'AbortError',
  });
  expect(await next()).toEqual(['created b.yaml']);
});
