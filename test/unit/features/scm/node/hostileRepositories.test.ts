import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLogger } from '../../../../../src/base';
import { ProcessGitClient } from '../../../../../src/features/scm/node';
import { NodeGitMirrors } from '../../../../../src/features/scm/node/mirrors/gitMirrors';
import { SimpleGitPublisher } from '../../../../../src/features/scm/node/publishing/gitPublisher';
import { GitRepository } from '../../../../../src/features/scm/node/reading/gitRepository';
import { GitSourceRepository } from '../../../../../src/features/scm/node/reading/gitRepository';
import type { CommitBase, CommitRequest } from '../../../../../src/platform/core/ports';
import { NodeFileSystem, pathToFileUri } from '../../../../../src/platform/node';
import { committedRepository, type TestRepository } from '../../../../support/gitRepository';
import { HOSTILE_PLANTS, Traps } from '../../../../support/hostileRepository';

const { signal } = new AbortController();
const outside = new NodeFileSystem();
let home: string;
let traps: Traps;
let repository: TestRepository;

/** Provides each test with a fresh copy of a repository, which is prepared once, at the same path. */
function useRepository(prepare: () => void = () => {}): void {
  const prepared = (): string => join(home, 'prepared');
  beforeAll(() => {
    home = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-')));
    traps = new Traps(join(home, 'traps'));
    repository = committedRepository(join(home, 'repository'));
    prepare();
    cpSync(repository.folder, prepared(), { recursive: true });
  });
  beforeEach(() => {
    for (const name of ['HOME', 'USERPROFILE', 'XDG_CONFIG_HOME']) vi.stubEnv(name, home);
    vi.stubEnv('TMPDIR', join(home, 'tmp'));
    for (const name of ['tmp', 'mirrors'])
      rmSync(join(home, name), { recursive: true, force: true });
    mkdirSync(join(home, 'tmp'));
    rmSync(repository.folder, { recursive: true });
    cpSync(prepared(), repository.folder, { recursive: true });
    traps.reset();
  });
  afterEach(() => void vi.unstubAllEnvs());
  afterAll(() => rmSync(home, { recursive: true, force: true }));
}

const gitVersion = execFileSync('git', ['--version'], { encoding: 'utf8' })
  .split('.', 2)
  .map(part => Number(/\d+$/.exec(part)?.[0]));

function has(version = '0.0'): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return gitVersion[0]! > major || (gitVersion[0] === major && gitVersion[1]! >= minor);
}

async function readTree(folder: string): Promise<void> {
  const opened = await GitRepository.open(folder, { outside });
  if (!opened.ok) throw new Error(opened.error);
  try {
    const commit = await opened.value.resolveCommit('HEAD');
    if (!commit.ok) throw new Error(commit.error);
    await opened.value.mergeBase(commit.value, commit.value);
    await opened.value.isShallow();
    const tree = await opened.value.readTree(commit.value);
    if (!tree.ok) throw new Error(tree.error);
    await tree.value.fileSystem.readFile(`${opened.value.root}/a.yaml`);
  } finally {
    opened.value.dispose();
  }
}

async function readHistory(folder: string): Promise<void> {
  const opened = await GitSourceRepository.open(pathToFileUri(folder), { outside, signal });
  if (!opened) throw new Error('It could not be opened');
  try {
    await opened.originUrl();
    await opened.readCommit((await opened.head()) ?? '');
    let visited = 0;
    await opened.visitHistory(['a.yaml'], async () => ++visited > 5);
    if (!visited) throw new Error('Nothing was visited');
  } finally {
    opened.dispose();
  }
}

async function mirror(folder: string): Promise<void> {
  const mirrors = new NodeGitMirrors({ storage: join(home, 'mirrors'), logger: silentLogger });
  const opened = mirrors.open({
    key: 'shop',
    url: pathToFileURL(join(folder, '.git')).href,
    branch: undefined,
    root: 'callboard-source://shop/',
    authorization: async () => undefined,
  });
  try {
    await opened.fetch({ signal, complete: draft => draft.fetchBlobs(draft.paths()) });
  } finally {
    opened.dispose();
  }
}

function aRequest(base: CommitBase): CommitRequest {
  const file = { path: 'a.yaml', content: new TextEncoder().encode('c: 3\n'), isExecutable: false };
  const author = { name: 'Ada', email: 'ada@example.com' };
  return { base, branch: 'scaffold/x', files: [file], message: 'Change', author };
}

async function pushTo(folder: string): Promise<void> {
  const publisher = new SimpleGitPublisher();
  const remote = { url: folder };
  const { head = 'main' } = await publisher.readRemote(remote, signal);
  const commit = await publisher.prepare(
    aRequest({ type: 'remote', remote, branch: head }),
    signal,
  );
  try {
    await commit.push(remote, signal);
  } finally {
    commit.dispose();
  }
}

async function checkOut(folder: string): Promise<void> {
  const base = { type: 'checkout', folder: pathToFileUri(folder) } as const;
  const request = { ...aRequest(base), author: undefined };
  const commit = await new SimpleGitPublisher().prepare(
    { ...request, files: request.files.map(file => ({ ...file, path: 'new.yaml' })) },
    signal,
  );
  try {
    await commit.checkOut();
  } finally {
    commit.dispose();
  }
}

/** All actions of Callboard on a repository, each of which works on a harmless one. */
const ACTS = {
  'git config user.email': folder => new ProcessGitClient().userEmail(folder),
  'git log -1': folder => new ProcessGitClient().lastChange(join(folder, 'a.yaml')),
  'comparing commits': readTree,
  'reading the history': readHistory,
  'mirroring it': mirror,
  'a push of a branch to its path': pushTo,
  'a branch in its checkout': checkOut,
} satisfies Record<string, (folder: string) => Promise<unknown>>;

it('hostile repositories are listed in the threat model', () => {
  const page = readFileSync(
    new URL('../../../../../docs/threat-model.md', import.meta.url),
    'utf8',
  );
  const [, table = ''] = page.split('| A repository names');
  const [rows = ''] = table.split('\n\n');
  const names = [...rows.matchAll(/^\| `(.+?)` +\|/gm)].map(([, name]) => name);
  expect(names).toEqual(HOSTILE_PLANTS.map(({ name }) => name));
});

describe('harmless repository', () => {
  useRepository();

  it.each(Object.entries(ACTS))('works with %s', async (_, act) => {
    await act(repository.folder);
  });
});

describe.each(HOSTILE_PLANTS)('$name', ({ plant, victim, since }) => {
  useRepository(() => plant(repository, traps));

  it.runIf(victim && has(since))('is run by plain git', () => {
    try {
      victim?.(repository);
    } catch {
      // Many commands fail after the program has run.
    }
    expect(traps.sprung).not.toEqual([]);
  });

  it.each(Object.entries(ACTS))('is not run by %s', async (_, act) => {
    await act(repository.folder).catch(() => {
      // A rejection is as good.
    });
    expect(traps.sprung).toEqual([]);
  });
});

describe('bare repository among the files', () => {
  useRepository();

  it('is not used', async () => {
    const bare = join(repository.folder, 'docs');
    repository.git('clone', '--quiet', '--bare', '.', bare);
    repository.git('-C', bare, 'read-tree', 'HEAD');
    writeFileSync(
      join(bare, 'config'),
      `[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n\tfsmonitor = ${traps.program('embedded')}\n[user]\n\temail = evil@example.com\n`,
    );
    writeFileSync(join(bare, 'a.yaml'), 'b: 2\n');
    const git = new ProcessGitClient();
    expect(await git.userEmail(bare)).toBeUndefined();
    await git.lastChange(join(bare, 'a.yaml'));
    await GitRepository.open(bare, { outside });
    await GitSourceRepository.open(pathToFileUri(bare), { outside, signal });
    expect(traps.sprung).toEqual([]);
    try {
      execFileSync('git', ['-C', bare, 'status'], { stdio: 'ignore' });
    } catch {
      // The command fails after the program has run.
    }
    expect(traps.sprung).toEqual(['embedded']);
  });
});
