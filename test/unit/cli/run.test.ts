import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPaint } from '../../../src/cli/output/style';
import { runCommandLine } from '../../../src/cli/run';
import { NodeClock, NodeFileSystem } from '../../../src/platform/node';
import { aDescriptor } from '../../support/descriptors';
import { writeFiles } from '../../support/folders';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { callboard } from './capture';

let cwd: string;

useTemporaryFolder(path => (cwd = path));

const write = (files: Readonly<Record<string, string>>): void => writeFiles(cwd, files);

const run = (line: string, env?: Record<string, string>): ReturnType<typeof callboard> =>
  callboard(line.split(' '), { cwd, env });

function aComponent(name: string, { owner = 'team-a', type = 'service' } = {}): string {
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
spec:
  type: ${type}
  lifecycle: production
  owner: ${owner}
`;
}

const teamA = `apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: team-a
spec:
  type: team
  children: []
`;

const withoutLifecycle = aComponent('broken').replace('  lifecycle: production\n', '');

/** The codes of the problems that `validate --format json` prints, by file. */
async function codesOf(line: string): Promise<unknown> {
  const { stdout } = await run(`validate --format json ${line}`);
  const { problems } = JSON.parse(stdout) as { problems: { file: string; code: string }[] };
  return problems.map(({ file, code }) => `${file} ${code}`);
}

describe('callboard', () => {
  it('prints its help and version', async () => {
    expect((await run('--version')).stdout).toBe('1.2.3\n');
    const help = await run('--help');
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toMatch(/\n {2}entities .*\n(?: .*\n)* {2}validate /);
    expect(help.stdout).toMatch(/\n {2}-v, --version /);
    expect(await run('help')).toEqual(help);
    const validate = await run('validate --help');
    expect(validate.stdout).toMatch(/\nUsage: callboard validate \[PATH…\] \[OPTIONS\]\n/);
    expect(validate.stdout).toMatch(/\nSource options:\n(?:(?: .*)?\n)*Global options:\n/);
    expect(await run('help validate')).toEqual(validate);
    expect((await run('help help')).stdout).toContain('\nUsage: callboard help [COMMAND] ');
    const template = (await run('template --help')).stdout;
    expect(template).toMatch(/\nUsage: callboard template COMMAND \[OPTIONS\]\n/);
    expect(template).toMatch(/\n {2}template run /);
    expect((await run('help template run')).stdout).toContain('--publish');
  });

  it.each([
    ['entitis', 'Unknown command "entitis". Did you mean entities?'],
    ['validate --max-warnings many', '--max-warnings must be a number from 0, not "many"'],
    ['validate none.yaml', "doesn't exist"],
    ['entities none', "Folder none doesn't exist"],
    ['entities --filter =x', "Invalid filter, '=x' is not a valid statement"],
  ])('exits with 2 on invalid usage: %s', async (line, message) => {
    const { code, stdout, stderr } = await run(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/\nRun "callboard(?: \w+)? --help" for usage\.\n$/);
  });

  it('exits with 2 without a command', async () => {
    const { code, stdout, stderr } = await callboard([], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/\nUsage: callboard COMMAND \[OPTIONS\]\n(?:.*\n)* {2}validate /);
  });

  it('prints nothing and exits with 130 when it is interrupted', async () => {
    write({ 'a.yaml': aComponent('a') });
    let printed = '';
    const code = await runCommandLine(['entities'], {
      terminal: {
        write: text => (printed += text),
        writeError: line => (printed += line),
        showProgress() {},
        paint: createPaint(false),
        width: undefined,
      },
      fileSystem: new NodeFileSystem(),
      inspect: () => Promise.resolve([]),
      collators: () => Promise.resolve([]),
      clock: new NodeClock(),
      cwd,
      env: {},
      signal: AbortSignal.abort(),
      version: '1.2.3',
      problemsPage: 'file:///none',
      siteTheme: 'file:///none',
      templates: 'file:///none',
    });
    expect({ code, printed }).toEqual({ code: 130, printed: '' });
  });
});

describe('callboard entities', () => {
  it('prints entities, relations and places as JSON', async () => {
    write({ 'sub/a.yaml': `---\n---\n${aComponent('a')}`, 'org.yaml': teamA });
    const { code, stdout } = await run('entities --format json --filter kind=component');
    expect(code).toBe(0);
    const { entities, problems } = JSON.parse(stdout) as { entities: object[]; problems: object[] };
    expect(problems).toEqual([]);
    expect(entities).toMatchObject([
      {
        entity: {
          metadata: { name: 'a' },
          relations: [{ type: 'ownedBy', targetRef: 'group:default/team-a' }],
        },
        location: { file: 'sub/a.yaml', document: 1, range: { start: { line: 2, character: 0 } } },
      },
    ]);
  });

  it('lists entities that match any filter, despite problems', async () => {
    write({
      'a.yaml': aComponent('a'),
      'b.yaml': aComponent('b', { type: 'website' }),
      'broken.yaml': withoutLifecycle,
      'org.yaml': teamA,
    });
    const { code, stdout, stderr } = await run(
      'entities --filter kind=Component,spec.type=SERVICE --filter kind=group',
    );
    expect(code).toBe(0);
    expect(stdout.split('\n').map(line => line.trim().split(/ {2,}/)[0])).toEqual([
      'Component (1)',
      'NAME',
      'a',
      '',
      'Group (1)',
      'NAME',
      'team-a',
      '',
      '2 entities',
      '',
    ]);
    expect(stderr).toBe(
      '1 error, 0 warnings (API definitions not checked): run callboard validate to see them\n',
    );
  });
});

describe('callboard entities', () => {
  const broken = aDescriptor('api:a', {
    type: 'openapi',
    owner: 'team-a',
    definition: 'openapi: 3.1.0',
  });

  it('leaves checks of API definitions to `validate`', async () => {
    write({ 'a.yaml': broken, 'org.yaml': teamA });
    const json = await run('entities --format json');
    expect(JSON.parse(json.stdout)).toMatchObject({ entities: [{}, {}], problems: [] });
    const table = await run('entities');
    expect(table.stdout).toContain('API (1)');
    expect(table.stderr).toBe('');
    const validated = await run('validate --format json');
    expect(validated.stdout).toContain('"definition-invalid"');
  });
});

describe('callboard validate', () => {
  it('exits with 0 without problems and 1 on errors', async () => {
    write({ 'a.yaml': aComponent('a'), 'org.yaml': teamA });
    expect(await run('validate')).toEqual({
      code: 0,
      stdout: 'No problems in 2 files (2 entities)\n',
      stderr: '',
    });
    write({ 'b.yaml': withoutLifecycle });
    const { code, stdout } = await run('validate');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^b.yaml\n {2}5:1 {2}error {2}.*lifecycle.* {2}invalid-spec\n/);
  });

  it('exits with 1 above the allowed number of warnings', async () => {
    write({ 'a.yaml': aComponent('a', { owner: 'nobody' }) });
    expect(await run('validate')).toMatchObject({ code: 0 });
    expect(await run('validate --max-warnings 1')).toMatchObject({ code: 0 });
    expect(await run('validate --max-warnings 0')).toMatchObject({
      code: 1,
      stderr: 'More than 0 warnings (--max-warnings)\n',
    });
  });

  it('counts documents with empty ones, and prints paths from the folder', async () => {
    write({ 'sub/dir/a.yaml': `---\n---\n${aComponent('a', { owner: 'nobody' })}` });
    const { stdout } = await run('validate sub --format json');
    expect(JSON.parse(stdout)).toMatchObject({
      problems: [{ file: 'dir/a.yaml', document: 1, code: 'dangling-reference' }],
      files: 1,
      documents: 2,
      entities: 1,
    });
  });

  it('validates several folders as one catalog', async () => {
    write({ 'one/a.yaml': aComponent('a'), 'two/org.yaml': teamA });
    expect(await codesOf('one')).toEqual(['a.yaml dangling-reference']);
    expect(await codesOf('one two')).toEqual([]);
  });

  it('validates a file within its repository and reports only its problems', async () => {
    write({
      'repo/.git/HEAD': 'ref: refs/heads/main\n',
      'repo/org/org.yaml': teamA,
      'repo/sub/a.yaml': aComponent('a'),
      'repo/sub/b.yaml': aComponent('b', { owner: 'nobody' }),
      'repo/other.yaml': withoutLifecycle,
    });
    const { code, stdout } = await run('validate repo/sub/a.yaml repo/sub/b.yaml --format json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      problems: [{ file: 'repo/sub/b.yaml', code: 'dangling-reference' }],
      files: 2,
      documents: 2,
      entities: 2,
    });
  });

  it('resolves references of a file in the current folder without a repository', async () => {
    write({ 'org.yaml': teamA, 'sub/a.yaml': aComponent('a') });
    expect(await codesOf('sub/a.yaml')).toEqual([]);
  });

  it('notes that a named file was not validated', async () => {
    write({ 'a.yaml': 'some: thing\n', 'b.yaml': aComponent('b'), '.gitignore': 'b.yaml\n' });
    expect(await run('validate a.yaml b.yaml')).toEqual({
      code: 0,
      stdout: 'No descriptors found.\n',
      stderr:
        'note: a.yaml contains no descriptor or is excluded; it was not validated\n' +
        'note: b.yaml contains no descriptor or is excluded; it was not validated\n',
    });
  });

  it.skipIf(process.platform === 'win32')('validates the target of a link', async () => {
    write({ 'sub/b.yaml': withoutLifecycle });
    symlinkSync('sub/b.yaml', join(cwd, 'link.yaml'));
    expect(await codesOf('link.yaml')).toContain('sub/b.yaml invalid-spec');
  });

  it('prints workflow commands with paths from the root of the checkout', async () => {
    write({ 'sub/b.yaml': withoutLifecycle, 'org.yaml': teamA });
    const { code, stdout } = await callboard(['validate', '..', '--format', 'github'], {
      cwd: join(cwd, 'sub'),
      env: { GITHUB_WORKSPACE: cwd },
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^::error file=sub\/b\.yaml,line=5,.*title=invalid-spec::.*\n1 error, 0 warnings in 2 files \(1 entity\)\n$/,
    );
  });

  it('applies settings of the folder and comments in files', async () => {
    write({
      'a.yaml': aComponent('a', { owner: 'nobody # callboard-disable-line dangling-reference' }),
      'b.yaml': aComponent('b', { owner: 'nobody' }),
      'old/c.yaml': withoutLifecycle,
      '.vscode/settings.json': `{
        // As the editor reads it.
        "callboard.catalog.exclude": ["old"],
        "callboard.problems.severity": { "dangling-reference": "error", },
      }`,
    });
    const { code, stdout } = await run('validate --format json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      problems: [{ file: 'b.yaml', code: 'dangling-reference', severity: 'error' }],
    });
  });

  it('warns of invalid settings and continues', async () => {
    write({
      'a.yaml': aComponent('a'),
      'org.yaml': teamA,
      '.vscode/settings.json': '{ "callboard.catalog.include": 7, "x": [ }',
    });
    const { code, stderr } = await run('validate');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning: \.vscode\/settings\.json:1:42: /);
    expect(stderr).toContain('warning: settings: callboard.catalog.include must be');
  });
});
