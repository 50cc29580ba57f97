import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SimpleGitClient } from '../../../src/node';

const client = new SimpleGitClient();
let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'callboard-'));
  vi.stubEnv('HOME', home);
  vi.stubEnv('USERPROFILE', home);
  vi.stubEnv('XDG_CONFIG_HOME', home);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

function aRepository(config = ''): string {
  const folder = mkdtempSync(join(home, 'repository-'));
  execFileSync('git', ['init', '-q', folder]);
  if (config !== '') writeFileSync(join(folder, '.git/config'), config);
  return folder;
}

it("tells the repository's address before the user's own", async () => {
  writeFileSync(join(home, '.gitconfig'), '[user]\n\temail = me@example.com\n');
  const repository = aRepository('[user]\n\temail = me@work.example.com\n');
  expect(await client.userEmail(repository)).toBe('me@work.example.com');
  expect(await client.userEmail(home)).toBe('me@example.com');
});

it('knows no address where there is none', async () => {
  expect(await client.userEmail(aRepository())).toBeUndefined();
  expect(await client.userEmail(join(home, 'none'))).toBeUndefined();
});

it('lives without git', async () => {
  vi.stubEnv('PATH', home);
  expect(await client.userEmail(home)).toBeUndefined();
});

it('is not led to another repository, nor to another configuration, by the environment', async () => {
  const other = aRepository('[user]\n\temail = other@example.com\n');
  vi.stubEnv('GIT_DIR', join(other, '.git'));
  vi.stubEnv('GIT_CONFIG_GLOBAL', join(other, '.git/config'));
  expect(await client.userEmail(home)).toBeUndefined();
});
