import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createPaint, printableLines } from '../../../src/cli/output/style';
import { ProcessTerminal } from '../../../src/cli/terminal';
import { TestRepository } from '../../support/gitRepository';
import { aStream, callboard } from './capture';

/** Sets a title, hides text, overwrites the line, moves by C1, reverses text, and ends in a lone surrogate. */
const LOUD = '\u001b]0;title\u0007\u001b[8m\r\b\u009b2J\u0085\u200f\u202e\u2066\ud800';
/** The same for YAML and JSON in double quotes. */
const QUOTED = JSON.stringify(LOUD)
  .slice(1, -1)
  .replaceAll('\u009b', '\\u009b')
  .replaceAll('\u0085', '\\u0085');
/** The part that file systems accept. */
const NAME = LOUD.slice(0, -1);

const COMMANDS =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u; // oxlint-disable-line no-control-regex

const text = `"x ${QUOTED}"`;
const API = `openapi: 3.0.0\ninfo: { title: ${text}, version: ${text} }\npaths: {}\n`;
const FILES: Readonly<Record<string, string>> = {
  'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  title: ${text}
  description: ${text}
  annotations: { backstage.io/techdocs-ref: dir:., a: ${text} }
  links: [{ url: 'https://x', title: ${text} }]
spec: { type: ${text}, lifecycle: ${text}, owner: team, providesApis: [api], dependsOn: ['component:x'] }
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: { name: api, title: ${text} }
spec: { type: openapi, lifecycle: ${text}, owner: team, definition: ${JSON.stringify(API)} }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: bad
  tags: [${text}]
  labels: { ${text}: ${text} }
  annotations: { ${text}: ${text} }
spec: { type: ${text}, lifecycle: ${text}, owner: ${text}, dependsOn: [${text}] }
---
apiVersion: backstage.io/v1alpha1
kind: ${text}
metadata: { name: ${text} }
spec: {}
---
apiVersion: backstage.io/v1alpha1
kind: Location
metadata: { name: l }
spec: { targets: [${text}, './${NAME.replaceAll('\r', '')}.yaml'] }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: x, description: ${text} }
spec: { type: ${text}, lifecycle: a, owner: ${text} }
`,
  [`sub/${NAME}.yaml`]:
    'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: y }\nspec: {}\n',
  [`sub/${NAME}/package.json`]: `{ "name": ${text}, "description": ${text} }`,
  CODEOWNERS: `* @${NAME.replaceAll(/[\r\u0085]/g, '')}\n`,
  'mkdocs.yml': `site_name: ${text}\nnav: [{ ${text}: 'a.md' }, { ${text}: ${text} }]\nplugins: [${text}]\nmarkdown_extensions: [${text}]\n`,
  'docs/index.md': `# ${NAME}\n\n[${NAME}](${NAME}) ![x](${NAME}.png)\n\n--8<-- "${NAME}"\n`,
  [`docs/${NAME}.md`]: `# ${NAME}\n`,
  'template/template.yaml': `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: t, title: ${text}, description: ${text} }
spec:
  type: ${text}
  parameters: { properties: { ${text}: { type: string, title: ${text} } } }
  steps:
    - { id: log, name: ${text}, action: debug:log, input: { message: ${text} } }
    - { id: get, name: ${text}, action: fetch:plain, input: { url: ./skeleton } }
    - { if: '\${{ parameters.fails }}', name: ${text}, action: ${text}, input: { ${text}: ${text} } }
  output: { ${text}: ${text}, links: [{ title: ${text}, url: ${text} }], text: [{ title: ${text}, content: ${text} }] }
`,
  [`template/skeleton/${NAME}.txt`]: LOUD,
  'template/a.callboard-test.yaml': `tests:
  - { name: ${text}, values: {}, expect: { error: ${text} } }
  - { name: "b ${QUOTED}", values: {}, expect: { files: { ${text}: { contains: ${text} }, a.txt: ${text} } } }
`,
  'values.json': '{}',
  'fails.json': '{ "fails": true }',
};

let cwd: string;

beforeAll(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-')));
  const repository = new TestRepository(cwd);
  repository.commit({ 'catalog-info.yaml': '' });
  for (const [path, content] of Object.entries(FILES)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), content);
  }
  repository.commit();
});
afterAll(() => rmSync(cwd, { recursive: true }));

const formats = (command: string, names: string, ...more: readonly string[]): string[][] =>
  names.split(' ').map(name => [...command.split(' '), ...more, '--format', name]);

const RUNS: readonly string[][] = [
  ...formats('entities', 'table json'),
  ...formats('validate', 'pretty json github sarif junit unix'),
  ...formats('diff HEAD~1 HEAD', 'pretty markdown json'),
  ...formats('diff HEAD HEAD~1', 'pretty markdown json'),
  ...formats('graph component:shop', 'mermaid dot json'),
  ...formats('dependents component:x', 'table json'),
  ...formats('search title', 'table json'),
  ...formats('import', 'pretty json'),
  ...formats('docs check', 'pretty json github'),
  ['docs', 'render', 'docs/index.md'],
  ['docs', 'build', '.', '--out', 'site'],
  ...formats('template list', 'table json'),
  ...formats('template run template --dry-run --values values.json', 'pretty json'),
  ...formats('template run template --dry-run --values fails.json', 'pretty json'),
  ...formats('template test template', 'pretty json github junit'),
  ...formats('template update', 'pretty json', 'template'),
  [`template`, 'run', NAME, '--dry-run'],
  ['entities', '--filter', LOUD],
  ['entities', `--${LOUD}`],
  [LOUD],
  ['validate', NAME],
  ['diff', LOUD, 'HEAD'],
  ['dependents', LOUD],
  ['search', LOUD],
  ['docs', 'render', `${NAME}.md`],
];

describe('output of a command', () => {
  it.each(RUNS.map(args => [args.map(arg => JSON.stringify(arg)).join(' '), args] as const))(
    'contains no control characters: %s',
    async (_, args) => {
      const { stdout, stderr } = await callboard(args, { cwd });
      expect(`${stdout}${stderr}`).not.toBe('');
      expect(stdout).not.toMatch(COMMANDS);
      expect(stderr).not.toMatch(COMMANDS);
      if (args.at(-1) === 'json' && stdout !== '')
        expect(() => JSON.parse(stdout) as unknown).not.toThrow();
    },
  );

  it('has exact texts in JSON', async () => {
    const args = ['template', 'run', 'template', '--dry-run', '--format', 'json'];
    const { stdout } = await callboard([...args, '--values', 'values.json'], { cwd });
    const { files } = JSON.parse(stdout) as { files: string[] };
    expect(files).toEqual([`${NAME}.txt`]);
    expect(stdout).toContain('\\u009b2J');
  });
});

describe('terminal', () => {
  const printed = (
    env: Record<string, string>,
  ): { text: () => string; terminal: ProcessTerminal } => {
    let text = '';
    const stream = Object.assign(
      aStream(chunk => (text += chunk)),
      { isTTY: true as const },
    );
    const terminal = new ProcessTerminal({
      stdout: stream,
      stderr: stream,
      env,
      onWriteError() {},
    });
    return { text: () => text, terminal };
  };

  it('writes its own styles, lines and tabs, and escapes other control characters', () => {
    const { text, terminal } = printed({ FORCE_COLOR: '1' });
    terminal.write(`${terminal.paint('red', 'a')}\tb\n${LOUD}\n`);
    terminal.writeError(LOUD);
    expect(text()).toBe(
      `\u001b[31ma\u001b[0m\tb\n${printableLines(LOUD, false)}\n${printableLines(LOUD, false)}\n`,
    );
    expect(printableLines(LOUD, true)).not.toMatch(COMMANDS);
  });

  it('writes no styles without colors', () => {
    const { text, terminal } = printed({ NO_COLOR: '1' });
    terminal.write(createPaint(true)('red', 'a'));
    expect(text()).toBe('\\u001b[31ma\\u001b[0m');
  });

  it('shows the first progress text after a delay', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { text, terminal } = printed({ NO_COLOR: '1' });
    terminal.showProgress('Finding files');
    vi.advanceTimersByTime(150);
    expect(text()).toBe('\r\u001b[KFinding files');
    terminal.showProgress(undefined);
    expect(text()).toBe('\r\u001b[KFinding files\r\u001b[K');
  });

  it('shows progress on one line, without control characters', async () => {
    const { text, terminal } = printed({ NO_COLOR: '1' });
    terminal.showProgress(`Fetching\n${LOUD}`);
    await expect.poll(text).not.toBe('');
    expect(text().replace('\r\u001b[K', '')).not.toMatch(/[\n]/);
    expect(text().replace('\r\u001b[K', '')).not.toMatch(COMMANDS);
  });
});
