import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { aComponent, aDescriptor, documents } from '../../support/descriptors';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { callboard } from './capture';

let cwd: string;
useTemporaryFolder(path => (cwd = path));

function write(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), content);
  }
}

const HEAD = 'apiVersion: backstage.io/v1alpha1\nkind: Component\n';
const escapes = '\\e[31m\\e]0;title\\a\\r\\b\\x9b31m\\u202e';

/** Broken files, each with a problem that is an error. */
const HOSTILE: Readonly<Record<string, string>> = {
  bomb: `${HEAD}a0: &a0 [x]\n${Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(10)}]\n`).join('')}`,
  nesting: `${HEAD}a: ${'['.repeat(50_000)}\n`,
  'a long name': `${HEAD}metadata: { name: ${'n'.repeat(100_000)} }\nspec: {}\n`,
  'terminal escapes in a name': `${HEAD}metadata: { name: "${escapes}" }\nspec: {}\n`,
  'terminal escapes in a kind': `apiVersion: backstage.io/v1alpha1\nkind: "${escapes}"\nmetadata: { name: a }\n`,
  'terminal escapes in a target': aDescriptor('location:l', { targets: ['TARGET'] }).replace(
    'TARGET',
    `"./${escapes}.yaml"`,
  ),
  'a NUL': `${HEAD}metadata: { name: "a\0b" }\nspec: {}\n`,
};

/** Control characters of terminals and bidirectional controls. */
const COMMANDS = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/; // oxlint-disable-line no-control-regex

it.each(
  Object.keys(HOSTILE).flatMap(name =>
    ['pretty', 'json', 'github', 'sarif', 'junit', 'unix'].map(format => ({ name, format })),
  ),
)(
  'validate --format $format fails at $name and prints no control characters',
  async ({ name, format }) => {
    write({ 'x.yaml': HOSTILE[name] ?? '', 'ok.yaml': aComponent('ok') });
    const { code, stdout, stderr } = await callboard(
      ['validate', '--format', format, '--max-warnings', '0'],
      { cwd },
    );
    expect(code).toBe(1);
    expect(stdout).toContain('x.yaml');
    expect(stdout).not.toMatch(COMMANDS);
    expect(stderr).not.toMatch(COMMANDS);
    expect(`${stdout}${stderr}`).not.toMatch(/\n\s+at .+:\d+:\d+/);
    expect(stdout.length + stderr.length).toBeLessThan(500_000);
  },
);

it('entities prints the valid ones and no control characters', async () => {
  write({
    ...Object.fromEntries(Object.values(HOSTILE).map((text, i) => [`x${i}.yaml`, text])),
    'ok.yaml': documents(
      aComponent('ok'),
      `${HEAD}metadata: { name: loud, title: "${escapes}", description: "${escapes}" }\nspec: { type: "${escapes}", lifecycle: a, owner: "${escapes}" }\n`,
    ),
  });
  const { code, stdout, stderr } = await callboard(['entities'], { cwd });
  expect(code).toBe(0);
  expect(stdout).toContain('ok');
  expect(stdout).toContain('loud');
  expect(`${stdout}${stderr}`).not.toMatch(COMMANDS);
});

it.each([
  ['a folder in the place of a file', (): void => write({ 'x.yaml/y.txt': '' })],
  ['a link to nowhere', (): void => symlinkSync('nowhere', join(cwd, 'x.yaml'))],
  ['a link to itself', (): void => symlinkSync('x.yaml', join(cwd, 'x.yaml'))],
  [
    'binary data',
    (): void => write({ 'x.yaml': Uint8Array.from({ length: 10_000 }, (_, i) => i) }),
  ],
  ['invalid JSON settings', (): void => write({ '.vscode/settings.json': '{'.repeat(100_000) })],
  [
    'settings of hostile globs',
    (): void =>
      write({
        '.vscode/settings.json': JSON.stringify({
          'callboard.catalog.exclude': [`${'{a,'.repeat(50)}`, '[', '!('],
        }),
      }),
  ],
])('validate continues after %s', async (_, make) => {
  make();
  write({ 'org.yaml': aDescriptor('group:team'), 'ok.yaml': aComponent('ok') });
  const { code, stdout, stderr } = await callboard(['validate'], { cwd });
  expect(`${stdout}${stderr}`).not.toMatch(/\n\s+at .+:\d+:\d+/);
  expect(code).toBe(0);
});
