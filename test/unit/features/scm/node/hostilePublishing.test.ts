import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProcessGitClient } from '../../../../../src/features/scm/node';
import { SimpleGitPublisher } from '../../../../../src/features/scm/node/publishing/gitPublisher';
import type { CommitBase, PreparedCommit } from '../../../../../src/platform/core/ports';
import { pathToFileUri } from '../../../../../src/platform/node';
import { committedRepository, TestRepository } from '../../../../support/gitRepository';
import { plantHooks, Traps } from '../../../../support/hostileRepository';

const { signal } = new AbortController();
const publisher = new SimpleGitPublisher();
let home: string;
let traps: Traps;
let repository: TestRepository;

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-')));
  mkdirSync(join(home, 'tmp'));
  for (const name of ['HOME', 'USERPROFILE', 'XDG_CONFIG_HOME']) vi.stubEnv(name, home);
  vi.stubEnv('TMPDIR', join(home, 'tmp'));
  traps = new Traps(join(home, 'traps'));
  repository = committedRepository(join(home, 'repository'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

async function prepare(base: CommitBase, branch = 'scaffold/x'): Promise<PreparedCommit> {
  const file = { path: 'b.yaml', content: new TextEncoder().encode('b: 1\n'), isExecutable: false };
  return publisher.prepare(
    { base, branch, files: [file], message: 'Add', author: undefined },
    signal,
  );
}

/** Returns the error, or undefined. */
async function push(url: string, branch?: string): Promise<string | undefined> {
  const commit = await prepare({ type: 'nothing' }, branch);
  try {
    return await commit.push({ url }, signal).then(
      () => undefined,
      (error: Error) => error.message,
    );
  } finally {
    commit.dispose();
  }
}

async function checkOut(folder = repository.folder): Promise<string | undefined> {
  try {
    const commit = await prepare({ type: 'checkout', folder: pathToFileUri(folder) });
    try {
      await commit.checkOut();
    } finally {
      commit.dispose();
    }
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const branches = (): readonly string[] =>
  repository.git('branch', '--format=%(refname:short)').split('\n');

describe('push to a path', () => {
  it.each([
    ['$(TRAP)', 'a command in parentheses'],
    ['`TRAP`', 'a command in backticks'],
    [';TRAP;', 'commands one behind the other'],
    ["it's;TRAP;'", 'a quote that ends the word'],
    ['a"b\\c', 'a quote and a backslash'],
    ['*?[a]~!#&|<>', 'signs of a shell'],
  ])('runs nothing in it: %s', async name => {
    const program = traps.program('path');
    mkdirSync(join(home, 'x'));
    // The program is found by its name.
    vi.stubEnv('PATH', `${join(home, 'traps/programs')}:${process.env['PATH'] ?? ''}`);
    const bare = new TestRepository(join(home, 'x', name.replace('TRAP', 'path')), '--bare');
    expect(existsSync(program)).toBe(true);
    expect(await push(bare.folder)).toBeUndefined();
    expect(bare.git('branch', '--format=%(refname:short)')).toBe('scaffold/x');
    expect(traps.sprung).toEqual([]);
  });

  it('runs no hooks of a repository behind a .git file', async () => {
    const link = join(home, 'link');
    mkdirSync(link);
    writeFileSync(join(link, '.git'), `gitdir: ${join(repository.folder, '.git')}\n`);
    plantHooks(join(repository.folder, '.git/hooks'), traps.program('gitfile'));
    expect(await push(link)).toBeUndefined();
    expect(traps.sprung).toEqual([]);
    expect(branches()).toContain('scaffold/x');
  });

  it("is rejected for the address of a host, despite the user's settings", async () => {
    plantHooks(join(repository.folder, '.git/hooks'), traps.program('hooks'));
    writeFileSync(
      join(home, '.gitconfig'),
      `[url "${repository.folder}"]\n\tinsteadOf = https://git.example.com/x\n`,
    );
    expect(await push('https://git.example.com/x')).toMatch(/transport 'file' not allowed/);
    expect(traps.sprung).toEqual([]);
  });

  it('runs nothing from settings of a working tree', async () => {
    repository.git('config', 'extensions.worktreeConfig', 'true');
    plantHooks(join(home, 'hooks'), traps.program('worktree'));
    repository.git('config', '--worktree', 'core.hooksPath', join(home, 'hooks'));
    repository.git('config', '--worktree', 'core.alternateRefsCommand', traps.program('refs'));
    expect(await push(repository.folder)).toBeUndefined();
    expect(traps.sprung).toEqual([]);
  });

  it('appends nothing to the target of a linked log', async () => {
    const profile = join(home, 'profile');
    writeFileSync(profile, '# mine\n');
    repository.git('config', 'user.name', `x;${traps.program('log')};y`);
    repository.git('config', 'core.logAllRefUpdates', 'always');
    mkdirSync(join(repository.folder, '.git/logs/refs/heads/scaffold'), { recursive: true });
    symlinkSync(profile, join(repository.folder, '.git/logs/refs/heads/scaffold/x'));
    await push(repository.folder);
    expect(readFileSync(profile, 'utf8')).not.toContain(traps.program('log'));
  });

  it.each([
    'file://other.example.com/x.git',
    'file:///x%00y',
    'file:///x%2',
    'file:relative',
    'FILE:///x',
    'ext::sh -c x',
    'fd::17',
    'git-remote-ext::x',
    'ssh://-oProxyCommand=touch%20x/y',
    '-oProxyCommand=x:y',
    '--upload-pack=x',
  ])('is rejected: %s', async url => {
    expect(await push(url)).toMatch(/can't be pushed to/);
    await expect(publisher.readRemote({ url }, signal)).rejects.toThrow("can't be read");
    expect(traps.sprung).toEqual([]);
  });
});

describe('branch in a working tree', () => {
  it.each([
    ['[FILTER "X"]\n\tCLEAN = TRAP\n', 'X'],
    ['[filter.x]\n\tclean = TRAP\n', 'x'],
    ['[filter "x"]\n\tclean\n', 'x'],
    ['[filter "ü "]\n\tclean = TRAP\n\trequired\n', 'ü '],
    ['[filter "a\\"b\\\\c"]\n\tprocess = TRAP\n', 'a"b\\c'],
  ])('runs no filter, however it is written: %j', async (config, name) => {
    const path = join(repository.folder, '.git/config');
    writeFileSync(
      path,
      readFileSync(path, 'utf8') + config.replace('TRAP', traps.program('filter')),
    );
    repository.write({ '.git/info/attributes': `* filter=${name}\n`, 'a.yaml': 'b: 2\n' });
    await checkOut();
    expect(traps.sprung).toEqual([]);
  });

  it.each([
    ['an included file', '[include]\n\tpath = PATH\n'],
    ['a file that is included for this folder', '[includeIf "gitdir:**"]\n\tpath = PATH\n'],
  ])('runs no filter of %s', async (_, include) => {
    const more = join(home, 'more.config');
    writeFileSync(more, `[filter "x"]\n\tclean = ${traps.program('included')}\n`);
    const path = join(repository.folder, '.git/config');
    writeFileSync(path, readFileSync(path, 'utf8') + include.replace('PATH', more));
    repository.write({ '.git/info/attributes': '* filter=x\n', 'a.yaml': 'b: 2\n' });
    expect(await checkOut()).toBeUndefined();
    expect(traps.sprung).toEqual([]);
  });

  it("runs a filter of the user's own settings", async () => {
    repository.write({ '.git/info/attributes': '* filter=own\n', 'a.yaml': 'b: 2\n' });
    writeFileSync(
      join(home, '.gitconfig'),
      `[filter "own"]\n\tclean = ${traps.program('own')}\n[user]\n\tname = a\n\temail = a@example.com\n`,
    );
    expect(await checkOut()).toBeUndefined();
    expect(traps.sprung).toEqual(['own']);
  });

  it('is rejected with more filters than can be disabled', async () => {
    const many = Array.from(
      { length: 20_000 },
      (_, i) => `[filter "${'n'.repeat(100)}${i}"]\n\tclean = ${traps.program('many')}\n`,
    );
    const path = join(repository.folder, '.git/config');
    writeFileSync(path, readFileSync(path, 'utf8') + many.join(''));
    repository.write({
      '.git/info/attributes': `* filter=${'n'.repeat(100)}19999\n`,
      'a.yaml': 'b: 2\n',
    });
    expect(await checkOut()).toMatch(/can be used|E2BIG/);
    expect(traps.sprung).toEqual([]);
    expect(branches()).toEqual(['main']);
  });

  it.each(['logs/HEAD', 'logs/refs/heads/scaffold/x', 'index'])(
    "doesn't write through a link at %s",
    async name => {
      const profile = join(home, 'profile');
      const path = join(repository.folder, '.git', name);
      repository.git('config', 'user.name', `x;${traps.program('log')};y`);
      repository.git('config', 'core.logAllRefUpdates', 'always');
      mkdirSync(join(path, '..'), { recursive: true });
      rmSync(path, { force: true });
      if (name !== 'index') writeFileSync(profile, '# mine\n');
      symlinkSync(profile, path);
      await checkOut();
      expect(existsSync(profile) ? readFileSync(profile, 'utf8') : '# mine\n').toBe('# mine\n');
    },
  );

  it('is not created in the repository of a core.worktree setting', async () => {
    const other = new TestRepository(join(home, 'other'));
    other.commit({ 'o.yaml': '' });
    repository.git('config', 'core.worktree', other.folder);
    expect(await checkOut()).toMatch(/is not the root of a git repository/);
    expect(await checkOut(other.folder)).toBeUndefined();
  });

  it('has no commit of another repository', async () => {
    const other = new TestRepository(join(home, 'other'));
    other.commit({ 'evil.yaml': '' });
    other.git('branch', 'scaffold/x');
    for (const name of ['insteadOf', 'pushInsteadOf']) {
      repository.git('config', `url.${other.folder}/.git.${name}`, home);
      repository.git('config', '--add', `url.${other.folder}/.git.${name}`, '/');
    }
    expect(await checkOut()).toBeUndefined();
    expect(repository.git('ls-tree', '--name-only', 'scaffold/x')).toBe('a.yaml\nb.yaml');
  });
});

describe('repository access', () => {
  const client = new ProcessGitClient();

  it('ignores the environment', async () => {
    const trap = traps.program('environment');
    const config = join(home, 'config');
    writeFileSync(config, `[core]\n\tfsmonitor = ${trap}\n\tsshCommand = ${trap}\n`);
    const variables: Record<string, string> = {
      GIT_CONFIG_GLOBAL: config,
      GIT_CONFIG_SYSTEM: config,
      GIT_CONFIG_PARAMETERS: `'core.fsmonitor'='${trap}'`,
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.fsmonitor',
      GIT_CONFIG_VALUE_0: trap,
      GIT_EXEC_PATH: join(home, 'traps/programs'),
      GIT_SSH: trap,
      GIT_SSH_COMMAND: trap,
      GIT_PROXY_COMMAND: trap,
      GIT_EXTERNAL_DIFF: trap,
      GIT_PAGER: trap,
      GIT_EDITOR: trap,
      GIT_ASKPASS: trap,
      GIT_TEMPLATE_DIR: home,
      GIT_TRACE: join(home, 'traced'),
      GIT_TRACE2_EVENT: join(home, 'traced'),
    };
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    expect(await client.lastChange(join(repository.folder, 'a.yaml'))).toBeDefined();
    expect(await checkOut()).toBeUndefined();
    expect(await push(repository.folder, 'other')).toBeUndefined();
    expect(traps.sprung).toEqual([]);
    expect(existsSync(join(home, 'traced'))).toBe(false);
  });

  it.each([':(top)a.yaml', '--output=x', '-1', ':!a.yaml', '*', 'a.yaml\n'])(
    'takes a file name literally: %j',
    async name => {
      repository.commit({ [name]: 'x' });
      repository.commit({ 'other.yaml': 'x' });
      expect((await client.lastChange(join(repository.folder, name)))?.author).toBe('Someone');
      expect(await client.lastChange(join(repository.folder, `${name}none`))).toBeUndefined();
      expect(existsSync(join(repository.folder, 'x'))).toBe(false);
    },
  );

  it('stops at a setting that leads to a pipe', async () => {
    execFileSync('mkfifo', [join(home, 'pipe')]);
    repository.git('config', 'include.path', join(home, 'pipe'));
    expect(await client.userEmail(repository.folder)).toBeUndefined();
  });
});

it('runs no git program of the workspace', async () => {
  writeFileSync(join(repository.folder, 'git'), `#!/bin/sh\n'${traps.program('git')}'\n`);
  chmodSync(join(repository.folder, 'git'), 0o755);
  await new ProcessGitClient().userEmail(repository.folder);
  await checkOut();
  expect(traps.sprung).toEqual([]);
});

it('reads a file: address as its path', async () => {
  const bare = new TestRepository(join(home, 'a b#c'), '--bare');
  plantHooks(join(bare.folder, 'hooks'), traps.program('hooks'));
  expect(await push(pathToFileURL(bare.folder).href)).toBeUndefined();
  expect(traps.sprung).toEqual([]);
});
