import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTemplatesCollator } from '../../../../../src/features/scaffolder/plugin/search/templatesCollator';
import { writeFiles } from '../../../../support/folders';
import { callboard } from '../../../cli/capture';

let root: string;

const template = (name: string): string => `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: ${name}, title: A ${name} }
spec:
  type: service
  steps:
    - action: fetch:template
      input: { url: ./skeleton }
`;
const plugin = (id: string): string =>
  `apiVersion: 1\nid: ${id}\ntitle: Of ${id}\ntemplates: ['templates/*/template.yaml']\n`;
const packed = {
  'extension/plugin.yaml': plugin('packed'),
  'extension/templates/site/template.yaml': template('site'),
  'extension/templates/site/skeleton/site.txt': 'site\n',
};
const files: Readonly<Record<string, string | Uint8Array>> = {
  'work/.callboard/config.yaml': "plugins: ['@acme/templates']\n",
  'work/node_modules/@acme/templates/plugin.yaml': plugin('named'),
  'work/node_modules/@acme/templates/templates/tool/template.yaml': template('tool'),
  'work/node_modules/@acme/templates/templates/tool/skeleton/tool.txt': 'tool\n',
  'packed.vsix': zipSync(
    Object.fromEntries(
      Object.entries(packed).map(([path, text]) => [path, new TextEncoder().encode(text)]),
    ),
  ),
  'empty/README.md': '',
  'work/tests/tool.callboard-test.yaml': `template: template:default/tool
tests: [{ name: makes a tool, expect: { files: { tool.txt: "tool\\n", only: true } } }]
`,
  'site.callboard-test.yaml': `template: template:default/site
tests: [{ name: makes a site, expect: { files: { site.txt: "site\\n" } } }]
`,
  'actions/ticket.callboard-test.yaml': `tests: [{ name: skips the ticket, expect: { status: completed } }]
`,
  'actions/.callboard/plugin.yaml': `apiVersion: 1
id: acme
title: Acme
actions: [{ id: 'acme:ticket', schema: ticket.json }]
`,
  'actions/ticket.json':
    '{ "type": "object", "required": ["title"], "properties": { "title": { "type": "string" } } }',
  'actions/template.yaml': template('ticket').replace(
    / *- action[^]*/,
    `    - { id: good, action: 'acme:ticket', input: { title: Hi } }\n`,
  ),
  'actions/wrong.yaml': template('wrong').replace(
    / *- action[^]*/,
    `    - { id: bad, action: 'acme:ticket', input: {} }\n    - { id: no, action: 'acme:none' }\n`,
  ),
};

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'callboard-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const run = (...args: string[]): ReturnType<typeof callboard> =>
  callboard(args, {
    cwd: join(root, 'work'),
    collators: deps => Promise.resolve([createTemplatesCollator(deps)]),
  });

describe('templates of plugins on the command line', () => {
  it('are listed with their plugin', async () => {
    const { stdout, stderr } = await run('template', 'list', '--plugin', '../packed.vsix');
    expect(stderr).toBe('');
    expect(stdout).toMatch(/tool +A tool +service +Of named +\S*tool\/template\.yaml/);
    expect(stdout).toMatch(/site +A site +service +Of packed +\S*site\/template\.yaml/);
    expect(stdout).toContain('2 templates');
  });

  it.each([
    ['tool', []],
    ['template:default/site', ['--plugin', '../packed.vsix']],
  ])('run by their ref: %s', async (ref, options) => {
    const out = join(root, `out-${options.length}`);
    const result = await run('template', 'run', ref, ...options, '--out', out, '--record');
    expect(result).toMatchObject({ code: 0 });
    const name = ref.replace(/.*\//, '');
    expect(readFileSync(join(out, `${name}.txt`), 'utf8')).toBe(`${name}\n`);
  });

  it('are tested by their ref', async () => {
    expect(await run('template', 'test')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('passed  makes a tool') as string,
    });
    const test = ['template', 'test', '../site.callboard-test.yaml'];
    expect(await run(...test, '--plugin', '../packed.vsix')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('passed  makes a site') as string,
    });
    expect(await run(...test)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('No plugin has the template template:default/site') as string,
    });
  });

  it('update projects', async () => {
    const out = join(root, 'updated');
    const options = ['--plugin', '../packed.vsix'];
    await run('template', 'run', 'site', ...options, '--out', out, '--record');
    writeFiles(root, {
      'next/plugin.yaml': plugin('next'),
      'next/templates/site/template.yaml': template('site'),
      'next/templates/site/skeleton/site.txt': 'next site\n',
      'next/templates/site/skeleton/other.txt': '',
    });
    expect(await run('template', 'update', out)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Use --template PATH, or --plugin PATH') as string,
    });
    expect(await run('template', 'update', out, ...options)).toMatchObject({
      code: 0,
      stdout: 'Up to date with template:default/site\n',
    });
    const { code, stdout } = await run('template', 'update', out, '--plugin', '../next');
    expect([code, stdout]).toEqual([
      0,
      '2 files updated from template:default/site:\n  added     other.txt\n  updated   site.txt\n',
    ]);
  });

  it('are found by the search', async () => {
    const { stdout } = await run('search', 'in:templates tool');
    expect(stdout).toContain('A tool');
  });

  it('need a plugin where the user names one', async () => {
    expect(await run('template', 'list', '--plugin', '../empty')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no plugin in ../empty') as string,
    });
  });
});

describe('actions that a plugin describes, on the command line', () => {
  const inActions = (...args: string[]): ReturnType<typeof callboard> =>
    callboard(args, { cwd: join(root, 'actions') });

  it('are known, and their inputs are validated', async () => {
    const { stdout } = await inActions('validate', '--format', 'json');
    const { problems } = JSON.parse(stdout) as { problems: { code: string; message: string }[] };
    expect(problems.map(({ code, message }) => `${code}: ${message}`)).toEqual(
      expect.arrayContaining([
        'invalid-action-input: Invalid input passed to action acme:ticket, instance requires property "title"',
        "unknown-action: Template action with ID 'acme:none' is not registered",
      ]),
    );
    expect(stdout).not.toContain("'acme:ticket' is not registered");
  });

  it('are skipped by a test', async () => {
    expect(await inActions('template', 'test')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('passed  skips the ticket') as string,
    });
  });

  it('are skipped by a dry run', async () => {
    const result = await inActions('template', 'run', 'template.yaml', '--dry-run');
    expect(result.stderr).toContain('Callboard has no implementation of acme:ticket');
    expect(result.code).toBe(0);
  });
});
