import { join } from 'node:path';
import { ESLint } from 'eslint';
import { expect, it } from 'vitest';
import { root } from '../../../scripts/lib/project.mjs';

/** The rules that a text would break in the place of a file. */
async function brokenRules(file: string, text: string): Promise<readonly (string | null)[]> {
  const eslint = new ESLint({ cwd: root });
  const [result] = await eslint.lintText(text, { filePath: join(root, file) });
  return result?.messages.map(({ ruleId }) => ruleId) ?? [];
}

const YAML = '@typescript-eslint/no-restricted-imports';

it.each<[string, string, string, readonly string[]]>([
  [
    'only core/yaml reads YAML',
    'src/core/drift/readRecords.ts',
    `import { parse } from 'yaml';\nexport const a: unknown = parse('a');\n`,
    [YAML],
  ],
  [
    'core/yaml reads YAML',
    'src/core/yaml/lexYaml.ts',
    `import { parse } from 'yaml';\nexport const a: unknown = parse('a');\n`,
    [],
  ],
  [
    'others write YAML',
    'src/core/drift/readRecords.ts',
    `import { stringify } from 'yaml';\nexport const a: unknown = stringify('a');\n`,
    [],
  ],
  [
    'no table is read by a text',
    'src/core/drift/readRecords.ts',
    `const table: Readonly<Record<string, string>> = { a: 'b' };\nexport const read = (key: string): unknown => table[key];\n`,
    ['callboard/no-string-keys'],
  ],
  [
    'no table made of entries is read by a text that may be missing',
    'src/core/drift/readRecords.ts',
    `const table = Object.fromEntries([['a', 1]]);\nexport const read = (key?: string): unknown => table[key ?? ''];\n`,
    ['callboard/no-string-keys'],
  ],
  [
    'a table is read by its own keys',
    'src/core/drift/readRecords.ts',
    `const table: Readonly<Record<'a', string>> = { a: 'b' };\nexport const read = (key: 'a'): unknown => table[key];\n`,
    [],
  ],
  [
    'a list is read by numbers',
    'src/core/drift/readRecords.ts',
    `const list = ['a'];\nexport const read = (index: number): unknown => list[index];\n`,
    [],
  ],
])(
  '%s',
  async (_, file, text, expected) => {
    expect(await brokenRules(file, text)).toEqual(expected);
  },
  60_000,
);

it.each<[string, string]>([
  ['no-restricted-properties', `process.stdout.write('a');\n`],
  ['no-restricted-properties', `const { stderr } = process;\nstderr.write('a');\n`],
  ['no-console', `console.log('a');\n`],
])(
  'nothing but the Terminal writes, by %s: %s',
  async (rule, text) => {
    for (const path of ['src/cli/run.ts', 'src/node/makeFolder.ts', 'src/server/rehearsal.ts']) {
      expect(await brokenRules(path, text)).toContain(rule);
    }
  },
  60_000,
);
