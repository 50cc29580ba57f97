import { ESLint, Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../../scripts/lib/project.mjs';

const eslint = new ESLint({ cwd: root });

/** Messages of the rule that restricts syntax in a file, as the project's configuration has it. */
async function messagesOf(file: string, code: string): Promise<readonly string[]> {
  const config = (await eslint.calculateConfigForFile(file)) as Linter.Config;
  const rule = config.rules?.['no-restricted-syntax'];
  const linted = new Linter({ configType: 'flat' }).verify(
    code,
    {
      files: ['**/*.ts'],
      languageOptions: { parser: tseslint.parser },
      rules: rule === undefined ? {} : { 'no-restricted-syntax': rule },
    },
    'a.ts',
  );
  return linted.map(({ message }) => message);
}

describe('decisions about untrusted workspaces', () => {
  beforeAll(() => messagesOf('src/platform/vscode/a.ts', ''));

  test.for([
    'if (vscode.workspace.isTrusted) run();',
    'const { workspace } = vscode; run(workspace.isTrusted);',
    'const { isTrusted } = vscode.workspace;',
    'const { workspace: { isTrusted: is } } = vscode;',
    'vscode.workspace.onDidGrantWorkspaceTrust(run);',
    "vscode.workspace.getConfiguration('callboard').get('user');",
    'const { getConfiguration } = vscode.workspace;',
  ])('are reported outside of src/platform/vscode/trust: %s', async code => {
    for (const file of [
      'src/extension.ts',
      'src/platform/vscode/a.ts',
      'src/features/a/plugin/vscode/b.ts',
    ]) {
      expect(await messagesOf(file, code)).toEqual([
        expect.stringContaining('src/platform/vscode/trust'),
      ]);
    }
    expect(await messagesOf('src/platform/vscode/trust/a.ts', code)).toEqual([]);
  });

  test('allow Markdown that may run commands', async () => {
    const code = 'tooltip.isTrusted = false; run({ isTrusted: true });';
    expect(await messagesOf('src/platform/vscode/a.ts', code)).toEqual([]);
  });
});
