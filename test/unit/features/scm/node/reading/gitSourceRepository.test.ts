import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  GitSourceRepository,
  publicAddress,
} from '../../../../../../src/features/scm/node/reading/gitRepository';
import { NodeFileSystem, pathToFileUri } from '../../../../../../src/platform/node';
import { TestRepository } from '../../../../../support/gitRepository';
import { useTemporaryFolder } from '../../../../../support/temporaryFolder';

let folder: string;
let repository: TestRepository;

useTemporaryFolder(path => (folder = path));
beforeEach(() => {
  repository = new TestRepository(join(folder, 'work'));
});

const { signal } = new AbortController();
const open = (path: string): Promise<GitSourceRepository | undefined> =>
  GitSourceRepository.open(pathToFileUri(path), { outside: new NodeFileSystem(), signal });

async function opened(): Promise<GitSourceRepository> {
  const found = await open(repository.folder);
  if (!found) throw new Error('There is no repository');
  return found;
}

async function history(...paths: readonly string[]): Promise<readonly string[]> {
  const visited: string[] = [];
  const source = await opened();
  await source.visitHistory(paths, (path, content) => {
    visited.push(`${path}: ${new TextDecoder().decode(content)}`);
    return Promise.resolve(false);
  });
  source.dispose();
  return visited;
}

describe('GitSourceRepository', () => {
  it('is undefined without a repository', async () => {
    expect(await open(folder)).toBeUndefined();
  });

  it('has no commit before the first one', async () => {
    const source = await opened();
    expect(await source.head()).toBeUndefined();
    source.dispose();
  });

  it('reads commits, and returns undefined for unknown ones', async () => {
    const commit = repository.commit({ 'a.txt': 'one' });
    const source = await opened();
    expect(await source.head()).toBe(commit);
    const files = await source.readCommit(commit);
    const uri = pathToFileUri(join(repository.folder, 'a.txt'));
    expect(await files?.hasContent(uri, new TextEncoder().encode('one'))).toBe(true);
    expect(await source.readCommit('0'.repeat(40))).toBeUndefined();
    source.dispose();
  });

  it('visits all committed versions of a path, latest first', async () => {
    repository.commit({ 'a.txt': 'one', 'b.txt': 'else' });
    repository.commit({ 'a.txt': 'two' });
    repository.remove('a.txt');
    repository.commit({ 'c.txt': 'three' });
    repository.commit({ 'a.txt': 'two' });
    expect(await history('a.txt')).toEqual(['a.txt: two', 'a.txt: one']);
  });

  it('takes paths literally', async () => {
    repository.commit({ ':(glob)*': 'odd', 'a b\tc.txt': 'blank', '-x': 'dash', 'other.txt': 'x' });
    expect(await history(':(glob)*', 'a b\tc.txt', '-x')).toEqual([
      '-x: dash',
      ':(glob)*: odd',
      'a b\tc.txt: blank',
    ]);
  });

  it('skips a path after its content was found', async () => {
    repository.commit({ 'a.txt': 'one' });
    repository.commit({ 'a.txt': 'two' });
    const visited: string[] = [];
    const source = await opened();
    await source.visitHistory(['a.txt'], (path, content) => {
      visited.push(new TextDecoder().decode(content));
      return Promise.resolve(true);
    });
    source.dispose();
    expect(visited).toEqual(['two']);
  });

  it('has the address of its origin', async () => {
    repository.git('remote', 'add', 'origin', 'https://me:token@example.com/acme/templates.git');
    const source = await opened();
    expect(await source.originUrl()).toBe('https://example.com/acme/templates.git');
    source.dispose();
  });
});

describe('publicAddress', () => {
  it.each([
    ['git@example.com:acme/templates.git', 'git@example.com:acme/templates.git'],
    ['ssh://git:word@example.com/acme.git', 'ssh://git@example.com/acme.git'],
    ['https://example.com/acme.git?token=1#x', 'https://example.com/acme.git'],
    ['/home/me/templates', undefined],
    ['C:\\templates', undefined],
    ['file:///home/me/templates', undefined],
    ['../templates', undefined],
  ])('of %s', (address, expected) => {
    expect(publicAddress(address)).toBe(expected);
  });
});
