import { existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { joinUri } from '../../../../../../src/base';
import { type GitTree } from '../../../../../../src/features/scm/node';
import { GitRepository } from '../../../../../../src/features/scm/node/reading/gitRepository';
import type { FileSystem } from '../../../../../../src/platform/core/ports';
import { NodeFileSystem, pathToFileUri } from '../../../../../../src/platform/node';
import { TestRepository } from '../../../../../support/gitRepository';

let folder: string;
let opened: GitRepository[];

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-')));
  opened = [];
});
afterEach(() => {
  for (const repository of opened) repository.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const outside = new NodeFileSystem();

async function open(path: string, signal?: AbortSignal): Promise<GitRepository> {
  const repository = await GitRepository.open(path, { outside, signal });
  if (!repository.ok) throw new Error(repository.error);
  opened.push(repository.value);
  return repository.value;
}

async function treeOf(repository: GitRepository, revision = 'HEAD'): Promise<GitTree> {
  const commit = await repository.resolveCommit(revision);
  if (!commit.ok) throw new Error(commit.error);
  const tree = await repository.readTree(commit.value);
  if (!tree.ok) throw new Error(tree.error);
  return tree.value;
}

async function textOf(fileSystem: FileSystem, uri: string): Promise<string> {
  return new TextDecoder().decode(await fileSystem.readFile(uri));
}

async function names(fileSystem: FileSystem, uri: string): Promise<readonly string[]> {
  return (await fileSystem.readDirectory(uri))
    .map(({ name, type, isSymbolicLink }) => `${isSymbolicLink ? '@' : ''}${name} ${type}`)
    .sort();
}

describe('misleading repository', () => {
  it.each(['core.worktree', 'core.bare'])('is not opened: %s', async name => {
    const testRepository = new TestRepository(join(folder, 'r'));
    testRepository.commit({ 'a.yaml': 'a' });
    testRepository.write({ 'sub/b.yaml': '' });
    testRepository.git('config', 'core.worktree', folder);
    if (name === 'core.bare') testRepository.git('config', 'core.bare', 'true');
    const opened = await GitRepository.open(join(folder, 'r/sub'), { outside });
    expect(opened).toMatchObject({ ok: false });
  });

  it('among the files of another one is not used', async () => {
    const testRepository = new TestRepository(join(folder, 'r'));
    testRepository.commit({ 'a.yaml': 'a' });
    testRepository.git('clone', '--quiet', '--bare', '.', 'docs');
    testRepository.write({ 'docs/sub/b.yaml': '' });
    const repository = await open(join(folder, 'r'));
    expect((await open(join(folder, 'r/docs'))).isBare).toBe(true);
    expect((await GitRepository.open(join(folder, 'r/docs/sub'), { outside })).ok).toBe(false);
    expect(repository.isBare).toBe(false);
  });
});

describe('GitRepository', () => {
  it('reads the files of a commit, whatever the working tree contains', async () => {
    const testRepository = new TestRepository(join(folder, 'r'));
    testRepository.commit({
      'a.yaml': 'one\n',
      'sub/grüße & "b".yaml': 'zwei\n',
      bin: new Uint8Array(3),
    });
    testRepository.git('tag', 'first');
    testRepository.remove('sub');
    testRepository.write({ 'a.yaml': 'changed\n', 'new.yaml': 'x' });
    const repository = await open(join(folder, 'r'));
    const { fileSystem } = await treeOf(repository, 'first');
    const at = (path: string): string => joinUri(repository.root, path);

    expect(repository).toMatchObject({ root: pathToFileUri(join(folder, 'r')), isBare: false });
    expect(await names(fileSystem, repository.root)).toEqual([
      '.git directory',
      'a.yaml file',
      'bin file',
      'sub directory',
    ]);
    expect(await textOf(fileSystem, at('a.yaml'))).toBe('one\n');
    expect(await textOf(fileSystem, at('sub/grüße & "b".yaml'))).toBe('zwei\n');
    // The time is derived from the id of the content.
    const mtime = 0x5626abf0f7 + 1;
    expect(await fileSystem.stat(at('a.yaml'))).toEqual({ type: 'file', size: 4, mtime });
    expect(await fileSystem.stat(at('new.yaml'))).toBeUndefined();
    await expect(fileSystem.readFile(at('new.yaml'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(fileSystem.readFile(at('sub'))).rejects.toMatchObject({ code: 'EISDIR' });
    await expect(fileSystem.readDirectory(at('a.yaml'))).rejects.toMatchObject({ code: 'ENOTDIR' });
    await expect(fileSystem.readFile(at('a.yaml/b'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('reads many blobs at once, small, large and empty ones', async () => {
    const texts = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [
        `f${index}.txt`,
        index % 7 === 0 ? '' : `${index}\n`.repeat(1 + ((index * 977) % 9000)),
      ]),
    );
    new TestRepository(join(folder, 'r')).commit(texts);
    const repository = await open(join(folder, 'r'));
    const { fileSystem } = await treeOf(repository);
    const read = await Promise.all(
      Object.keys(texts).map(path => textOf(fileSystem, joinUri(repository.root, path))),
    );
    expect(read).toEqual(Object.values(texts));
  });

  it('detects unchanged content', async () => {
    new TestRepository(join(folder, 'r')).commit({ 'a.yaml': 'one\n' });
    const repository = await open(join(folder, 'r'));
    const tree = await treeOf(repository);
    const has = (path: string, text: string): Promise<boolean> =>
      tree.hasContent(joinUri(repository.root, path), new TextEncoder().encode(text));
    expect(await has('a.yaml', 'one\n')).toBe(true);
    expect(await has('a.yaml', 'two\n')).toBe(false);
    expect(await has('b.yaml', 'one\n')).toBe(false);
  });

  it('finds the merge base, or undefined without one', async () => {
    const testRepository = new TestRepository(join(folder, 'r'));
    const base = testRepository.commit({ a: '1' });
    testRepository.git('checkout', '--quiet', '-b', 'feature');
    const feature = testRepository.commit({ b: '1' });
    testRepository.git('checkout', '--quiet', 'main');
    const main = testRepository.commit({ c: '1' });
    testRepository.git('checkout', '--quiet', '--orphan', 'other');
    const other = testRepository.commit({ d: '1' });
    const repository = await open(join(folder, 'r'));
    expect(await repository.mergeBase(main, feature)).toBe(base);
    expect(await repository.mergeBase(main, other)).toBeUndefined();
    expect(await repository.isShallow()).toBe(false);
  });

  it.skipIf(process.platform === 'win32')(
    'follows links within the tree, and reports links out of it',
    async () => {
      const testRepository = new TestRepository(join(folder, 'r'));
      testRepository.write({ 'real/a.yaml': 'inside\n' });
      writeFileSync(join(folder, 'secret'), 'outside\n');
      const link = (target: string, path: string): void =>
        symlinkSync(target, join(testRepository.folder, path));
      link('real', 'folder');
      link('folder/a.yaml', 'file.yaml');
      link('../secret', 'out');
      link('loop', 'loop');
      link('nowhere', 'nothing');
      testRepository.commit();
      testRepository.remove('real', 'folder', 'file.yaml');
      const repository = await open(testRepository.folder);
      const { fileSystem } = await treeOf(repository);
      const at = (path: string): string => joinUri(repository.root, path);
      expect(await names(fileSystem, repository.root)).toEqual([
        '.git directory',
        '@file.yaml file',
        '@folder directory',
        '@loop unknown',
        '@nothing unknown',
        '@out file',
        'real directory',
      ]);
      expect(await textOf(fileSystem, at('file.yaml'))).toBe('inside\n');
      expect(await fileSystem.realPath(at('file.yaml'))).toBe(at('real/a.yaml'));
      expect(await fileSystem.realPath(at('out'))).toBe(pathToFileUri(join(folder, 'secret')));
      expect(await fileSystem.stat(at('loop'))).toBeUndefined();
    },
  );

  it('reads submodules at their commits if they are available', async () => {
    const library = new TestRepository(join(folder, 'library'));
    library.commit({ 'lib.yaml': 'old\n' });
    const testRepository = new TestRepository(join(folder, 'r'));
    testRepository.git('submodule', '--quiet', 'add', library.folder, 'libs/one');
    testRepository.commit();
    new TestRepository(join(testRepository.folder, 'libs/one')).commit({ 'lib.yaml': 'new\n' });
    const repository = await open(testRepository.folder);
    const tree = await treeOf(repository);
    const at = joinUri(repository.root, 'libs/one/lib.yaml');
    expect(await textOf(tree.fileSystem, at)).toBe('old\n');
    expect(tree.unreadSubmodules).toEqual([]);

    testRepository.remove('libs/one');
    const without = await treeOf(repository);
    expect(without.unreadSubmodules).toEqual(['libs/one']);
    await expect(without.fileSystem.readFile(at)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('lists files that may differ from a commit', async () => {
    const testRepository = new TestRepository(join(folder, 'r'));
    const commit = testRepository.commit({
      '.gitattributes': '*.txt filter=mine\n',
      '.gitignore': 'ignored\n',
      'same.yaml': '1\n',
      'changed.txt': '1\n',
      'committed.yaml': '1\n',
      'gone/é.yaml': '1\n',
      'unstaged.yaml': '1\n',
    });
    // A filter of the repository would hide changes or write a file.
    testRepository.git('config', 'filter.mine.clean', `touch ${join(folder, 'ran')}; echo 1`);
    testRepository.commit({ 'committed.yaml': '2\n' });
    testRepository.write({
      'changed.txt': '22\n',
      'new/a.yaml': '',
      'new/b/c.yaml': '',
      ignored: '',
    });
    testRepository.remove('gone');
    testRepository.git('rm', '--quiet', '--cached', 'unstaged.yaml');
    rmSync(join(folder, 'ran'), { force: true });
    const repository = await open(testRepository.folder);
    const changes = await repository.changesSince(commit);
    const paths = changes?.uris.map(uri => decodeURI(uri.slice(repository.root.length + 1)));
    expect(paths?.toSorted().join(' ')).toBe(
      'changed.txt committed.yaml gone/é.yaml ignored new unstaged.yaml',
    );
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('lists symbolic links in git', async () => {
    const testRepository = new TestRepository(join(folder, 'r'));
    testRepository.write({ 'a.yaml': '1\n' });
    symlinkSync('a.yaml', join(testRepository.folder, 'link'));
    const commit = testRepository.commit();
    const repository = await open(testRepository.folder);
    const links = [joinUri(repository.root, 'link')];
    expect(await repository.changesSince(commit)).toEqual({ uris: [], links });
  });

  it('returns undefined if git does not compare all files', async () => {
    const testRepository = new TestRepository(join(folder, 'r'));
    const commit = testRepository.commit({ 'a.yaml': '1\n' });
    const repository = await open(testRepository.folder);
    for (const flag of ['assume-unchanged', 'skip-worktree']) {
      testRepository.git('update-index', `--${flag}`, 'a.yaml');
      expect(await repository.changesSince(commit)).toBeUndefined();
      testRepository.git('update-index', `--no-${flag}`, 'a.yaml');
    }
    expect(await repository.changesSince(commit)).toEqual({ uris: [], links: [] });
    const library = new TestRepository(join(folder, 'library'));
    library.commit({ 'lib.yaml': 'old\n' });
    testRepository.git('submodule', '--quiet', 'add', library.folder, 'libs/one');
    const withSubmodule = testRepository.commit();
    expect(await repository.changesSince(withSubmodule)).toBeUndefined();
    testRepository.git('rm', '--quiet', 'libs/one');
    expect(await repository.changesSince(withSubmodule)).toBeUndefined();
  });

  it('reads a bare repository', async () => {
    const testRepository = new TestRepository(join(folder, 'r'));
    testRepository.commit({ 'a.yaml': 'one\n' });
    testRepository.git('clone', '--quiet', '--bare', testRepository.folder, join(folder, 'bare'));
    const repository = await open(join(folder, 'bare'));
    expect(repository.isBare).toBe(true);
    const { fileSystem } = await treeOf(repository);
    expect(await textOf(fileSystem, joinUri(repository.root, 'a.yaml'))).toBe('one\n');
  });

  it('counts objects missing in a partial clone without fetching them', async () => {
    const testRepository = new TestRepository(join(folder, 'r'));
    testRepository.commit({ 'a.yaml': 'one\n' });
    testRepository.commit({ 'a.yaml': 'two\n' });
    testRepository.git('config', 'uploadpack.allowFilter', 'true');
    const clone = join(folder, 'clone');
    testRepository.git(
      'clone',
      '--quiet',
      '--filter=blob:none',
      pathToFileUri(testRepository.folder),
      clone,
    );
    const repository = await open(clone);
    const tree = await treeOf(repository, 'HEAD~1');
    await expect(
      tree.fileSystem.readFile(joinUri(repository.root, 'a.yaml')),
    ).rejects.toMatchObject({ code: 'ENOENT' });
    expect(tree.missingObjects()).toBe(1);
  });

  it('runs nothing that the repository names', async () => {
    const testRepository = new TestRepository(join(folder, 'r'));
    const trap = `touch ${join(folder, 'sprung')}`;
    testRepository.commit({
      'a.yaml': 'one\n',
      '.gitattributes': '*.yaml filter=trap diff=trap\n',
    });
    for (const [key, value] of [
      ['core.fsmonitor', trap],
      ['filter.trap.smudge', trap],
      ['filter.trap.clean', trap],
      ['diff.trap.textconv', trap],
      ['core.pager', trap],
      ['core.sshCommand', trap],
      ['core.hooksPath', folder],
    ] as const) {
      testRepository.git('config', key, value);
    }
    writeFileSync(join(testRepository.folder, 'a.yaml'), 'two\n');
    const repository = await open(testRepository.folder);
    const { fileSystem } = await treeOf(repository);
    expect(await textOf(fileSystem, joinUri(repository.root, 'a.yaml'))).toBe('one\n');
    expect(existsSync(join(folder, 'sprung'))).toBe(false);
  });

  it('has no files that git would not check out', async () => {
    const testRepository = new TestRepository(join(folder, 'r'));
    const blob = testRepository.gitReading('[remote "origin"]', 'hash-object', '-w', '--stdin');
    const forged = testRepository.forgeTree([['100644', 'config', blob]]);
    testRepository.commitTree(
      testRepository.forgeTree([
        ...['..', '.GIT', '.git', 'git~1'].map(name => ['40000', name, forged] as const),
        ['100644', 'plain', blob],
      ]),
    );
    const repository = await open(testRepository.folder);
    const { fileSystem } = await treeOf(repository, 'main');
    expect(await names(fileSystem, repository.root)).toEqual(['.git directory', 'plain file']);
    expect(await names(fileSystem, joinUri(repository.root, '.git'))).toEqual([]);
  });

  it('reports that git is missing', async () => {
    vi.stubEnv('PATH', folder);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await GitRepository.open(folder, { outside })).toMatchObject({
      ok: false,
      error: "Git is not installed or can't be found",
    });
  });

  it('reports errors', async () => {
    expect(await GitRepository.open(folder, { outside })).toMatchObject({
      ok: false,
      error: expect.stringContaining('not a git repository'),
    });
    const testRepository = new TestRepository(join(folder, 'r'));
    testRepository.commit({ a: '1' });
    const repository = await open(testRepository.folder);
    for (const revision of ['nothing', '--help', 'HEAD:a', '']) {
      expect(await repository.resolveCommit(revision)).toMatchObject({ ok: false });
    }
    expect(await repository.readTree('0'.repeat(40))).toMatchObject({ ok: false });
  });

  it('stops when it is aborted', async () => {
    new TestRepository(join(folder, 'r')).commit({ a: '1' });
    const abort = new AbortController();
    const repository = await open(join(folder, 'r'), abort.signal);
    const { fileSystem } = await treeOf(repository);
    abort.abort();
    await expect(fileSystem.readFile(joinUri(repository.root, 'a'))).rejects.toThrow('closed');
    await expect(repository.resolveCommit('HEAD')).rejects.toMatchObject({ name: 'AbortError' });
  });
});
