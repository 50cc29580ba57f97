import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ProcessGitClient } from '../../../../../src/features/scm/node';

const client = new ProcessGitClient();
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

it("prefers the email of the repository over the user's", async () => {
  writeFileSync(join(home, '.gitconfig'), '[user]\n\temail = me@example.com\n');
  const repository = aRepository('[user]\n\temail = me@work.example.com\n');
  expect(await client.userEmail(repository)).toBe('me@work.example.com');
  expect(await client.userEmail(home)).toBe('me@example.com');
});

it('returns undefined without an email', async () => {
  expect(await client.userEmail(aRepository())).toBeUndefined();
  expect(await client.userEmail(join(home, 'none'))).toBeUndefined();
});

it('works without git', async () => {
  vi.stubEnv('PATH', home);
  expect(await client.userEmail(home)).toBeUndefined();
});

it("ignores the environment's repository and configuration", async () => {
  const other = aRepository('[user]\n\temail = other@example.com\n');
  vi.stubEnv('GIT_DIR', join(other, '.git'));
  vi.stubEnv('GIT_CONFIG_GLOBAL', join(other, '.git/config'));
  expect(await client.userEmail(home)).toBeUndefined();
});

it('returns the author and time of the last change of a file', async () => {
  const repository = aRepository();
  const commit = (file: string, author: string, date: string): void => {
    writeFileSync(join(repository, file), date);
    execFileSync('git', ['-C', repository, 'add', '.']);
    const as = ['-c', `user.name=${author}`, '-c', 'user.email=a@example.com'];
    const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    execFileSync('git', ['-C', repository, ...as, 'commit', '-qm', 'Change'], { env });
  };
  commit('[index].md', 'Ada Lovelace', '2026-01-02T03:04:05Z');
  commit('other.md', 'Grace Hopper', '2026-02-03T04:05:06Z');
  expect(await client.lastChange(join(repository, '[index].md'))).toEqual({
    author: 'Ada Lovelace',
    time: Date.parse('2026-01-02T03:04:05Z'),
  });
  writeFileSync(join(repository, 'new.md'), '');
  expect(await client.lastChange(join(repository, 'new.md'))).toBeUndefined();
  expect(await client.lastChange(join(home, 'none.md'))).toBeUndefined();
});

it('returns the recent changes of YAML files below a folder', async () => {
  const repository = aRepository();
  const commit = (files: readonly string[], author: string, date: string): void => {
    mkdirSync(join(repository, 'sub'), { recursive: true });
    for (const file of files) writeFileSync(join(repository, file), date);
    execFileSync('git', ['-C', repository, 'add', '.']);
    const as = ['-c', `user.name=${author}`, '-c', 'user.email=a@example.com'];
    const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    execFileSync('git', ['-C', repository, ...as, 'commit', '-qm', 'Change'], { env });
  };
  commit(['sub/b é.yml', 'sub/c.yaml', 'README.md'], 'Ada', '2026-01-02T03:04:05Z');
  commit(['sub/c.yaml', 'a.yaml'], 'Grace', '2026-02-03T04:05:06Z');
  const changes = await client.recentChanges(repository);
  expect(changes.map(({ path, author }) => `${path} ${author}`)).toEqual([
    'a.yaml Grace',
    'sub/c.yaml Grace',
    'sub/b é.yml Ada',
  ]);
  expect(changes[0]?.time).toBe(Date.parse('2026-02-03T04:05:06Z'));
  const below = await client.recentChanges(join(repository, 'sub'));
  expect(below.map(({ path }) => path)).toEqual(['c.yaml', 'b é.yml']);
  expect(await client.recentChanges(join(home, 'none'))).toEqual([]);
});

it('runs nothing that a repository names while it reads changes', async () => {
  const repository = aRepository();
  const ran = join(home, 'ran');
  writeFileSync(join(repository, 'a.md'), 'a');
  execFileSync('git', ['-C', repository, 'add', '.']);
  const as = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
  execFileSync('git', ['-C', repository, ...as, 'commit', '-qm', 'Change']);
  const program = `sh -c 'touch ${ran}'`;
  writeFileSync(
    join(repository, '.git/config'),
    `[core]\n\tfsmonitor = "${program}"\n\tpager = "${program}"\n[log]\n\tshowSignature = true\n[gpg]\n\tprogram = "${program}"\n[diff]\n\texternal = "${program}"\n`,
  );
  await client.lastChange(join(repository, 'a.md'));
  await client.recentChanges(repository);
  expect(existsSync(ran)).toBe(false);
});
