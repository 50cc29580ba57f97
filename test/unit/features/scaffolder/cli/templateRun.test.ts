import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { listFiles, writeFiles } from '../../../../support/folders';
import { useTemporaryFolder } from '../../../../support/temporaryFolder';
import { callboard } from '../../../cli/capture';

let cwd: string;

const HEAD = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: service }
spec:
  owner: team-a
  type: service
`;

const TEMPLATE = `${HEAD}  parameters:
    - required: [name]
      properties:
        name: { type: string, pattern: '^[a-z-]+$' }
  steps:
    - id: fetch
      name: Fetch
      action: fetch:template
      input: { url: ./skeleton, values: { name: '\${{ parameters.name }}' } }
    - id: read
      action: fs:readdir
      input: { paths: [.] }
    - id: publish
      action: publish:github
      input: { repoUrl: 'github.com?owner=acme&repo=\${{ parameters.name }}' }
  output:
    links: [{ title: Repository, url: '\${{ steps.publish.output.remoteUrl }}' }]
`;

const put = (path: string, text: string): void => writeFiles(cwd, { [path]: text });

const listed = (folder: string): readonly string[] => listFiles(join(cwd, folder));

const run = (...args: string[]): ReturnType<typeof callboard> =>
  callboard(['template', 'run', ...args], { cwd });

async function runJson(...args: string[]): Promise<{ code: number; json: Result; stderr: string }> {
  const { code, stdout, stderr } = await run(...args, '--format', 'json');
  return { code, json: JSON.parse(stdout) as Result, stderr };
}

interface Result {
  readonly status: string;
  readonly steps: readonly {
    readonly id: string;
    readonly status: string;
    readonly log: readonly string[];
    readonly output: Record<string, unknown>;
  }[];
  readonly output: Record<string, unknown>;
  readonly files: readonly string[];
  readonly error?: string;
  readonly errors?: readonly { readonly message: string }[];
  readonly directoryContents?: readonly Record<string, unknown>[];
}

useTemporaryFolder(path => (cwd = path));
beforeEach(() => {
  put('service/template.yaml', TEMPLATE);
  put('service/skeleton/${{ values.name }}.txt', 'Hello ${{ values.name }}');
  put('service/skeleton/run.sh', '#!/bin/sh\n');
  chmodSync(join(cwd, 'service/skeleton/run.sh'), 0o755);
  put('values.yaml', 'name: shop\n');
});

describe('callboard template run', () => {
  it('writes the generated files into a new folder', async () => {
    const { code, stdout, stderr } = await run(
      'service',
      '--values',
      'values.yaml',
      '--out',
      'a/b',
    );
    expect(stderr).toContain('Beginning step Fetch');
    // Without a published repository there is no link to it.
    expect(stdout).toBe('2 files written into a/b\n');
    expect(code).toBe(0);
    expect(listed('a/b')).toEqual(['run.sh', 'shop.txt']);
    expect(readFileSync(join(cwd, 'a/b/shop.txt'), 'utf8')).toBe('Hello shop');
    expect(statSync(join(cwd, 'a/b/run.sh')).mode & 0o111).not.toBe(0);
    expect(statSync(join(cwd, 'a/b/shop.txt')).mode & 0o111).toBe(0);
  });

  it('accepts an empty folder as new', async () => {
    mkdirSync(join(cwd, 'empty'));
    expect((await run('service', '--values', 'values.yaml', '--out', 'empty')).code).toBe(0);
    expect(listed('empty')).toHaveLength(2);
  });

  it('prints the result of each step as JSON', async () => {
    const { code, json, stderr } = await runJson(
      'service',
      '--values',
      'values.yaml',
      '--out',
      'out',
    );
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(Object.keys(json)).toEqual(['status', 'steps', 'output', 'files']);
    expect(json).toMatchObject({
      status: 'completed',
      output: { links: [{ title: 'Repository', url: '<example>' }] },
      files: ['run.sh', 'shop.txt'],
    });
    expect(
      json.steps.map(({ log, output, ...step }) => [step, log.length > 0, Object.keys(output)]),
    ).toEqual([
      [{ id: 'fetch', name: 'Fetch', action: 'fetch:template', status: 'completed' }, true, []],
      [
        { id: 'read', name: 'fs:readdir', action: 'fs:readdir', status: 'completed' },
        true,
        ['files', 'folders'],
      ],
      [
        { id: 'publish', name: 'publish:github', action: 'publish:github', status: 'skipped' },
        true,
        ['remoteUrl', 'repoContentsUrl', 'commitHash'],
      ],
    ]);
  });

  it('prints the files and writes nothing in a dry run', async () => {
    const { json } = await runJson('service/template.yaml', '--values', 'values.yaml', '--dry-run');
    expect(json.files).toEqual(['run.sh', 'shop.txt']);
    expect(json.directoryContents).toEqual([
      {
        path: 'run.sh',
        executable: true,
        base64Content: Buffer.from('#!/bin/sh\n').toString('base64'),
      },
      {
        path: 'shop.txt',
        executable: false,
        base64Content: Buffer.from('Hello shop').toString('base64'),
      },
    ]);
    expect(readdirSync(cwd).sort()).toEqual(['service', 'values.yaml']);
    const { stdout } = await run('service', '--values', 'values.yaml', '--dry-run');
    expect(stdout).toContain('The template would write 2 files:\nrun.sh\nshop.txt\n');
  });

  it('leaves the folder unchanged after a failure and exits with 1', async () => {
    put(
      'service/template.yaml',
      `${TEMPLATE.replace(/ {2}output:[^]*/, '')}    - { id: bad, action: fs:readdir, input: { paths: [nowhere] } }\n`,
    );
    mkdirSync(join(cwd, 'out'));
    const { code, json } = await runJson('service', '--values', 'values.yaml', '--out', 'out');
    expect(code).toBe(1);
    expect(json).toMatchObject({ status: 'failed', output: {}, files: [] });
    expect(json.error).toMatch(/^ENOENT: no such file or directory, scandir '.*nowhere'$/);
    expect(readdirSync(join(cwd, 'out'))).toEqual([]);
    const { code: again, stdout } = await run('service', '--values', 'values.yaml', '--out', 'new');
    expect(again).toBe(1);
    expect(stdout).toContain('The template failed: ENOENT');
    expect(existsSync(join(cwd, 'new'))).toBe(false);
  });

  it("removes the new folder if a file can't be written", async () => {
    const tooDeep = Array.from({ length: 19 }, () => 'd'.repeat(200)).join('/');
    const out = `deep/${'o'.repeat(250)}`;
    put(
      'service/template.yaml',
      `${HEAD}  steps:
    - { action: fetch:plain, input: { url: ./skeleton } }
    - { action: fetch:plain, input: { url: ./skeleton, targetPath: ${tooDeep} } }
`,
    );
    const { code, json } = await runJson('service', '--out', out);
    expect([code, json.status, json.files]).toEqual([1, 'failed', []]);
    expect(json.error).toContain(`Can't write to ${out}: the name is too long`);
    expect(readdirSync(cwd).sort()).toEqual(['service', 'values.yaml']);
  });

  it('reports cancellation as JSON', async () => {
    const args = ['template', 'run', 'service', '--dry-run', '--format', 'json'];
    const { code, stdout } = await callboard(args, { cwd, signal: AbortSignal.abort() });
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'cancelled', files: [] });
  });

  it('reports invalid values and runs nothing', async () => {
    put('values.json', '{ "name": "No Good" }');
    const { code, json } = await runJson('service', '--values', 'values.json', '--out', 'out');
    expect(code).toBe(1);
    expect(json).toMatchObject({
      status: 'failed',
      steps: [],
      error: 'instance.name does not match pattern "^[a-z-]+$"',
      errors: [{ path: ['name'], message: 'does not match pattern "^[a-z-]+$"' }],
    });
    expect((await runJson('service', '--out', 'out')).json.error).toBe(
      'instance requires property "name"',
    );
    expect(existsSync(join(cwd, 'out'))).toBe(false);
  });

  it('never prints secrets', async () => {
    put('secrets.yaml', 'token: tr0ub4dor&3\n');
    put(
      'service/template.yaml',
      `${HEAD}  steps:
    - { id: log, action: debug:log, input: { message: 'a \${{ secrets.token }} b' } }
    - { id: write, action: catalog:write, input: { entity: { metadata: { name: '\${{ secrets.token }}' } } } }
    - { id: list, action: debug:log, input: { listWorkspace: with-contents } }
    - { id: bad, action: fs:readdir, input: { paths: ['\${{ secrets.token }}'] } }
  output: { token: '\${{ secrets.token }}' }
`,
    );
    for (const format of ['json', 'pretty']) {
      const { stdout, stderr } = await run(
        'service',
        '--secrets',
        'secrets.yaml',
        '--out',
        'out',
        '--format',
        format,
      );
      expect(`${stdout}${stderr}`).not.toContain('tr0ub4dor');
      expect(`${stdout}${stderr}`).toContain('a *** b');
    }
  });

  it('uses the integrations and the environment of an app-config', async () => {
    put(
      'app-config.yaml',
      `integrations: { github: [{ host: ghe.acme.org, token: '\${NOBODY_KNOWS}' }] }
scaffolder: { defaultEnvironment: { parameters: { region: north }, secrets: { key: geheim } } }
`,
    );
    put(
      'service/template.yaml',
      `${HEAD}  steps:
    - { action: debug:log, input: { message: 'in \${{ environment.parameters.region }}, \${{ environment.secrets.key }}' } }
  output: { host: "\${{ 'ghe.acme.org?owner=a&repo=b' | parseRepoUrl | pick('host') }}" }
`,
    );
    const { json } = await runJson('service', '--dry-run', '--config', 'app-config.yaml');
    expect(json.output).toEqual({ host: 'ghe.acme.org' });
    expect(json.steps[0]?.log).toContain('in north, ');
    const without = await runJson('service', '--dry-run');
    expect(without.json.output).toEqual({
      host: "${{ 'ghe.acme.org?owner=a&repo=b' | parseRepoUrl | pick('host') }}",
    });
  });

  it('finds entities in a catalog', async () => {
    put(
      'catalog/catalog-info.yaml',
      'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: web }\nspec: { type: service, lifecycle: production, owner: a }\n',
    );
    put(
      'service/template.yaml',
      `${HEAD}  steps: [{ id: c, action: catalog:fetch, input: { entityRef: 'component:web' } }]\n  output: { name: '\${{ steps.c.output.entity.metadata.name }}' }\n`,
    );
    const { json } = await runJson('service', '--dry-run', '--catalog', 'catalog');
    expect(json.output).toEqual({ name: 'web' });
    expect((await runJson('service', '--dry-run')).json.error).toBe(
      'Entity component:web not found',
    );
  });
});

describe('callboard template run rejects', () => {
  it.each([
    ['no template', [], 'template run needs a template'],
    ['two templates', ['service', 'service', '--dry-run'], 'Unexpected argument "service"'],
    ['no place to write to', ['service'], 'template run needs --out DIR'],
    [
      'a place in a dry run',
      ['service', '--dry-run', '--out', 'x'],
      'Use either --out or --dry-run',
    ],
    ['a file that is not there', ['nowhere.yaml', '--dry-run'], "File nowhere.yaml doesn't exist"],
    ['a folder without a template', ['.', '--dry-run'], 'There is no template of'],
    ['a file without a template', ['values.yaml', '--dry-run'], 'There is no template of'],
    [
      'values that are not there',
      ['service', '--dry-run', '--values', 'no.yaml'],
      "Can't read the values",
    ],
    ['a folder that is in use', ['service', '--out', 'service'], 'service is not empty'],
    ['a file as a folder', ['service', '--out', 'values.yaml'], "Can't write to values.yaml"],
    ['a config that is not there', ['service', '--dry-run', '--config', 'x.yaml'], 'x.yaml: '],
    [
      'a catalog that is not there',
      ['service', '--dry-run', '--catalog', 'x'],
      "Folder x doesn't exist",
    ],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
  });

  it.each([
    ['a list of values', 'values', '[1]', 'must be a map of names to values'],
    ['broken values', 'values', 'a: [', "Can't read the values"],
    ['values with too many aliases', 'values', bomb(), "Can't read the values"],
    ['values nested too deep', 'values', nested(), "Can't read the values"],
    ['a secret that is not text', 'secrets', 'a: 5', 'The secret a in x.yaml must be text'],
  ])('%s', async (_, what, text, message) => {
    put('x.yaml', text);
    const { code, stderr } = await run('service', '--dry-run', `--${what}`, 'x.yaml');
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it.each([
    ['broken YAML', `${HEAD}  steps: [`],
    ['a template that a catalog would reject', HEAD],
    ['a template with too many aliases', `${bomb()}${HEAD}  steps: []\n`],
    ['a template nested too deep', `${HEAD}  steps: ${'['.repeat(5000)}`],
    ['two templates in a file', `${HEAD}  steps: []\n---\n${HEAD}  steps: []\n`],
  ])('%s', async (_, text) => {
    put('bad/template.yaml', text);
    const { code, stdout } = await run('bad', '--dry-run');
    expect([code, stdout]).toEqual([2, '']);
  });
});

describe('untrusted template', () => {
  const steps = (text: string): void => put('service/template.yaml', `${HEAD}  steps:\n${text}`);

  it.each([
    ['a file above its folder', '{ action: fetch:plain, input: { url: ../.. } }'],
    ['the target of a link', '{ action: fetch:plain, input: { url: ./link } }'],
    [
      'the target of a link in a folder',
      '{ action: fetch:plain:file, input: { url: ./link/secret.txt, targetPath: x } }',
    ],
    ['a file by its address', "{ action: fetch:plain, input: { url: 'file:///etc' } }"],
  ])("can't read %s", async (_, step) => {
    put('elsewhere/secret.txt', 'top secret');
    symlinkSync(join(cwd, 'elsewhere'), join(cwd, 'service/link'));
    steps(`    - ${step}\n    - { action: debug:log, input: { listWorkspace: with-contents } }\n`);
    const { code, json } = await runJson('service', '--dry-run');
    expect(code).toBe(1);
    expect(JSON.stringify(json)).not.toContain('top secret');
  });

  it.each([
    '{ action: catalog:write, input: { filePath: ../x, entity: { metadata: {} } } }',
    '{ action: fs:rename, input: { files: [{ from: run.sh, to: ../x }] } }',
    '{ action: fs:rename, input: { files: [{ from: ../../values.yaml, to: x }] } }',
    '{ action: fs:delete, input: { files: [../../values.yaml] } }',
    '{ action: fetch:plain, input: { url: ./skeleton, targetPath: /x } }',
    "{ action: fetch:template, input: { url: ./evil, values: { name: '../../x' } } }",
    '{ action: catalog:write, input: { filePath: a/.GIT/config, entity: { metadata: {} } } }',
    "{ action: fs:rename, input: { files: [{ from: run.sh, to: 'a/.git./hooks/post-checkout' }] } }",
  ])("can't write outside of its folder or into a repository: %s", async step => {
    put('service/evil/${{ values.name }}', 'evil');
    steps(`    - { action: fetch:plain, input: { url: ./skeleton } }\n    - ${step}\n`);
    const { code, json } = await runJson('service', '--out', 'deep/out');
    expect([code, json.status]).toEqual([1, 'failed']);
    expect(json.error).toMatch(/outside its parent|git repository/);
    expect(readdirSync(cwd).sort()).toEqual(['service', 'values.yaml']);
    expect(readFileSync(join(cwd, 'values.yaml'), 'utf8')).toBe('name: shop\n');
  });

  it('prints no control characters', async () => {
    steps(
      '    - { name: "\\e[31m\\x9b2J\\u202e", action: debug:log, input: { message: "\\e]0;t\\a\\r" } }\n',
    );
    const { stdout, stderr } = await run('service', '--dry-run');
    const control = new RegExp(String.raw`[\0-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]`);
    expect(`${stdout}${stderr}`).not.toMatch(control);
  });
});

function bomb(): string {
  const line = (level: number): string =>
    `a${level + 1}: &a${level + 1} [${`*a${level}, `.repeat(10)}]\n`;
  return `a0: &a0 [x]\n${Array.from({ length: 9 }, (_, level) => line(level)).join('')}`;
}

/** Valid JSON that is nested too deep for other readers. */
function nested(): string {
  return `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
}
