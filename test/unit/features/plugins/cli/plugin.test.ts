import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readZip } from '../../../../../scripts/lib/vsix.mjs';
import { writeFiles } from '../../../../support/folders';
import { useTemporaryFolder } from '../../../../support/temporaryFolder';
import { callboard } from '../../../cli/capture';

let cwd: string;

useTemporaryFolder(path => (cwd = path));

const run = (line: string): ReturnType<typeof callboard> => callboard(line.split(' '), { cwd });

const manifest = {
  name: 'hello',
  publisher: 'acme',
  version: '1.2.3',
  displayName: 'Hello & more',
  engines: { vscode: '^1.101.0' },
  extensionDependencies: ['callboard.callboard'],
  contributes: { callboard: {} },
};

const write = (fields: object, files: Readonly<Record<string, string>> = {}): void =>
  writeFiles(cwd, { ...files, 'package.json': JSON.stringify(fields, undefined, 2) });

describe('`callboard plugin new`', () => {
  it('creates a plugin that is valid once it is built', async () => {
    const made = await run('plugin new runbooks --publisher acme --owner team-a');
    expect(made).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+ files written into runbooks\n/) as string,
    });
    const read = (path: string): string => readFileSync(join(cwd, 'runbooks', path), 'utf8');
    expect(JSON.parse(read('package.json'))).toMatchObject({ name: 'runbooks', publisher: 'acme' });
    expect(read('catalog-info.yaml')).toContain('team-a');
    expect(existsSync(join(cwd, 'runbooks', '.gitignore'))).toBe(true);

    const unbuilt = await run('plugin check runbooks');
    expect(unbuilt).toMatchObject({ code: 1 });
    expect(unbuilt.stdout).toContain('Build the plugin first');
    writeFiles(join(cwd, 'runbooks'), { 'dist/extension.js': '', 'dist/extension.test.js': '' });
    expect(await run('plugin check runbooks')).toMatchObject({ code: 0 });

    expect(await run('plugin pack runbooks')).toMatchObject({ code: 0 });
    const files = [...(await readZip(join(cwd, 'runbooks', 'runbooks-0.1.0.vsix'))).keys()];
    expect(files).toEqual([
      'extension.vsixmanifest',
      '[Content_Types].xml',
      'extension/README.md',
      'extension/dist/extension.js',
      'extension/package.json',
    ]);
  });

  it('rejects invalid npm names and non-empty folders', async () => {
    expect(await run('plugin new My_Plugin')).toMatchObject({ code: 2 });
    writeFiles(cwd, { 'taken/a.txt': '' });
    expect(await run('plugin new taken')).toMatchObject({ code: 2 });
    expect(await run('plugin new')).toMatchObject({ code: 2 });
  });
});

describe('`callboard plugin check`', () => {
  it('accepts a valid manifest', async () => {
    write(manifest);
    expect(await run('plugin check')).toMatchObject({
      code: 0,
      stdout: 'No problems in the manifest\n',
    });
  });

  it('prints problems with their position', async () => {
    write({ ...manifest, name: 'My plugin', extensionDependencies: [], icon: '../icon.png' });
    const { code, stdout } = await run('plugin check');
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: `package.json
  2:11   error  name must be lowercase letters, digits and hyphens  invalid-plugin
    2 | "name": "My plugin",
      |         ^^^^^^^^^^^
  9:28   error  extensionDependencies must contain "callboard.callboard", so that Callboard is activated first  invalid-plugin
    9 | "extensionDependencies": [],
      |                          ^^
  13:11  error  icon names no file of the plugin: "../icon.png". Add a PNG file  invalid-plugin
    13 | "icon": "../icon.png"
       |         ^^^^^^^^^^^^^

3 errors, 0 warnings
`,
    });
  });

  it.each(['', '[]', '{', 'null'])('reports the invalid manifest %j', async text => {
    writeFiles(cwd, { 'package.json': text });
    const { code, stdout } = await run('plugin check --format json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ problems: [{ severity: 'error' }] });
  });

  it('exits with 2 for a missing folder', async () => {
    expect(await run('plugin check none')).toMatchObject({ code: 2 });
  });
});

describe('`callboard plugin pack`', () => {
  it("packs files by .vscodeignore and doesn't overwrite", async () => {
    write(manifest, {
      'README.md': '# Hello\n',
      'src/a.ts': '',
      'dist/a.js': 'a',
      'dist/a.test.js': '',
      'node_modules/x/index.js': '',
      '.vscodeignore': 'src\n**/*.test.js\n# comment\n',
    });
    expect(await run('plugin pack --out hello.vsix')).toMatchObject({
      code: 0,
      stdout: '3 files packed into hello.vsix\n',
    });
    const zip = await readZip(join(cwd, 'hello.vsix'));
    expect([...zip.keys()].filter(name => name.startsWith('extension/'))).toEqual([
      'extension/README.md',
      'extension/dist/a.js',
      'extension/package.json',
    ]);
    const xml = zip.get('extension.vsixmanifest')?.toString();
    expect(xml).toContain('Id="hello" Version="1.2.3" Publisher="acme"');
    expect(xml).toContain('<DisplayName>Hello &amp; more</DisplayName>');
    expect(await run('plugin pack --out hello.vsix')).toMatchObject({ code: 3 });
  });

  it('packs the files listed in package.json', async () => {
    write({ ...manifest, files: ['lib'] }, { 'lib/a.json': '1', 'b.json': '2', LICENSE: '' });
    await run('plugin pack --out hello.vsix');
    const names = [...(await readZip(join(cwd, 'hello.vsix'))).keys()];
    expect(names.filter(name => name.startsWith('extension/'))).toEqual([
      'extension/LICENSE',
      'extension/lib/a.json',
      'extension/package.json',
    ]);
  });

  it('is reproducible and rejects an invalid manifest', async () => {
    write(manifest);
    await run('plugin pack --out a.vsix');
    writeFileSync(join(cwd, '.vscodeignore'), '*.vsix\n');
    await run('plugin pack --out b.vsix');
    expect(readFileSync(join(cwd, 'a.vsix'))).toEqual(readFileSync(join(cwd, 'b.vsix')));
    write({ ...manifest, version: '1' });
    expect(await run('plugin pack --out c.vsix')).toMatchObject({ code: 1 });
    expect(existsSync(join(cwd, 'c.vsix'))).toBe(false);
  });
});
