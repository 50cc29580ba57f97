import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeFiles } from '../../../../support/folders';
import { git as runGit, TestRepository } from '../../../../support/gitRepository';
import { callboard } from '../../../cli/capture';

let cwd: string;

const HEAD = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: service }
spec:
  owner: team-a
  type: service
  steps:
    - { id: fetch, action: 'fetch:template', input: { url: ./skeleton } }
`;

const SERVICE = `${HEAD}    - id: publish
      action: publish:github
      input: { repoUrl: 'github.com?owner=acme&repo=shop' }
    - id: register
      action: catalog:register
      input: { repoContentsUrl: '\${{ steps.publish.output.repoContentsUrl }}' }
  output:
    commit: '\${{ steps.publish.output.commitHash }}'
`;

const CHANGE = `${HEAD}    - id: publish
      action: publish:gitlab:merge-request
      input: { repoUrl: 'gitlab.com?owner=acme&repo=shop', branchName: add, title: Add, description: d }
`;

const put = (path: string, text: string): void => writeFiles(cwd, { [path]: text });

const run = (
  args: readonly string[],
  env: Record<string, string> = {},
): ReturnType<typeof callboard> => callboard(['template', 'run', ...args], { cwd, env });

const git = (folder: string, ...args: readonly string[]): string =>
  runGit(join(cwd, folder), ...args);

beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-')));
  vi.stubEnv('HOME', cwd);
  vi.stubEnv('XDG_CONFIG_HOME', cwd);
  put('service/template.yaml', SERVICE);
  put('service/skeleton/catalog-info.yaml', 'kind: Component\nmetadata: { name: shop }\n');
  put('change/template.yaml', CHANGE);
  put('change/skeleton/new.txt', 'new');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cwd, { recursive: true, force: true });
});

describe('callboard template run --publish', () => {
  it('creates a repository with a commit in the folder', async () => {
    const { code, stdout, stderr } = await run(['service', '--out', 'shop', '--publish']);
    const commit = git('shop', 'rev-parse', 'HEAD').slice(0, 8);
    expect(stdout).toBe(
      `1 file written into shop\n${join(cwd, 'shop')} is a git repository now, with commit ${commit} on main\n`,
    );
    expect(stderr).toContain(
      'The workspace catalog finds catalog-info.yaml automatically. Nothing was registered',
    );
    expect(stderr).not.toContain('dry-run');
    expect(code).toBe(0);
    expect(git('shop', 'status', '--porcelain', '--branch')).toBe('## main');
  });

  it('pushes to a remote and adds a target to a Location', async () => {
    const remote = new TestRepository(join(cwd, 'remote.git'), '--bare');
    put('all.yaml', 'kind: Location\nmetadata: { name: all }\nspec:\n  targets: [] # none yet\n');
    const { code, stdout } = await run([
      'service',
      '--out',
      'shop',
      '--publish',
      '--remote',
      './remote.git',
      '--location',
      'all.yaml',
      '--format',
      'json',
    ]);
    expect(code).toBe(0);
    const commit = remote.git('rev-parse', 'main');
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'completed',
      output: { commit },
      files: ['catalog-info.yaml'],
      published: [
        {
          type: 'location',
          file: join(cwd, 'all.yaml'),
          location: 'all',
          target: join(cwd, 'shop/catalog-info.yaml'),
        },
        { type: 'repository', folder: join(cwd, 'shop'), branch: 'main', commit },
        { type: 'push', remote: remote.folder, branch: 'main', commit },
      ],
    });
    expect(readFileSync(join(cwd, 'all.yaml'), 'utf8')).toBe(
      'kind: Location\nmetadata: { name: all }\nspec:\n  targets: [./shop/catalog-info.yaml] # none yet\n',
    );
  });

  it('commits to a new branch of the surrounding repository', async () => {
    new TestRepository(join(cwd, 'mono')).commit({ 'README.md': '' });
    const { code, stdout } = await run([
      'service',
      '--out',
      'mono/shop',
      '--publish',
      '--branch',
      'add/shop',
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain(`add/shop is checked out in ${join(cwd, 'mono')}, with commit `);
    expect(git('mono', 'status', '--porcelain', '--branch')).toBe('## add/shop');
  });

  it('reports what prevents publishing and changes nothing', async () => {
    const remote = new TestRepository(join(cwd, 'remote.git'), '--bare');
    remote.git('config', 'receive.maxInputSize', '1');
    put('all.yaml', 'kind: Location\nmetadata: { name: all }\n');
    const { code, stdout } = await run([
      'service',
      '--out',
      'shop',
      '--publish',
      '--remote',
      'remote.git/../remote.git',
    ]);
    expect([code, stdout]).toEqual([2, '']);
    const refused = await run([
      'service',
      '--out',
      'shop',
      '--publish',
      '--remote',
      remote.folder,
      '--location',
      'all.yaml',
    ]);
    expect(refused.code).toBe(1);
    expect(refused.stdout).toMatch(
      /^The template failed: main can't be pushed to .*pack exceeds maximum allowed size/,
    );
    expect(existsSync(join(cwd, 'shop'))).toBe(false);
    expect(readFileSync(join(cwd, 'all.yaml'), 'utf8')).not.toContain('targets');
  });

  it('uses the token of the host without printing it', async () => {
    // No server listens there; the request must not show the token either.
    const env = { GITLAB_TOKEN: 'sesame-sesame', GITLAB_HOST: 'localhost:9' };
    put('change/template.yaml', CHANGE.replace('gitlab.com', 'localhost:9'));
    const { code, stdout, stderr } = await run(['change', '--out', 'shop', '--publish'], env);
    expect(code).toBe(1);
    expect(stdout).toContain('localhost:9');
    expect(stdout + stderr).not.toContain('sesame');
    expect(existsSync(join(cwd, 'shop'))).toBe(false);
  });

  it.each([
    [['service', '--publish', '--dry-run'], '--publish needs --out DIR'],
    [['service', '--out', 'x', '--remote', '/y'], '--remote needs --publish'],
    [
      ['service', '--out', 'x', '--publish', '--remote', '/y', '--branch', 'b'],
      'Use either --remote or --branch',
    ],
    [
      ['service', '--out', 'x', '--publish', '--remote', 'ext::sh -c x'],
      '--remote ext::sh -c x: A remote must be an https or ssh URL',
    ],
    [
      ['service', '--out', 'x', '--publish', '--remote', 'https://a:b@c/d'],
      'The URL must not contain a password',
    ],
    [['service', '--out', 'x', '--publish', '--branch', 'a b'], 'a b is not a valid branch name'],
    [['service', '--out', 'x', '--publish', '--branch', 'b'], 'x is not in a git repository'],
    [
      ['service', '--out', 'x', '--publish', '--location', 'service/template.yaml'],
      'service/template.yaml has no Location',
    ],
    [['service', '--out', 'x', '--publish', '--location', 'none'], "Can't read none"],
    [
      ['change', '--out', 'x', '--publish'],
      'publish:gitlab:merge-request changes an existing repository. Use --remote URL, use --branch NAME with --out in that repository, or set GITHUB_TOKEN or GITLAB_TOKEN',
    ],
  ])('rejects %j', async (args, message) => {
    const { code, stderr } = await run(args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(existsSync(join(cwd, 'x'))).toBe(false);
  });
});
