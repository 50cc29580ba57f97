import { expect, test } from 'vitest';
import { lint } from '../../support/lint';

const decisions = [
  'if (vscode.workspace.isTrusted) run();',
  'const { workspace } = vscode; run(workspace.isTrusted);',
  'const { isTrusted } = vscode.workspace;',
  'const { workspace: { isTrusted: is } } = vscode;',
  'vscode.workspace.onDidGrantWorkspaceTrust(run);',
  "vscode.workspace.getConfiguration('callboard').get('user');",
  'const { getConfiguration } = vscode.workspace;',
];

/** Texts in a file that decide about trust where they may not. */
async function reportedIn(path: string, texts: readonly string[]): Promise<readonly string[]> {
  const problems = await lint(texts.map(text => ({ path, text })));
  return texts.filter((_, index) =>
    problems[index]?.some(
      ({ code, message }) =>
        code === 'callboard(trust-decisions)' && message.includes('src/platform/vscode/trust'),
    ),
  );
}

test.for(['src/extension.ts', 'src/platform/vscode/a.ts', 'src/features/a/plugin/vscode/b.ts'])(
  'decisions about untrusted workspaces are reported in %s',
  async path => {
    expect(await reportedIn(path, decisions)).toEqual(decisions);
  },
);

test('decisions about untrusted workspaces are made in src/platform/vscode/trust', async () => {
  expect(await reportedIn('src/platform/vscode/trust/a.ts', decisions)).toEqual([]);
});

test('Markdown may run commands', async () => {
  const text = 'tooltip.isTrusted = false; run({ isTrusted: true });';
  expect(await reportedIn('src/platform/vscode/a.ts', [text])).toEqual([]);
});
