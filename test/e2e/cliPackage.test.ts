import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { OLDEST_NODE } from '../../scripts/lib/bundles.mjs';
import { cliTarball, packCli } from '../../scripts/lib/cliPackage.mjs';
import { ensureEmbeddedHost } from '../../scripts/lib/embeddedInstall.mjs';
import { installExtension } from '../../scripts/lib/embeddedServer.mjs';
import { ensureOldestNode, pathWithNode } from '../../scripts/lib/nodeInstall.mjs';
import { packageExtension } from '../../scripts/lib/packageExtension.mjs';
import { removeAtEnd } from '../../scripts/lib/processes.mjs';
import { inProject } from '../../scripts/lib/project.mjs';
import { filesBelow } from '../../scripts/lib/shippedFiles.mjs';
import { aDescriptor, documents } from '../support/descriptors';
import { writeFiles } from '../support/folders';

// The npm package callboard, installed from its file into an empty folder, for a user with an empty home, on the oldest Node.

let folder: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  await packCli();
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-cli-')));
  removeAtEnd(root);
  folder = join(root, 'shop');
  const home = join(root, 'home');
  mkdirSync(folder);
  mkdirSync(home);
  env = { HOME: home, USERPROFILE: home, PATH: pathWithNode(await ensureOldestNode()) };
  const install = ['install', '--offline', '--no-audit', '--no-fund', cliTarball];
  expect(await run('npm', install)).toMatchObject({ code: 0 });
  writeFiles(folder, {
    'catalog-info.yaml': documents(
      aDescriptor('group:team-a'),
      aDescriptor('component:shop', { owner: 'team-a' }),
    ),
    'mkdocs.yml': 'site_name: Shop\n',
    'docs/index.md': '# Shop\n\nRotate the keys.\n\n```mermaid\ngraph TD; a-->b\n```\n',
    'values.yaml':
      'name: handbook\ndescription: How we work\ntitle: Handbook\nowner: group:default/team-a\n',
  });
});

async function run(
  command: string,
  args: readonly string[],
): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = promisify(execFile)(command, args, { cwd: folder, env });
  child.child.stdin?.end();
  return child.then(
    output => ({ code: 0, ...output }),
    (error: unknown) => error as { code: number; stdout: string; stderr: string },
  );
}

const callboard = (...args: readonly string[]): ReturnType<typeof run> =>
  run('npx', ['--no-install', 'callboard', ...args]);

describe('npm package `callboard`', () => {
  it('has no dependencies or scripts and includes its legal texts', () => {
    const installed = join(folder, 'node_modules', 'callboard');
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as object;
    expect(Object.keys(manifest).filter(key => /dependencies|scripts/i.test(key))).toEqual([]);
    expect(manifest).toMatchObject({ engines: { node: `>=${OLDEST_NODE}` } });
    expect(readdirSync(join(folder, 'node_modules')).filter(name => name[0] !== '.')).toEqual([
      'callboard',
    ]);
    expect(filesBelow(installed)).toEqual(
      expect.arrayContaining(['LICENSE', 'NOTICE', 'README.md', 'ThirdPartyNotices.txt']),
    );
  });

  it('includes every template file', () => {
    const templates = filesBelow(inProject('templates')).filter(
      file => !file.includes('callboard-test') && !/^[^/]+\/golden/.test(file),
    );
    const installed = filesBelow(join(folder, 'node_modules', 'callboard', 'templates'));
    expect(installed.sort()).toEqual(templates.sort());
  });

  it('runs on the oldest Node', async () => {
    expect((await run('node', ['--version'])).stdout).toContain(`v${OLDEST_NODE}.`);
    const { version } = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as {
      version: string;
    };
    expect(await callboard('--version')).toMatchObject({ code: 0, stdout: `${version}\n` });
  });

  it('validates descriptors', async () => {
    expect(await callboard('validate')).toMatchObject({
      code: 0,
      stdout: 'No problems in 1 file (2 entities)\n',
    });
    writeFiles(folder, { 'broken.yaml': aDescriptor('component:pay', { owner: 'nobody' }) });
    const { code, stdout } = await callboard('validate', '.', '--format', 'pretty');
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('dangling-reference') as string,
    });
    writeFiles(folder, { 'broken.yaml': 'kind: Component\napiVersion: backstage.io/v1alpha1\n' });
    expect(await callboard('validate', 'broken.yaml')).toMatchObject({ code: 1 });
    writeFiles(folder, { 'broken.yaml': '' });
  });

  it.each([
    ['entities --format json', '"name": "shop"'],
    ['dependents component:shop', 'Nothing depends on'],
    ['graph component:shop', 'team-a'],
    ['search keys', 'Shop'],
    ['docs check', ''],
    ['template list --all', 'docs-site'],
    ['owner docs/index.md', 'team-a'],
    ['completion --words -- graph component:s', 'component:shop'],
    ['help plugin pack', 'Usage: callboard plugin pack'],
  ])('runs `callboard %s`', async (line, text) => {
    const { code, stdout, stderr } = await callboard(...line.split(' '));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(text);
  });

  it('builds docs with their theme', async () => {
    expect(await callboard('docs', 'build', '--out', 'site')).toMatchObject({ code: 0 });
    expect(filesBelow(join(folder, 'site'))).toEqual(
      expect.arrayContaining(['index.html', 'assets/javascripts/site.js']),
    );
  });

  it('runs its included templates', async () => {
    const template = join('node_modules', 'callboard', 'templates', 'docs-site');
    const args = ['run', template, '--values', 'values.yaml', '--out', 'made'];
    expect(await callboard('template', ...args)).toMatchObject({ code: 0 });
    expect(filesBelow(join(folder, 'made'))).toEqual(
      expect.arrayContaining(['.gitignore', '.editorconfig', 'catalog-info.yaml']),
    );
  });

  it('packs a plugin that VS Code installs', async () => {
    expect(await callboard('plugin', 'new', 'runbooks')).toMatchObject({ code: 0 });
    writeFiles(folder, { 'runbooks/dist/extension.js': '' });
    const packed = await callboard('plugin', 'pack', 'runbooks', '--out', 'runbooks.vsix');
    expect(packed).toMatchObject({ code: 0 });
    const install = await ensureEmbeddedHost();
    const extensionsFolder = join(dirname(folder), 'extensions');
    for (const vsix of [await packageExtension(), join(folder, 'runbooks.vsix')]) {
      await installExtension({ install, vsix, extensionsFolder, logFile: `${folder}.log` });
    }
    expect(readdirSync(extensionsFolder)).toContain('local.runbooks-0.1.0');
  });

  it('checks API definitions in a worker thread', async () => {
    const definition = 'openapi: 3.0.0\ninfo: { title: Pay, version: 1.0.0 }\npaths: []\n';
    const api = aDescriptor('api:pay', {
      type: 'openapi',
      lifecycle: 'production',
      owner: 'team-a',
      definition,
    });
    writeFiles(folder, { 'api.yaml': api });
    const { stdout } = await callboard('validate', 'api.yaml', '--format', 'unix');
    expect(stdout).toContain('[definition-invalid]');
  });
});

it('rejects an older Node with a message', async () => {
  const launcher = readFileSync(
    join(dirname(cliTarball), 'callboard-cli', 'dist', 'cli.js'),
    'utf8',
  );
  writeFiles(folder, {
    'launcher.cjs': launcher.replaceAll('process.versions.node', JSON.stringify('20.20.2')),
  });
  expect(await run('node', ['launcher.cjs'])).toMatchObject({
    code: 2,
    stderr: `callboard needs Node ${OLDEST_NODE} or newer, this is 20.20.2.\n`,
  });
});
