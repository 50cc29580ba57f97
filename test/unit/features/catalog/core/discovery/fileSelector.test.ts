import { describe, expect, it } from 'vitest';
import { aDescriptor } from '../../../../../support/descriptors';
import { openCatalog, type TestCatalogOptions } from '../../../../../support/testCatalog';

/** Which of the files discovery looks into. */
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
    ['at the root', { '.gitignore': '/x.yaml\n' }, ['x.yaml', 'a/x.yaml'], ['a/x.yaml']],
    ['folders only', { '.gitignore': 'x/\n' }, ['x/a.yaml', 'b/x/a.yaml', 'x.yaml'], ['x.yaml']],
    ['with an exception', { '.gitignore': '*.yaml\n!y.yaml\n' }, ['x.yaml', 'y.yaml'], ['y.yaml']],
    [
      'no exception below an ignored folder',
      { '.gitignore': 'a/\n', 'a/.gitignore': '!x.yaml\n' },
      ['a/x.yaml'],
      [],
    ],
    [
      'the nearest decides',
      { '.gitignore': 'x.yaml\n', 'a/.gitignore': '!x.yaml\n' },
      ['x.yaml', 'a/x.yaml'],
      ['a/x.yaml'],
    ],
    [
      'of a folder, for that folder',
      { 'a/.gitignore': '/x.yaml\n' },
      ['x.yaml', 'a/x.yaml'],
      ['x.yaml'],
    ],
    [
      'of a folder around the workspace in the same repository',
      { '/.git/HEAD': '', '/.gitignore': 'work/a\n' },
      ['a/x.yaml', 'x.yaml'],
      ['x.yaml'],
    ],
    [
      'not of a folder around the workspace without a repository',
      { '/.gitignore': 'x.yaml\n' },
      ['x.yaml'],
      ['x.yaml'],
    ],
    ['comments and blanks', { '.gitignore': '# x.yaml\n\n  \n' }, ['x.yaml'], ['x.yaml']],
    ['CRLF', { '.gitignore': 'x.yaml\r\n' }, ['x.yaml', 'y.yaml'], ['y.yaml']],
    ['capitals count', { '.gitignore': 'X.yaml\n' }, ['x.yaml', 'X.yaml'], ['x.yaml']],
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
    ['include of other endings', { include: ['**/*.txt'] }, ['x.txt', 'x.yaml'], ['x.txt']],
    ['exclude a folder', { exclude: ['**/a'] }, ['a/x.yaml', 'b/a/x.yaml', 'x.yaml'], ['x.yaml']],
    ['exclude files', { exclude: ['**/x.yaml'] }, ['a/x.yaml', 'y.yaml'], ['y.yaml']],
    ['files.exclude', { filesExclude: ['**/out'] }, ['out/x.yaml', 'y.yaml'], ['y.yaml']],
    ['nothing included', { include: [] }, ['x.yaml'], []],
  ])('%s', async (_, options, paths, expected) => {
    expect(await found(paths, {}, { options })).toEqual(expected);
  });

  it('leave node_modules out, and look into folders that start with a dot', async () => {
    expect(await found(['node_modules/a/x.yaml', 'a/node_modules/x.yaml', '.b/x.yaml'])).toEqual([
      '.b/x.yaml',
    ]);
  });
});

describe('the disk', () => {
  it('a .gitignore that is far too large says nothing', async () => {
    const rules = `x.yaml\n${'#'.repeat(1024 * 1024)}`;
    expect(await found(['x.yaml'], { '.gitignore': rules })).toEqual(['x.yaml']);
  });

  it('links are not followed', async () => {
    const links = { '/work/link.yaml': '/out.yaml', '/work/loop': '/work', '/work/dead': '/no' };
    expect(await found(['x.yaml', '/out.yaml', '/work/a/y.yaml'], {}, { links })).toEqual([
      'x.yaml',
      '/work/a/y.yaml',
    ]);
  });

  it('folders that cannot be read hold nothing', async () => {
    expect(await found(['a/x.yaml', 'b/x.yaml'], {}, { unreadable: ['/work/a'] })).toEqual([
      'b/x.yaml',
    ]);
  });

  it('a folder may be called like a file', async () => {
    expect(await found(['x.yaml/y.yaml'])).toEqual(['x.yaml/y.yaml']);
  });

  it('a folder of the workspace may be missing', async () => {
    expect(await found(['x.yaml'], {}, { roots: ['work', 'gone'] })).toEqual(['x.yaml']);
  });
});

describe('folders of the workspace inside of others', () => {
  const options = { roots: ['work', 'work/a'], options: { exclude: ['a'] } };

  it('are looked into, though the outer one leaves them out', async () => {
    const catalog = await openCatalog({ 'a/x.yaml': aDescriptor('group:x') }, options);
    expect(catalog.refs()).toEqual(['group:default/x']);
    await catalog.write({ 'a/y.yaml': aDescriptor('group:y') });
    expect(catalog.refs()).toEqual(['group:default/x', 'group:default/y']);
    await catalog.write({ 'a/x.yaml': aDescriptor('group:z') });
    expect(catalog.refs()).toEqual(['group:default/y', 'group:default/z']);
  });

  it('take up a folder around them', async () => {
    const catalog = await openCatalog({ 'x.yaml': aDescriptor('group:x') }, options);
    catalog.files.write('/work/a/b/y.yaml', aDescriptor('group:y'));
    await catalog.engine.applyChanges([{ type: 'created', uri: 'file:///work/a' }]);
    expect(catalog.refs()).toEqual(['group:default/x', 'group:default/y']);
  });
});
