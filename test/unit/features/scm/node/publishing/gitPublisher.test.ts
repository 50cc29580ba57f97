import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SimpleGitPublisher } from '../../../../../../src/features/scm/node/publishing/gitPublisher';
import type {
  CommitRequest,
  CommittedFile,
  PreparedCommit,
} from '../../../../../../src/platform/core/ports';
import { pathToFileUri } from '../../../../../../src/platform/node';
import { git, TestRepository } from '../../../../../support/gitRepository';

const publisher = new SimpleGitPublisher();
const { signal } = new AbortController();
let home: string;

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-')));
  mkdirSync(join(home, 'tmp'));
  vi.stubEnv('HOME', home);
  vi.stubEnv('USERPROFILE', home);
  vi.stubEnv('XDG_CONFIG_HOME', home);
  vi.stubEnv('TMPDIR', join(home, 'tmp'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

function aFile(path: string, text = path, isExecutable = false): CommittedFile {
  return { path, content: new TextEncoder().encode(text), isExecutable };
}

function aRequest(request: Partial<CommitRequest> = {}): CommitRequest {
  return {
    base: { type: 'nothing' },
    branch: 'main',
    files: [aFile('a.txt')],
    message: 'Initial commit',
    author: { name: 'Ada', email: 'ada@example.com' },
    ...request,
  };
}

async function prepared(
  request: Partial<CommitRequest>,
  use: (commit: PreparedCommit) => Promise<void>,
): Promise<void> {
  const commit = await publisher.prepare(aRequest(request), signal);
  try {
    await use(commit);
  } finally {
    commit.dispose();
  }
}

function write(folder: string, files: readonly CommittedFile[]): void {
  for (const { path, content, isExecutable } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content, { mode: isExecutable ? 0o755 : 0o644 });
  }
}

/** Adds hooks that create a file when they run. */
function putHooks(folder: string): string {
  const ranFile = join(home, 'hook-ran');
  mkdirSync(folder, { recursive: true });
  for (const name of ['reference-transaction', 'post-checkout', 'pre-push', 'post-index-change']) {
    writeFileSync(join(folder, name), `#!/bin/sh\ntouch '${ranFile}'\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return ranFile;
}

/** Puts a git on the PATH that first runs some shell lines. */
function standInForGit(lines: string): void {
  const path = process.env['PATH'] ?? '';
  mkdirSync(join(home, 'bin'));
  writeFileSync(join(home, 'bin/git'), `#!/bin/sh\n${lines}\nPATH='${path}' exec git "$@"\n`, {
    mode: 0o755,
  });
  vi.stubEnv('PATH', `${join(home, 'bin')}:${path}`);
}

describe('new repository', () => {
  it('has one commit of the files and no changes', async () => {
    const files = [aFile('docs/a b.md'), aFile('run.sh', '#!/bin/sh\n', true)];
    const folder = join(home, 'new/shop');
    await prepared({ files, branch: 'trunk', message: 'Begin\n\nAll of it' }, async commit => {
      write(folder, files);
      await commit.initialize(pathToFileUri(folder), {});
      expect(git(folder, 'rev-parse', 'HEAD')).toBe(commit.hash);
    });
    expect(git(folder, 'log', '--format=%an %ae %cn%n%B')).toBe(
      'Ada ada@example.com Ada\nBegin\n\nAll of it',
    );
    expect(git(folder, 'status', '--porcelain', '--branch')).toBe('## trunk');
    expect(git(folder, 'ls-files', '--stage').replace(/[0-9a-f]{40} /g, '')).toBe(
      '100644 0\tdocs/a b.md\n100755 0\trun.sh',
    );
    expect(git(folder, 'fsck', '--strict')).toBe('');
  });

  it('has its remote as upstream', async () => {
    const folder = join(home, 'shop');
    const remote = 'https://git.example.com/acme/shop.git';
    await prepared({}, async commit => {
      await commit.initialize(pathToFileUri(folder), { remote });
    });
    expect(git(folder, 'remote', 'get-url', 'origin')).toBe(remote);
    expect(git(folder, 'rev-parse', '--abbrev-ref', 'main@{upstream}')).toBe('origin/main');
  });

  it('replaces no existing one, and can be undone', async () => {
    const folder = join(home, 'shop');
    await prepared({}, async commit => {
      const undo = await commit.initialize(pathToFileUri(folder), {});
      await expect(commit.initialize(pathToFileUri(folder), {})).rejects.toThrow(
        `${folder} is already a git repository`,
      );
      await undo();
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('has the author of the git settings, or a default', async () => {
    const author = async (): Promise<string> => {
      const folder = mkdtempSync(join(home, 'of-'));
      await prepared({ author: undefined }, async commit => {
        await commit.initialize(pathToFileUri(folder), {});
      });
      return git(folder, 'log', '--format=%an %ae');
    };
    expect(await author()).toBe('Scaffolder scaffolder@backstage.io');
    writeFileSync(join(home, '.gitconfig'), '[user]\nname = Me\nemail = me@example.com\n');
    expect(await author()).toBe('Me me@example.com');
  });

  it('preserves special characters in names and messages', async () => {
    const paths = ['a"b\\c', 'new\nline', '-x', 'ü/ä', 'D a.txt', '.gitattributes'];
    const folder = join(home, 'shop');
    const message = 'done\ncommit refs/heads/other\ndata 5\n\nM 100644 inline x';
    const author = { name: 'A <b>\ncommitter C', email: 'a>@b\nc' };
    const files = paths.map(path => aFile(path, '* filter=evil eol=crlf\n'));
    writeFileSync(join(home, '.gitconfig'), `[filter "evil"]\nclean = touch ${home}/filtered\n`);
    await prepared({ files, message, author }, async commit => {
      await commit.initialize(pathToFileUri(folder), {});
    });
    expect(git(folder, 'ls-tree', '-r', '-z', '--name-only', 'HEAD').split('\0').sort()).toEqual(
      ['', ...paths].sort(),
    );
    expect(git(folder, 'branch', '--format=%(refname:short)')).toBe('main');
    expect(git(folder, 'log', '--format=%an|%ae%n%B')).toBe(`A bcommitter C|a@bc\n${message}`);
    expect(existsSync(join(home, 'filtered'))).toBe(false);
  });

  it("runs no hooks, not even those of the user's template", async () => {
    const ranFile = putHooks(join(home, 'template/hooks'));
    writeFileSync(
      join(home, '.gitconfig'),
      `[init]\ntemplateDir = ${home}/template\n[core]\nhooksPath = ${home}/template/hooks\n`,
    );
    const folder = join(home, 'shop');
    await prepared({}, async commit => {
      await commit.initialize(pathToFileUri(folder), {});
    });
    expect(existsSync(ranFile)).toBe(false);
    expect(existsSync(join(folder, '.git/hooks'))).toBe(false);
  });

  it("leaves nothing behind if it can't be created", async () => {
    const aborted = AbortSignal.abort();
    await expect(publisher.prepare(aRequest(), aborted)).rejects.toThrow('aborted');
    await expect(
      publisher.prepare(aRequest({ files: [aFile('../x'), aFile('a//b')] }), signal),
    ).rejects.toThrow("Can't create the commit: ");
    expect(readdirSync(join(home, 'tmp'))).toEqual([]);
  });
});

describe('branch of a working tree', () => {
  let repository: TestRepository;
  let folder: string;

  beforeEach(() => {
    folder = join(home, 'repository');
    repository = new TestRepository(folder);
    repository.commit({ 'kept.txt': 'kept', 'own.txt': 'own', 'shop/old.txt': 'old' });
  });

  const onTop = (request: Partial<CommitRequest> = {}): Partial<CommitRequest> => ({
    base: { type: 'checkout', folder: pathToFileUri(folder) },
    branch: 'scaffold/shop',
    files: [aFile('shop/new.txt'), aFile('shop/old.txt', 'other')],
    ...request,
  });

  /** All visible state of git. */
  const state = (): readonly string[] => [
    git(folder, 'status', '--porcelain', '--branch'),
    git(folder, 'for-each-ref'),
    git(folder, 'rev-parse', 'HEAD'),
  ];

  it("has the files and none of the user's other changes, which stay", async () => {
    repository.write({ 'own.txt': 'staged' });
    repository.git('add', 'own.txt');
    repository.write({ 'own.txt': 'staged and changed', 'untracked.txt': '' });
    const parent = repository.git('rev-parse', 'HEAD');
    await prepared(onTop(), async commit => {
      write(folder, aRequest(onTop()).files);
      await commit.checkOut();
      expect(git(folder, 'rev-parse', 'HEAD')).toBe(commit.hash);
    });
    expect(git(folder, 'status', '--porcelain', '--branch')).toBe(
      '## scaffold/shop\nMM own.txt\n?? untracked.txt',
    );
    expect(git(folder, 'show', ':own.txt')).toBe('staged');
    expect(git(folder, 'rev-parse', 'HEAD^', 'main')).toBe(`${parent}\n${parent}`);
    expect(git(folder, 'diff', '--name-status', 'HEAD^', 'HEAD')).toBe(
      'A\tshop/new.txt\nM\tshop/old.txt',
    );
    expect(git(folder, 'fsck')).toBe('');
  });

  it('can be undone, from a branch and from a commit', async () => {
    repository.write({ 'own.txt': 'staged' });
    repository.git('add', 'own.txt');
    for (const head of ['main', repository.git('rev-parse', 'HEAD')]) {
      repository.git('checkout', '--quiet', head);
      const before = state();
      await prepared(onTop(), async commit => {
        const undo = await commit.checkOut();
        expect(state()).not.toEqual(before);
        await undo();
      });
      expect(state()).toEqual(before);
    }
  });

  it('can have the first commit of a repository', async () => {
    folder = join(home, 'unborn');
    repository = new TestRepository(folder);
    await prepared(onTop(), async commit => {
      write(folder, aRequest(onTop()).files);
      await commit.checkOut();
    });
    expect(git(folder, 'status', '--porcelain', '--branch')).toBe('## scaffold/shop');
    expect(git(folder, 'rev-list', '--count', 'HEAD')).toBe('1');
  });

  it.each([
    ['without history', ['--depth=1']],
    ['without contents of files', ['--filter=blob:none']],
    ['without older folders', ['--filter=tree:0']],
    ['of another object format', []],
  ])('can be in a clone %s', async (name, options) => {
    const source = new TestRepository(
      join(home, 'source'),
      ...(name.includes('format') ? ['--object-format=sha256'] : []),
    );
    source.git('config', 'uploadpack.allowFilter', 'true');
    source.commit({ 'kept.txt': 'kept' });
    source.commit({ 'shop/old.txt': 'old' });
    folder = join(home, 'clone');
    source.git('clone', '--quiet', ...options, `file://${source.folder}`, folder);
    await prepared(onTop({ files: [aFile('shop/new.txt')] }), async commit => {
      write(folder, [aFile('shop/new.txt')]);
      await commit.checkOut();
      expect(git(folder, 'rev-parse', 'HEAD')).toBe(commit.hash);
    });
    expect(git(folder, 'diff', '--name-status', 'HEAD^', 'HEAD')).toBe('A\tshop/new.txt');
  });

  it('can be in another working tree without files of its base', async () => {
    repository.git('worktree', 'add', '--quiet', join(home, 'tree'));
    folder = join(home, 'tree');
    const request = onTop({ files: [], removed: ['shop/old.txt'] });
    await prepared(request, async commit => {
      rmSync(join(folder, 'shop/old.txt'));
      await commit.checkOut();
    });
    expect(git(folder, 'status', '--porcelain', '--branch')).toBe('## scaffold/shop');
    expect(git(repository.folder, 'status', '--porcelain', '--branch')).toBe('## main');
  });

  it.each<[string, () => void, string]>([
    [
      'files that were changed',
      () => repository.write({ 'shop/old.txt': 'mine' }),
      'There are uncommitted changes in shop/old.txt. Commit or stash them first',
    ],
    [
      'files that were staged',
      () => {
        repository.write({ 'shop/new.txt': 'mine' });
        repository.git('add', '.');
      },
      'There are uncommitted changes in shop/new.txt. Commit or stash them first',
    ],
    [
      'untracked files',
      () => repository.write({ 'shop/new.txt': 'mine' }),
      'There are uncommitted changes in shop/new.txt. Commit or stash them first',
    ],
    [
      'a branch of the name',
      () => void repository.git('branch', 'scaffold/shop'),
      'The branch scaffold/shop already exists. Choose another name',
    ],
    [
      'a merge',
      () => writeFileSync(join(folder, '.git/MERGE_HEAD'), repository.git('rev-parse', 'HEAD')),
      'A merge or rebase is in progress in',
    ],
    [
      'a folder in it',
      () => (folder = join(folder, 'shop')),
      'repository/shop is not the root of a git repository',
    ],
  ])('is rejected for %s', async (_, change, message) => {
    change();
    const before = state();
    await expect(publisher.prepare(aRequest(onTop()), signal)).rejects.toThrow(message);
    expect(state()).toEqual(before);
    expect(readdirSync(join(home, 'tmp'))).toEqual([]);
  });

  it('is rejected if the branch has moved or the index is locked', async () => {
    await prepared(onTop(), async commit => {
      writeFileSync(join(folder, '.git/index.lock'), '');
      const before = state();
      await expect(commit.checkOut()).rejects.toThrow("scaffold/shop can't be checked out in");
      expect(state()).toEqual(before);
      rmSync(join(folder, '.git/index.lock'));
      repository.commit({ 'more.txt': '' });
      await expect(commit.checkOut()).rejects.toThrow('Another commit has been checked out in');
    });
    expect(git(folder, 'branch', '--format=%(refname:short)')).toBe('main');
  });

  it('runs no hooks', async () => {
    const ranFile = putHooks(join(folder, '.git/hooks'));
    await prepared(onTop(), async commit => {
      await (
        await commit.checkOut()
      )();
    });
    expect(existsSync(ranFile)).toBe(false);
  });
});

describe('push', () => {
  let remote: TestRepository;

  beforeEach(() => {
    remote = new TestRepository(join(home, 'remote.git'), '--bare');
  });

  it('fills an empty repository', async () => {
    const { folder: url } = remote;
    expect(await publisher.readRemote({ url }, signal)).toEqual({ branches: [], head: undefined });
    await prepared({}, async commit => {
      await commit.push({ url }, signal);
      expect(remote.git('rev-parse', 'refs/heads/main')).toBe(commit.hash);
    });
    expect(await publisher.readRemote({ url }, signal)).toEqual({
      branches: ['main'],
      head: 'main',
    });
  });

  it('adds a branch', async () => {
    const { folder: url } = remote;
    await prepared({}, commit => commit.push({ url }, signal));
    const base = { type: 'remote', remote: { url }, branch: 'main' } as const;
    await prepared({ base, branch: 'add/b', files: [aFile('b.txt')] }, commit =>
      commit.push({ url }, signal),
    );
    expect(remote.git('log', '--format=%s', '--name-status', 'add/b')).toBe(
      'Initial commit\n\nA\tb.txt\nInitial commit\n\nA\ta.txt',
    );
  });

  it('changes no existing branch', async () => {
    const { folder: url } = remote;
    await prepared({}, commit => commit.push({ url }, signal));
    const before = remote.git('for-each-ref');
    const base = { type: 'remote', remote: { url }, branch: 'main' } as const;
    for (const request of [{ files: [aFile('b.txt')] }, { base, files: [aFile('b.txt')] }]) {
      await prepared(request, commit =>
        expect(commit.push({ url }, signal)).rejects.toThrow(
          `main can't be pushed to ${url}: ! [rejected]`,
        ),
      );
    }
    expect(remote.git('for-each-ref')).toBe(before);
  });

  it.each([
    ['ext::sh -c "touch /x"', "transport 'ext' not allowed"],
    ['http://127.0.0.1:9/x.git', "transport 'http' not allowed"],
    ['git://127.0.0.1:9/x.git', "transport 'git' not allowed"],
    ['--upload-pack=touch', "strange pathname '--upload-pack=touch' blocked"],
    ['/nowhere/at/all', "'/nowhere/at/all' does not appear to be a git repository"],
  ])('is rejected for %s', async (url, message) => {
    await expect(publisher.readRemote({ url }, signal)).rejects.toThrow(message);
    await prepared({}, commit =>
      expect(commit.push({ url }, signal)).rejects.toThrow(/can't be pushed/),
    );
  });

  it('does not change the working tree of a repository at a path', async () => {
    const { folder: url } = new TestRepository(join(home, 'tree'));
    git(url, 'config', 'receive.denyCurrentBranch', 'updateInstead');
    await prepared({}, commit =>
      expect(commit.push({ url }, signal)).rejects.toThrow("main can't be pushed to"),
    );
    expect(readdirSync(url)).toEqual(['.git']);
    await prepared({ branch: 'other' }, commit => commit.push({ url }, signal));
    expect(git(url, 'branch', '--format=%(refname:short)')).toBe('other');
  });

  it('supports paths with quotes and spaces', async () => {
    const { folder: url } = new TestRepository(join(home, `it's "one" $HOME`), '--bare');
    await prepared({}, commit => commit.push({ url }, signal));
    expect((await publisher.readRemote({ url }, signal)).branches).toEqual(['main']);
  });

  it('runs no hooks of the repository at its path', async () => {
    const ranFile = putHooks(join(remote.folder, 'hooks'));
    const { folder: url } = remote;
    await prepared({}, commit => commit.push({ url }, signal));
    expect(git(url, 'branch', '--format=%(refname:short)')).toBe('main');
    expect(existsSync(ranFile)).toBe(false);
  });

  it('is not affected by a repository around the temporary folder', async () => {
    const trap = join(home, 'trap');
    const around = new TestRepository(join(home, 'tmp'));
    around.git('config', 'core.sshCommand', `touch ${trap}`);
    around.git('config', 'url.ssh://git.example.com/.insteadOf', '/');
    const { folder: url } = remote;
    expect((await publisher.readRemote({ url }, signal)).branches).toEqual([]);
    await prepared({}, commit => commit.push({ url }, signal));
    expect(existsSync(trap)).toBe(false);
  });

  it('changes nothing if it is cancelled', async () => {
    const begun = join(home, 'begun');
    standInForGit(`case " $* " in *" push "*) touch '${begun}'; sleep 3;; esac`);
    const controller = new AbortController();
    await prepared({}, async commit => {
      const push = commit.push({ url: remote.folder }, controller.signal);
      await vi.waitFor(() => expect(existsSync(begun)).toBe(true), { timeout: 10_000 });
      controller.abort();
      await expect(push).rejects.toThrow('aborted');
    });
    expect(remote.git('for-each-ref')).toBe('');
  });

  it("doesn't write the token to files, arguments or errors", async () => {
    const log = join(home, 'log');
    // Logs its arguments, and prints what a host could return.
    standInForGit(`for arg; do echo "$arg" >> '${log}'; done
case " $* " in *" push "*) env | grep ^GIT_CONFIG > '${log}.env'
  env | sed -n 's/^GIT_CONFIG_VALUE_[0-9]*=Authorization/remote: no Authorization/p' >&2; exit 1;; esac`);
    const token = Buffer.from('x-access-token:sesame-sesame').toString('base64');
    const url = 'https://git.example.com/acme/shop.git';
    const folder = join(home, 'shop');
    await prepared({}, async commit => {
      await commit.initialize(pathToFileUri(folder), { remote: url });
      await expect(commit.push({ url, authorization: `Basic ${token}` }, signal)).rejects.toThrow(
        `main can't be pushed to ${url}: remote: no Authorization: ***`,
      );
    });
    expect(readFileSync(`${log}.env`, 'utf8')).toContain(token);
    expect(readFileSync(log, 'utf8')).not.toContain(token);
    expect(readFileSync(join(folder, '.git/config'), 'utf8')).not.toMatch(/sesame|Basic/);
  });
});
