import { describe, expect, it } from 'vitest';
import { aDescriptor } from '../../../../../support/descriptors';
import { openCatalog, type TestCatalogOptions } from '../../../../../support/testCatalog';

/** The files that discovery reads. */
async function found(
  paths: readonly string[],
  others: Readonly<Record<string, string>> = {},
  {
    links = {},
    unreadable = [],
    ...options
  }: TestCatalogOptions & {
    links?: Readonly<Record<string, string>>;
    unreadable?: readonly string[];
  } = {},
): Promise<readonly string[]> {
  const catalog = await openCatalog(
    {
      ...Object.fromEntries(paths.map((path, index) => [path, aDescriptor(`group:g${index}`)])),
      ...others,
    },
    options,
  );
  for (const [path, target] of Object.entries(links)) catalog.files.link(path, target);
  for (const path of unreadable) catalog.files.setReadable(path, false);
  await catalog.engine.refresh();
  return paths.filter((_, index) => catalog.refs().includes(`group:default/g${index}`));
}

describe('.gitignore', () => {
  it.each([
    ['anywhere', { '.gitignore': 'x.yaml\n' }, ['x.yaml', 'a/x.yaml', 'y.yaml'], ['y.yaml']],
    ['matches at the root', { '.gitignore': '/x.yaml\n' }, ['x.yaml', 'a/x.yaml'], ['a/x.yaml']],
    [
      'matches folders only',
      { '.gitignore': 'x/\n' },
      ['x/a.yaml', 'b/x/a.yaml', 'x.yaml'],
      ['x.yaml'],
    ],
    [
      'supports exceptions',
      { '.gitignore': '*.yaml\n!y.yaml\n' },
      ['x.yaml', 'y.yaml'],
      ['y.yaml'],
    ],
    [
      'ignores exceptions below an ignored folder',
      { '.gitignore': 'a/\n', 'a/.gitignore': '!x.yaml\n' },
      ['a/x.yaml'],
      [],
    ],
    [
      'prefers the nearest file',
      { '.gitignore': 'x.yaml\n', 'a/.gitignore': '!x.yaml\n' },
      ['x.yaml', 'a/x.yaml'],
      ['a/x.yaml'],
    ],
    [
      'applies in its own folder',
      { 'a/.gitignore': '/x.yaml\n' },
      ['x.yaml', 'a/x.yaml'],
      ['x.yaml'],
    ],
    [
      'applies from a parent folder in the same repository',
      { '/.git/HEAD': '', '/.gitignore': 'work/a\n' },
      ['a/x.yaml', 'x.yaml'],
      ['x.yaml'],
    ],
    [
      "isn't read from a parent folder without a repository",
      { '/.gitignore': 'x.yaml\n' },
      ['x.yaml'],
      ['x.yaml'],
    ],
    ['supports comments and spaces', { '.gitignore': '# x.yaml\n\n  \n' }, ['x.yaml'], ['x.yaml']],
    ['CRLF', { '.gitignore': 'x.yaml\r\n' }, ['x.yaml', 'y.yaml'], ['y.yaml']],
    ['is case-sensitive', { '.gitignore': 'X.yaml\n' }, ['x.yaml', 'X.yaml'], ['x.yaml']],
  ])('%s', async (_, others, paths, expected) => {
    expect(await found(paths, others)).toEqual(expected);
  });
});

describe('settings', () => {
  it.each([
    [
      'include',
      { include: ['catalog/**/*.yaml'] },
      ['catalog/x.yaml', 'x.yaml'],
      ['catalog/x.yaml'],
    ],
    ['include other extensions', { include: ['**/*.txt'] }, ['x.txt', 'x.yaml'], ['x.txt']],
    ['exclude a folder', { exclude: ['**/a'] }, ['a/x.yaml', 'b/a/x.yaml', 'x.yaml'], ['x.yaml']],
    ['exclude files', { exclude: ['**/x.yaml'] }, ['a/x.yaml', 'y.yaml'], ['y.yaml']],
    ['files.exclude', { filesExclude: ['**/out'] }, ['out/x.yaml', 'y.yaml'], ['y.yaml']],
    ['nothing included', { include: [] }, ['x.yaml'], []],
  ])('%s', async (_, options, paths, expected) => {
    expect(await found(paths, {}, { options })).toEqual(expected);
  });

  it('exclude node_modules but not folders with a leading dot', async () => {
    expect(await found(['node_modules/a/x.yaml', 'a/node_modules/x.yaml', '.b/x.yaml'])).toEqual([
      '.b/x.yaml',
    ]);
  });
});

describe('file system', () => {
  it('ignores an oversized .gitignore', async () => {
    const rules = `x.yaml\n${'#'.repeat(1024 * 1024)}`;
    expect(await found(['x.yaml'], { '.gitignore': rules })).toEqual(['x.yaml']);
  });

  it("doesn't follow symbolic links", async () => {
    const links = { '/work/link.yaml': '/out.yaml', '/work/loop': '/work', '/work/dead': '/no' };
    expect(await found(['x.yaml', '/out.yaml', '/work/a/y.yaml'], {}, { links })).toEqual([
      'x.yaml',
      '/work/a/y.yaml',
    ]);
  });

  it('skips unreadable folders', async () => {
    expect(await found(['a/x.yaml', 'b/x.yaml'], {}, { unreadable: ['/work/a'] })).toEqual([
      'b/x.yaml',
    ]);
  });

  it('accepts a folder with a file-like name', async () => {
    expect(await found(['x.yaml/y.yaml'])).toEqual(['x.yaml/y.yaml']);
  });

  it('accepts a missing workspace folder', async () => {
    expect(await found(['x.yaml'], {}, { roots: ['work', 'gone'] })).toEqual(['x.yaml']);
  });
});

describe('nested workspace folders', () => {
  const options = { roots: ['work', 'work/a'], options: { exclude: ['a'] } };

  it('are read even if the outer folder excludes them', async () => {
    const catalog = await openCatalog({ 'a/x.yaml': aDescriptor('group:x') }, options);
    expect(catalog.refs()).toEqual(['group:default/x']);
    await catalog.write({ 'a/y.yaml': aDescriptor('group:y') });
    expect(catalog.refs()).toEqual(['group:default/x', 'group:default/y']);
    await catalog.write({ 'a/x.yaml': aDescriptor('group:z') });
    expect(catalog.refs()).toEqual(['group:default/y', 'group:default/z']);
  });

  it('find files in a new folder around them', async () => {
    const catalog = await openCatalog({ 'x.yaml': aDescriptor('group:x') }, options);
    catalog.files.write('/work/a/b/y.yaml', aDescriptor('group:y'));
    await catalog.engine.applyChanges([{ type: 'created', uri: 'file:///work/a' }]);
    expect(catalog.refs()).toEqual(['group:default/x', 'group:default/y']);
  });
});
