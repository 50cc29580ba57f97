import {
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
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  openPublication,
  PartlyPublishedError,
  type PublicationDeps,
  type Published,
  type PublishTarget,
  writeFiles,
} from '../../../../../../src/features/scaffolder/core';
import {
  defaultRepoHosts,
  type Forge,
  type PullRequestRequest,
} from '../../../../../../src/features/scm/core/forges';
import { SimpleGitPublisher } from '../../../../../../src/features/scm/node/publishing/gitPublisher';
import type { GitPublisher, PreparedCommit } from '../../../../../../src/platform/core/ports';
import { NodeFileSystem, pathToFileUri } from '../../../../../../src/platform/node';
import { NodeOutputFolder } from '../../../../../../src/platform/node/outputs';
import { git, TestRepository } from '../../../../../support/gitRepository';
import { type RunOutcome, runTemplate } from '../../../../../support/templateRuns';

let home: string;
let out: string;

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-')));
  out = join(home, 'shop');
  mkdirSync(join(home, 'tmp'));
  vi.stubEnv('HOME', home);
  vi.stubEnv('XDG_CONFIG_HOME', home);
  vi.stubEnv('TMPDIR', join(home, 'tmp'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  expect(readdirSync(join(home, 'tmp'))).toEqual([]);
  rmSync(home, { recursive: true, force: true });
});

const ENTITY = 'kind: Component\nmetadata: { name: shop }\n';

const FETCH = '{ id: fetch, action: fetch:plain, input: { url: ./skeleton } }';
const PUBLISH =
  "{ id: publish, action: publish:github, input: { repoUrl: 'github.com?owner=acme&repo=shop' } }";
const REGISTER =
  "{ id: register, action: catalog:register, input: { repoContentsUrl: '${{ steps.publish.output.repoContentsUrl }}' } }";

interface Run extends Partial<Pick<PublicationDeps, 'place' | 'location' | 'mayPublish'>> {
  readonly steps?: readonly string[];
  readonly forge?: Forge;
  readonly git?: GitPublisher;
}

interface Outcome {
  readonly run: RunOutcome;
  readonly published?: readonly Published[];
  readonly error?: string;
  readonly emptyRepositories: readonly string[];
  readonly openPullRequests: readonly string[];
}

/** Runs a Template, and publishes its files after it has completed. */
async function publish({ steps = [FETCH, PUBLISH], forge, ...choice }: Run): Promise<Outcome> {
  const { signal } = new AbortController();
  const publication = await openPublication({
    place: { type: 'folder' },
    location: undefined,
    folder: pathToFileUri(out),
    git: new SimpleGitPublisher(),
    forges: { open: () => Promise.resolve(forge) },
    fileSystem: new NodeFileSystem(),
    hosts: defaultRepoHosts,
    ...choice,
  });
  const left = () => {
    const { emptyRepositories, openPullRequests } = publication;
    return { emptyRepositories, openPullRequests };
  };
  try {
    const run = await runTemplate({
      template: `steps: [${steps.join(', ')}]`,
      files: { 'skeleton/catalog-info.yaml': ENTITY, 'skeleton/sub/a.txt': 'a' },
      actions: publication.actions,
      isDryRun: false,
    });
    if (run.status !== 'completed') return { run, ...left() };
    const files = [...publication.filesOf(run.files)].map(([path, file]) => ({ path, ...file }));
    const published = await publication.complete(
      () => writeFiles(files, new NodeOutputFolder(out), { signal }),
      { signal, onWarning: () => {} },
    );
    return { run, published, ...left() };
  } catch (error) {
    const published = error instanceof PartlyPublishedError ? error.published : undefined;
    const rest = { ...(published ? { published } : {}), ...left() };
    return { run: {} as RunOutcome, error: String(error), ...rest };
  } finally {
    publication.dispose();
    await vi.waitFor(() => expect(readdirSync(join(home, 'tmp'))).toEqual([]));
  }
}

const outputOf = ({ run }: Outcome, id: string): unknown =>
  run.steps.find(step => step.id === id)?.output;

describe('publication to a folder', () => {
  it('creates a repository with the options of the step', async () => {
    const step =
      "{ id: publish, action: publish:gitlab, input: { repoUrl: 'gitlab.com?owner=acme&repo=shop', defaultBranch: trunk, gitCommitMessage: Hello, gitAuthorName: Ada, gitAuthorEmail: ada@example.com } }";
    const outcome = await publish({ steps: [FETCH, step] });
    const commit = git(out, 'rev-parse', 'HEAD');
    expect(outputOf(outcome, 'publish')).toEqual({
      remoteUrl: 'https://gitlab.com/acme/shop.git',
      repoContentsUrl: 'https://gitlab.com/acme/shop/-/blob/trunk',
      commitHash: commit,
    });
    expect(outcome.published).toEqual([
      { type: 'repository', folder: pathToFileUri(out), branch: 'trunk', commit },
    ]);
    expect(git(out, 'log', '--format=%s|%an|%ae')).toBe('Hello|Ada|ada@example.com');
    expect(git(out, 'status', '--porcelain', '--branch')).toBe('## trunk');
  });

  it('creates a repository for each published folder, with its current files', async () => {
    const step = (id: string, path: string): string =>
      `{ id: ${id}, action: publish:github, input: { repoUrl: 'github.com?owner=acme&repo=${id}', sourcePath: ./${path} } }`;
    const write = '{ action: fetch:plain, input: { url: ./skeleton, targetPath: other } }';
    await publish({ steps: [FETCH, step('one', 'sub'), write, step('two', 'other')] });
    expect(git(join(out, 'sub'), 'ls-files')).toBe('a.txt');
    expect(git(join(out, 'other'), 'ls-files')).toBe('catalog-info.yaml\nsub/a.txt');
    expect(existsSync(join(out, '.git'))).toBe(false);
  });

  it('can be retried after a step failed', async () => {
    const publication = await openPublication({
      place: { type: 'folder' },
      location: undefined,
      folder: pathToFileUri(out),
      git: new SimpleGitPublisher(),
      fileSystem: new NodeFileSystem(),
      hosts: defaultRepoHosts,
      forges: { open: () => Promise.resolve(undefined) },
    });
    const steps = (paths: string): string =>
      `steps: [${FETCH}, { id: each, each: ${paths}, action: publish:github, input: { repoUrl: 'github.com?owner=acme&repo=shop', sourcePath: '\${{ each.value }}' } }]`;
    const setup = {
      files: { 'skeleton/sub/a.txt': 'a' },
      actions: publication.actions,
      isDryRun: false,
    };
    const { status, checkpoint } = await runTemplate({
      ...setup,
      template: steps('[sub, ../elsewhere]'),
    });
    expect([status, publication.hasCommits]).toEqual(['failed', true]);
    publication.discardExcept(new Set(['fetch']));
    expect(publication.hasCommits).toBe(false);
    const second = await runTemplate({
      ...setup,
      template: steps('[sub]'),
      ...(checkpoint ? { resume: checkpoint } : {}),
    });
    expect(second.status).toBe('completed');
    publication.dispose();
    await vi.waitFor(() => expect(readdirSync(join(home, 'tmp'))).toEqual([]));
  });

  it.each([
    [
      'the same folder twice',
      [FETCH, PUBLISH, PUBLISH.replace('id: publish', 'id: again')],
      'The folder is already published by another step',
    ],
    [
      'a branch that is an option',
      [PUBLISH.replace(' } }', ', defaultBranch: --upload-pack=x } }')],
      '"--upload-pack=x" is not a valid branch name',
    ],
    [
      'a path outside of the folder',
      [PUBLISH.replace(' } }', ', sourcePath: ../../etc } }')],
      'Relative path is not allowed to refer to a directory outside its parent',
    ],
    [
      'a change of nothing',
      [
        "{ action: publish:github:pull-request, input: { repoUrl: 'github.com?owner=acme&repo=shop', branchName: b, title: t, description: d } }",
      ],
      'publish:github:pull-request changes an existing repository. Publish to a branch, a remote or its host',
    ],
  ])('is rejected for %s', async (_, steps, error) => {
    expect((await publish({ steps })).run).toMatchObject({ status: 'failed', error });
    expect(existsSync(out)).toBe(false);
  });

  it('creates no repository if the template fails, and replaces none', async () => {
    const fails = '{ action: fetch:plain, input: { url: ./nowhere } }';
    expect((await publish({ steps: [FETCH, PUBLISH, fails] })).run.status).toBe('failed');
    expect(existsSync(out)).toBe(false);
    new TestRepository(out).commit({ 'mine.txt': '' });
    const before = git(out, 'for-each-ref');
    expect((await publish({})).error).toContain('is already a git repository');
    expect(git(out, 'for-each-ref')).toBe(before);
    expect(readdirSync(out).sort()).toEqual(['.git', 'mine.txt']);
  });
});

describe('publication to a branch', () => {
  let repository: TestRepository;

  const branch = (): Run => ({
    place: { type: 'branch', repository: pathToFileUri(repository.folder), branch: 'add/shop' },
  });

  beforeEach(() => {
    repository = new TestRepository(join(home, 'mono'));
    repository.commit({ 'README.md': 'all', 'own.txt': 'own' });
    out = join(repository.folder, 'services/shop');
  });

  it('commits the files and checks out the branch', async () => {
    repository.write({ 'own.txt': 'changed' });
    const { published } = await publish(branch());
    const commit = git(out, 'rev-parse', 'HEAD');
    expect(published).toEqual([
      {
        type: 'branch',
        repository: pathToFileUri(repository.folder),
        branch: 'add/shop',
        commit,
      },
    ]);
    expect(git(repository.folder, 'status', '--porcelain', '--branch')).toBe(
      '## add/shop\n M own.txt',
    );
    expect(git(repository.folder, 'show', '--format=%s', '--name-status')).toBe(
      'Initial commit\n\nA\tservices/shop/catalog-info.yaml\nA\tservices/shop/sub/a.txt',
    );
  });

  it('commits the files of a change request only', async () => {
    out = repository.folder;
    const step =
      "{ id: publish, action: publish:github:pull-request, input: { repoUrl: 'github.com?owner=acme&repo=mono', branchName: b, title: Add a shop, description: d, sourcePath: sub, targetPath: docs/new } }";
    const outcome = await publish({ ...branch(), steps: [FETCH, step] });
    expect(outputOf(outcome, 'publish')).toMatchObject({ targetBranchName: 'add/shop' });
    expect(git(out, 'status', '--porcelain', '--branch')).toBe('## add/shop');
    expect(git(out, 'show', '--format=%s', '--name-status')).toBe(
      'Add a shop\n\nA\tdocs/new/a.txt',
    );
  });

  it("changes nothing if changes would be lost or a file can't be written", async () => {
    repository.write({ 'services/shop/sub/a.txt': 'mine' });
    const before = git(repository.folder, 'status', '--porcelain', '--branch');
    expect((await publish(branch())).run.error).toBe(
      'There are uncommitted changes in services/shop/sub/a.txt. Commit or stash them first',
    );
    repository.remove('services');
    writeFileSync(join(repository.folder, '.git/index.lock'), '');
    expect((await publish(branch())).error).toContain("add/shop can't be checked out");
    expect(existsSync(join(repository.folder, 'services'))).toBe(false);
    rmSync(join(repository.folder, '.git/index.lock'));
    expect(git(repository.folder, 'status', '--porcelain', '--branch')).toBe(before.split('\n')[0]);
    expect(git(repository.folder, 'branch', '--format=%(refname:short)')).toBe('main');
  });
});

describe('publication to a remote', () => {
  let remote: TestRepository;
  const place = (): Run => ({ place: { type: 'remote', url: remote.folder } });

  beforeEach(() => {
    remote = new TestRepository(join(home, 'remote.git'), '--bare');
  });

  it('pushes to an empty remote and sets it as upstream', async () => {
    const outcome = await publish(place());
    const commit = git(out, 'rev-parse', 'HEAD');
    expect(outcome.published).toEqual([
      { type: 'repository', folder: pathToFileUri(out), branch: 'main', commit },
      { type: 'push', remote: remote.folder, branch: 'main', commit },
    ]);
    expect(outputOf(outcome, 'publish')).toMatchObject({ remoteUrl: remote.folder });
    expect(git(remote.folder, 'rev-parse', 'main')).toBe(commit);
    expect(git(out, 'status', '--porcelain', '--branch')).toBe('## main...origin/main');
  });

  it('pushes a branch for a change request, with removed files', async () => {
    await publish(place());
    out = join(home, 'change');
    const step =
      "{ id: publish, action: publish:gitlab:merge-request, input: { repoUrl: 'gitlab.com?owner=acme&repo=shop', branchName: add/b, title: Add b, description: d, sourcePath: sub, targetPath: b } }";
    const outcome = await publish({ ...place(), steps: [FETCH, step] });
    expect(outcome.published).toMatchObject([{ type: 'push', branch: 'add/b' }]);
    expect(outputOf(outcome, 'publish')).toMatchObject({ targetBranchName: 'main' });
    expect(git(remote.folder, 'diff', '--name-status', 'main', 'add/b')).toBe('A\tb/a.txt');
    const removing = step
      .replace('merge-request', 'pull-request')
      .replace('gitlab', 'github')
      .replace('gitlab', 'github')
      .replace('add/b', 'add/c')
      .replace('targetPath: b', 'filesToDelete: [catalog-info.yaml]');
    await publish({ ...place(), steps: [FETCH, removing] });
    expect(git(remote.folder, 'diff', '--name-status', '--no-renames', 'main', 'add/c')).toBe(
      'A\ta.txt\nD\tcatalog-info.yaml',
    );
  });

  it('is rejected if the remote is not empty', async () => {
    await publish(place());
    out = join(home, 'second');
    const before = git(remote.folder, 'for-each-ref');
    expect((await publish(place())).run.error).toBe(
      `${remote.folder} is not empty. publish:github needs an empty repository`,
    );
    expect(git(remote.folder, 'for-each-ref')).toBe(before);
    expect(existsSync(out)).toBe(false);
  });

  it("undoes other changes if one can't be undone", async () => {
    const prepared: PreparedCommit = {
      hash: 'a'.repeat(40),
      initialize: () => Promise.resolve(() => Promise.reject(new Error('it is in use'))),
      checkOut: () => Promise.reject(new Error('nothing is checked out')),
      push: () => Promise.reject(new Error('not now')),
      dispose() {},
    };
    const readRemote: GitPublisher['readRemote'] = () =>
      Promise.resolve({ branches: [], head: undefined });
    const git: GitPublisher = { readRemote, prepare: () => Promise.resolve(prepared) };
    expect((await publish({ ...place(), git })).error).toBe('Error: not now');
    expect(existsSync(out)).toBe(false);
  });

  it('changes nothing locally if the remote rejects the push', async () => {
    remote.git('config', 'receive.maxInputSize', '1');
    expect((await publish(place())).error).toMatch(
      /main can't be pushed to .*pack exceeds maximum allowed size/,
    );
    expect(existsSync(out)).toBe(false);
  });
});

describe('publication to a git host', () => {
  /** A host with repositories in a folder. */
  function aForge(asked: unknown[] = []): Forge {
    const remote = new TestRepository(join(home, 'forge.git'), '--bare').folder;
    return {
      authorization: 'Basic c2VzYW1lOnNlc2FtZQ==',
      createRepository: ({ action, repository: { repo } }) => {
        asked.push([action, repo]);
        return Promise.resolve({
          remoteUrl: 'https://forge.example.com/acme/shop.git',
          repoContentsUrl: 'https://forge.example.com/acme/shop/blob/main',
          pushUrl: remote,
          output: { projectId: 7 },
          afterPush: () => {
            asked.push(git(remote, 'log', '--format=%s', 'main'));
            return Promise.resolve();
          },
        });
      },
      openPullRequest: ({ action, files, author }: PullRequestRequest) => {
        asked.push([action, files.map(({ path }) => path), author]);
        const remoteUrl = 'https://forge.example.com/acme/shop/pull/3';
        return Promise.resolve({ remoteUrl, pullRequestNumber: 3, targetBranchName: 'main' });
      },
    };
  }

  it('creates a repository and pushes after the last step', async () => {
    const requests: unknown[] = [];
    const outcome = await publish({ place: { type: 'forge' }, forge: aForge(requests) });
    expect(requests).toEqual([['publish:github', 'shop'], 'Initial commit']);
    expect(outputOf(outcome, 'publish')).toEqual({
      remoteUrl: 'https://forge.example.com/acme/shop.git',
      repoContentsUrl: 'https://forge.example.com/acme/shop/blob/main',
      commitHash: git(out, 'rev-parse', 'HEAD'),
      projectId: 7,
    });
    expect(git(out, 'remote', 'get-url', 'origin')).toBe('https://forge.example.com/acme/shop.git');
    expect(readFileSync(join(out, '.git/config'), 'utf8')).not.toMatch(/c2VzYW1l|sesame/);
  });

  it('reports open pull requests of a failed run', async () => {
    const fails = '{ action: fetch:plain, input: { url: ./nowhere } }';
    const asks =
      "{ id: ask, action: publish:github:pull-request, input: { repoUrl: 'github.com?owner=acme&repo=shop', branchName: b, title: t, description: d } }";
    const place: Run = { place: { type: 'forge' }, forge: aForge() };
    expect((await publish({ ...place, steps: [FETCH, asks, fails] })).openPullRequests).toEqual([
      'https://forge.example.com/acme/shop/pull/3',
    ]);
    expect((await publish({ ...place, steps: [FETCH, asks] })).openPullRequests).toEqual([]);
  });

  it('sends files of a change request by their target paths', async () => {
    const requests: unknown[] = [];
    const step =
      "{ id: publish, action: publish:github:pull-request, input: { repoUrl: 'github.com?owner=acme&repo=shop', branchName: b, title: t, description: d, sourcePath: sub, targetPath: x/y, gitAuthorName: Ada } }";
    const outcome = await publish({
      place: { type: 'forge' },
      forge: aForge(requests),
      steps: [FETCH, step],
    });
    const author = { name: 'Ada', email: 'scaffolder@backstage.io' };
    expect(requests).toEqual([['publish:github:pull-request', ['x/y/a.txt'], author]]);
    expect(outputOf(outcome, 'publish')).toEqual({
      remoteUrl: 'https://forge.example.com/acme/shop/pull/3',
      pullRequestNumber: 3,
      targetBranchName: 'main',
    });
  });

  it('rejects repositories that were not confirmed', async () => {
    const requests: unknown[] = [];
    const announced: PublishTarget[] = [];
    const outcome = await publish({
      place: { type: 'forge' },
      forge: aForge(requests),
      mayPublish: target => announced.push(target) === 0,
    });
    expect([outcome.run.error, announced, requests, outcome.emptyRepositories]).toEqual([
      'publish:github publishes to github.com/acme/shop, which was not confirmed',
      [{ repository: 'github.com/acme/shop' }],
      [],
      [],
    ]);
  });

  it('rejects unconfirmed and invalid branches of change requests', async () => {
    const requests: unknown[] = [];
    const step = (branch: string): string =>
      `{ id: publish, action: publish:github:pull-request, input: { repoUrl: 'github.com?owner=acme&repo=shop', branchName: '${branch}', update: true, title: t, description: d } }`;
    const place: Run = { place: { type: 'forge' }, forge: aForge(requests) };
    const other = await publish({
      ...place,
      steps: [FETCH, step('main')],
      mayPublish: ({ branch }) => branch !== 'main',
    });
    const none = await publish({ ...place, steps: [FETCH, step('../../../user')] });
    expect([other.run.error, none.run.error, requests]).toEqual([
      'publish:github:pull-request publishes to the branch main of github.com/acme/shop, which was not confirmed',
      '"../../../user" is not a valid branch name',
      [],
    ]);
  });

  it('reports repositories that were created but are empty', async () => {
    const fails = '{ action: fetch:plain, input: { url: ./nowhere } }';
    const documents = ['https://forge.example.com/acme/shop.git'];
    const place: Run = { place: { type: 'forge' }, forge: aForge() };
    expect((await publish({ ...place, steps: [PUBLISH, fails] })).emptyRepositories).toEqual(
      documents,
    );
    mkdirSync(join(out, '.git'), { recursive: true });
    expect((await publish(place)).emptyRepositories).toEqual(documents);
    rmSync(out, { recursive: true });
    expect((await publish(place)).emptyRepositories).toEqual([]);
  });

  it('keeps local repositories if one of two pushes fails', async () => {
    const step = (id: string, path: string): string =>
      `{ id: ${id}, action: publish:github, input: { repoUrl: 'github.com?owner=acme&repo=shop', sourcePath: ${path} } }`;
    const write = '{ action: fetch:plain, input: { url: ./skeleton, targetPath: other } }';
    const steps = [FETCH, write, step('one', 'sub'), step('two', 'other')];
    const { error, published } = await publish({
      place: { type: 'forge' },
      forge: aForge(),
      steps,
    });
    expect(error).toMatch(
      /^Error: main can't be pushed to .*\. Already pushed: main of .*forge\.git$/s,
    );
    expect(published?.map(({ type }) => type)).toEqual(['repository', 'repository', 'push']);
    expect(git(join(out, 'sub'), 'status', '--porcelain')).toBe('');
  });

  it('is rejected without access', async () => {
    expect((await publish({ place: { type: 'forge' } })).run.error).toBe(
      'publish:github has no access to github.com. Publish to a folder, a branch or a remote instead',
    );
  });
});

describe('publication to a Location', () => {
  const TEXT = 'kind: Location\nmetadata: { name: all }\nspec:\n  targets: [] # none\n';

  it.each([
    ['of the folder', [FETCH, PUBLISH, REGISTER], './shop/catalog-info.yaml'],
    [
      'of a folder that was published',
      [
        '{ action: fetch:plain, input: { url: ./skeleton, targetPath: new } }',
        PUBLISH.replace(' } }', ', sourcePath: new } }'),
        REGISTER,
      ],
      './shop/new/catalog-info.yaml',
    ],
  ])('adds the file %s', async (_, steps, target) => {
    const file = join(home, 'all.yaml');
    writeFileSync(file, TEXT);
    const location = { file: pathToFileUri(file), name: 'all', boundary: pathToFileUri(home) };
    const publication = await openPublication({
      place: { type: 'folder' },
      location,
      folder: pathToFileUri(out),
      git: new SimpleGitPublisher(),
      fileSystem: new NodeFileSystem(),
      hosts: defaultRepoHosts,
      forges: { open: () => Promise.resolve(undefined) },
    });
    const { status, steps: ran } = await runTemplate({
      template: `steps: [${steps.join(', ')}]`,
      files: { 'skeleton/catalog-info.yaml': ENTITY },
      actions: publication.actions,
      isDryRun: false,
    });
    expect(status).toBe('completed');
    expect(ran.at(-1)?.output).toMatchObject({ entityRef: 'component:default/shop' });
    expect(publication.location).toEqual({
      file: location.file,
      location: 'all',
      before: TEXT,
      after: TEXT.replace('[]', `[${target}]`),
      targets: [pathToFileUri(join(home, target))],
    });
    publication.dispose();
    await vi.waitFor(() => expect(readdirSync(join(home, 'tmp'))).toEqual([]));
  });
});
