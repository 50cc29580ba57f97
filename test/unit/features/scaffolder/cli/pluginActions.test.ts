import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { writeFiles } from '../../../../support/folders';
import { startPlugin } from '../../../../support/pluginThreads';
import { useTemporaryFolder } from '../../../../support/temporaryFolder';
import { callboard } from '../../../cli/capture';

let cwd: string;
useTemporaryFolder(path => (cwd = path));

const action = (handler: string): string => `
export default ({ createPortalPlugin, extensionPoints }) => createPortalPlugin({
  id: 'acme',
  register: env => env.registerInit({
    deps: { actions: extensionPoints.scaffolderActions },
    init: ({ actions }) => actions.addAction({
      id: 'acme:notes',
      supportsDryRun: true,
      schema: { input: { type: 'object', required: ['title'], properties: { title: { type: 'string' } } } },
      async handler({ input, workspace, logger, output, secrets, step, signal }) { ${handler} },
    }),
  }),
});
`;
const notes = `
  const text = new TextDecoder().decode(workspace.readFile('README.md'));
  workspace.writeFile('docs/notes.md', input.title + ' of ' + text);
  workspace.writeFile('run.sh', 'true\\n', { isExecutable: true });
  workspace.makeDirectory('empty');
  workspace.remove('old');
  logger.info('Wrote notes in ' + step.id);
  output('path', 'docs/notes.md');`;

const files = (handler: string): Readonly<Record<string, string>> => ({
  'template.yaml': `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: service }
spec:
  type: service
  parameters: { properties: { title: {} } }
  steps:
    - action: fetch:template
      input: { url: ./skeleton }
    - id: notes
      action: acme:notes
      input: { title: '\${{ parameters.title }}' }
  output:
    text: [{ title: Path, content: '\${{ steps.notes.output.path }}' }]
`,
  'skeleton/README.md': 'Shop\n',
  'skeleton/old/file.txt': '',
  'values.yaml': 'title: Notes\n',
  'wrong.yaml': 'title: [1]\n',
  'template.callboard-test.yaml': `values: { title: Notes }
tests:
  - name: has notes
    expect:
      files: { only: true, README.md: , run.sh: "true\\n", docs/notes.md: "Notes of Shop\\n" }
`,
  'acme/package.json': JSON.stringify({
    contributes: { callboard: { apiVersion: 1, id: 'acme', title: 'Acme', main: './main.mjs' } },
  }),
  'acme/main.mjs': action(handler),
});

const template = (...args: readonly string[]): ReturnType<typeof callboard> =>
  callboard(['template', ...args], { cwd, startPlugin, pluginDeadline: 3_000 });
const run = (...args: readonly string[]): ReturnType<typeof callboard> =>
  template('run', 'template.yaml', '--out', 'shop', ...args);

describe('actions of plugins on the command line', () => {
  beforeEach(() => writeFiles(cwd, files(notes)));

  it('work on the files of a run', async () => {
    const options = ['--values', 'values.yaml', '--plugin', 'acme', '--record'];
    const result = await run(...options, '--format', 'json');
    expect(result).toMatchObject({ code: 0 });
    expect(JSON.parse(result.stdout)).toMatchObject({
      files: ['README.md', 'docs/notes.md', 'run.sh'],
      output: { text: [{ title: 'Path', content: 'docs/notes.md' }] },
    });
    expect(result.stdout).toContain('Wrote notes in notes');
    expect(readFileSync(join(cwd, 'shop/docs/notes.md'), 'utf8')).toBe('Notes of Shop\n');
    const update = ['update', 'shop', '--check', '--template', 'template.yaml'];
    expect(await template(...update, '--plugin', 'acme')).toMatchObject({
      code: 0,
      stdout: 'Up to date with template:default/service\n',
    });
  });

  it('work in tests', async () => {
    expect(await template('test', '--plugin', 'acme')).toMatchObject({ code: 0 });
    expect((await template('test')).stdout).toContain("'acme:notes' is not registered");
  });

  it('get valid input only', async () => {
    const result = await run('--values', 'wrong.yaml', '--plugin', 'acme');
    expect(result).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('Invalid input passed to action acme:notes') as string,
    });
  });

  it('run from a workspace only with --trust-plugins', async () => {
    writeFiles(cwd, { '.callboard/config.yaml': 'plugins: [./acme]\n' });
    const options = ['--values', 'values.yaml'];
    expect((await run(...options)).stdout).toContain("'acme:notes' is not registered");
    expect(await run(...options, '--trust-plugins')).toMatchObject({ code: 0 });
  });

  it.each([
    [
      'throws',
      "workspace.writeFile('a', ''); throw new Error('No notes today');",
      'No notes today',
    ],
    ['hangs', 'for (;;);', "It didn't respond within 3 s"],
    ['never answers', 'await new Promise(() => {});', "It didn't respond within 3 s"],
    ['ends its thread', 'process.exit(0);', 'The thread has ended'],
    ['leaves the workspace', "workspace.writeFile('../a', '');", 'outside'],
    ['outputs what no thread can send', "output('run', () => {});", 'could not be cloned'],
  ])('that %s fail the step', async (_, handler, reason) => {
    writeFiles(cwd, { 'acme/main.mjs': action(handler) });
    const { code, stdout, stderr } = await run('--values', 'values.yaml', '--plugin', 'acme');
    expect(`${stdout}${stderr}`).toContain(reason);
    expect(code).toBe(1);
  });
});
