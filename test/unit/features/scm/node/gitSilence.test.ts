import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GitSilence, guardedGit, runGit } from '../../../../../src/features/scm/node/gitProcess';
import { readMirrorTree } from '../../../../../src/features/scm/node/mirrors/gitMirrorTree';
import { ProcessGitClient } from '../../../../../src/features/scm/node/processGitClient';
import { GitBlobReader } from '../../../../../src/features/scm/node/reading/gitBlobReader';
import { GitRepository } from '../../../../../src/features/scm/node/reading/gitRepository';
import { TestRepository } from '../../../../support/gitRepository';
import { InMemoryFileSystem } from '../../../../support/inMemoryFileSystem';

/* A pipe in place of a file never ends: git waits for a writer. */

let folder: string;
let repository: TestRepository;
let commit: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-silence-'));
  repository = new TestRepository(join(folder, 'a'));
  repository.write({ 'a.txt': 'a' });
  repository.git('add', '.');
  repository.git('commit', '-m', 'A change');
  commit = repository.git('rev-parse', 'HEAD');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

function includePipe(): void {
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  repository.git('config', 'include.path', join(folder, 'pipe'));
}

/** Advances the clock until a promise is settled. */
async function afterSilence<T>(promise: Promise<T>): Promise<T> {
  let isSettled = false;
  const settled = promise.finally(() => (isSettled = true));
  settled.catch(() => {});
  while (!isSettled) {
    await vi.advanceTimersByTimeAsync(30_000);
    await new Promise(resolve => setImmediate(resolve));
  }
  return settled;
}

describe.skipIf(process.platform === 'win32')('git that waits for a pipe', () => {
  it('in its settings is stopped', async () => {
    includePipe();
    await expect(afterSilence(runGit(['rev-parse', 'HEAD'], repository))).rejects.toThrow(
      GitSilence,
    );
  });

  it('in its settings is stopped before commands are prepared', async () => {
    includePipe();
    await expect(afterSilence(guardedGit(repository.folder))).rejects.toThrow(GitSilence);
  });

  it('in its settings is reported when a repository is opened', async () => {
    includePipe();
    const outside = new InMemoryFileSystem();
    expect(await afterSilence(GitRepository.open(repository.folder, { outside }))).toEqual({
      ok: false,
      error: expect.stringMatching(/^git was stopped after 60 seconds without an answer/) as string,
    });
  });

  it('in its settings returns no history of a file', async () => {
    includePipe();
    const client = new ProcessGitClient();
    const abort = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(abort.signal);
    setImmediate(() => abort.abort());
    expect(await client.lastChange(join(repository.folder, 'a.txt'))).toBeUndefined();
  });

  it('in place of an object is stopped', async () => {
    const blob = repository.git('rev-parse', 'HEAD:a.txt');
    const object = join(repository.folder, '.git', 'objects', blob.slice(0, 2), blob.slice(2));
    expect(existsSync(object)).toBe(true);
    rmSync(object);
    execFileSync('mkfifo', [object]);
    const reader = new GitBlobReader(repository);
    await expect(afterSilence(reader.read(blob))).rejects.toThrow(GitSilence);
    reader.dispose();
  });

  it('in its settings is stopped while it lists files', async () => {
    includePipe();
    const read = readMirrorTree(commit, {
      place: repository,
      blobs: { read: () => Promise.reject(new Error('Nothing is read')) },
      signal: undefined,
    });
    await expect(afterSilence(read)).rejects.toThrow(GitSilence);
  });
});

it('idle git is not stopped', async () => {
  const reader = new GitBlobReader(repository);
  const blob = repository.git('rev-parse', 'HEAD:a.txt');
  expect(Buffer.from(await reader.read(blob)).toString()).toBe('a');
  await vi.advanceTimersByTimeAsync(600_000);
  expect(Buffer.from(await reader.read(blob)).toString()).toBe('a');
  reader.dispose();
});
