import { join } from 'node:path';
import { ESLint, Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { expect, it } from 'vitest';
import { noStringKeys } from '../../../scripts/lib/noStringKeys.mjs';
import { root } from '../../../scripts/lib/project.mjs';

const RESTRICTED = /^(no-|@typescript-eslint\/no-)restricted-|^no-console$/;

/** Applies the rules that restrict a file, which need no types, to a text. */
async function restrictionsBrokenBy(text: string, path: string): Promise<readonly unknown[]> {
  const { rules } = (await new ESLint({ cwd: root }).calculateConfigForFile(join(root, path))) as {
    rules: Linter.RulesRecord;
  };
  const own = Object.fromEntries(Object.entries(rules).filter(([id]) => RESTRICTED.test(id)));
  const config: Linter.Config = {
    files: ['**/*.ts'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: { parser: tseslint.parser },
    rules: own,
  };
  return new Linter().verify(text, config, 'a.ts').map(({ ruleId }) => ruleId);
}

const YAML = '@typescript-eslint/no-restricted-imports';
const WRITES = 'no-restricted-properties';

it.each<[string, string, string, readonly string[]]>([
  ['only core/yaml reads YAML', 'src/core/drift/a.ts', `import { parse } from 'yaml';`, [YAML]],
  ['core/yaml reads YAML', 'src/core/yaml/lexYaml.ts', `import { parse } from 'yaml';`, []],
  ['others write YAML', 'src/core/drift/a.ts', `import { stringify } from 'yaml';`, []],
  ['only the Terminal writes', 'src/cli/run.ts', `process.stdout.write('a');`, [WRITES]],
  ['no adapter writes', 'src/node/a.ts', `const { stderr } = process;`, [WRITES]],
  ['no server writes', 'src/server/a.ts', `console.log('a');`, ['no-console']],
  [
    'only src/vscode/trust asks for trust',
    'src/vscode/portal/a.ts',
    `export const a = vscode.workspace.isTrusted;`,
    ['no-restricted-syntax'],
  ],
])('%s', async (_, file, text, expected) => {
  expect(await restrictionsBrokenBy(text, file)).toEqual(expected);
});

/** Applies the rule about tables to a text, with types of the language alone. */
function tablesReadByTexts(text: string): readonly unknown[] {
  const config: Linter.Config = {
    files: ['**/*.ts'],
    plugins: { callboard: { rules: { 'no-string-keys': noStringKeys } } },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: {
        projectService: { allowDefaultProject: ['*.ts'] },
        tsconfigRootDir: join(root, 'test'),
      },
    },
    rules: { 'callboard/no-string-keys': 'error' },
  };
  const linter = new Linter({ cwd: join(root, 'test') });
  return linter.verify(text, config, 'a.ts').map(({ ruleId, message }) => ruleId ?? message);
}

const TABLE = `const table: Readonly<Record<string, string>> = { a: 'b' };`;
const READS = ['callboard/no-string-keys'];

it.each<[string, string, readonly string[]]>([
  ['a table by a text', `${TABLE}\nexport const read = (key: string) => table[key];`, READS],
  [
    'a table made of entries by a text that may be missing',
    `const table = Object.fromEntries([['a', 1]]);\nexport const read = (key?: string) => table[key ?? ''];`,
    READS,
  ],
  [
    'a table by its own keys',
    `const table: Record<'a', string> = { a: 'b' };\nexport const read = (key: 'a') => table[key];`,
    [],
  ],
  ['a list by numbers', `const list = ['a'];\nexport const read = (at: number) => list[at];`, []],
])('reads %s', (_, text, expected) => {
  expect(tablesReadByTexts(text)).toEqual(expected);
});
