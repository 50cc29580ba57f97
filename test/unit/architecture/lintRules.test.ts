import { join } from 'node:path';
import { ESLint, Linter } from 'eslint';
import ts from 'typescript';
import tseslint from 'typescript-eslint';
import { expect, it } from 'vitest';
import { root } from '../../../scripts/lib/project.mjs';
import { findTableReads } from '../../../scripts/lib/tableReads.mjs';

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
const SYNTAX = 'no-restricted-syntax';

it.each<[string, string, string, readonly string[]]>([
  [
    'only platform/core/yaml reads YAML',
    'src/features/scaffolder/core/drift/a.ts',
    `import { parse } from 'yaml';`,
    [YAML],
  ],
  [
    'platform/core/yaml reads YAML',
    'src/platform/core/yaml/parseYaml.ts',
    `import { parse } from 'yaml';`,
    [],
  ],
  [
    'others write YAML',
    'src/features/scaffolder/core/drift/a.ts',
    `import { stringify } from 'yaml';`,
    [],
  ],
  ['only the Terminal writes', 'src/cli/run.ts', `process.stdout.write('a');`, [WRITES]],
  ['no adapter writes', 'src/platform/node/a.ts', `const { stderr } = process;`, [WRITES]],
  [
    'no member begins with _',
    'src/platform/core/a.ts',
    `class A { #_a = 1; _b() {} }`,
    [SYNTAX, SYNTAX],
  ],
  ['parameters may begin with _', 'src/platform/core/a.ts', `class A { b(_a: 1) {} }`, []],
  [
    'no literal is spread',
    'src/server/a.ts',
    `const a = [...[1], { ...{ b: 1 } }];`,
    [SYNTAX, SYNTAX],
  ],
  ['lists are spread', 'src/server/a.ts', `const a = [...b, { ...c }];`, []],
  ['no server writes', 'src/server/a.ts', `console.log('a');`, ['no-console']],
  [
    'only src/platform/vscode/trust asks for trust',
    'src/features/portal/vscode/a.ts',
    `export const a = vscode.workspace.isTrusted;`,
    [SYNTAX],
  ],
])('%s', async (_, file, text, expected) => {
  expect(await restrictionsBrokenBy(text, file)).toEqual(expected);
});

it.each<[string, number]>([
  [`try { a(); } catch {}`, 1],
  [`try { a(); } catch { return undefined; }`, 1],
  [`try { a(); } catch { /* It is gone. */ }`, 0],
  [`try { a(); } catch {\n  // It is gone.\n  return undefined;\n}`, 0],
  [`try { a(); } catch (error) { report(error); }`, 0],
])('requires a reason for an ignored error: %s', async (text, count) => {
  const eslint = new ESLint({ cwd: root });
  const [result] = await eslint.lintText(`export function f(): unknown { ${text} }`, {
    filePath: join(root, 'src/platform/core/a.ts'),
  });
  const found = result?.messages.filter(({ ruleId }) => ruleId === 'callboard/ignored-error');
  expect(found).toHaveLength(count);
});

it.each<[string, string, number]>([
  ['src/api/a.ts', `export interface A {}`, 1],
  ['src/api/a.ts', `// A.\nexport interface A {}`, 1],
  ['src/api/a.ts', `/** A. */\nexport interface A {}`, 0],
  ['src/api/a.ts', `interface A {}\nexport { type A };`, 0],
  ['src/model/a.ts', `export const a = 1;`, 1],
  ['src/platform/core/ports/a.ts', `export type A = string;`, 1],
  ['src/platform/core/a.ts', `export type A = string;`, 0],
])('requires a doc comment in %s: %s', async (path, text, count) => {
  const eslint = new ESLint({ cwd: root });
  const [result] = await eslint.lintText(text, { filePath: join(root, path) });
  const found = result?.messages.filter(({ ruleId }) => ruleId === 'callboard/documented-export');
  expect(found).toHaveLength(count);
});

/** Tables in a source text that are indexed by strings, with types of the language alone. */
function tablesReadByTexts(text: string): readonly string[] {
  const options: ts.CompilerOptions = { lib: ['lib.es2023.d.ts'], types: [], strict: true };
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram(['a.ts'], options, {
    ...host,
    getSourceFile: (name, version) =>
      name === 'a.ts'
        ? ts.createSourceFile(name, text, version)
        : host.getSourceFile(name, version),
  });
  return findTableReads(program, '', file => file === 'a.ts').map(({ table }) => table);
}

const TABLE = `const table: Readonly<Record<string, string>> = { a: 'b' };`;
const READS = ['table'];

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
  [
    'a table that it writes',
    `${TABLE}\nexport const set = (key: string) => { table[key] = ''; };`,
    [],
  ],
  ['a list by numbers', `const list = ['a'];\nexport const read = (at: number) => list[at];`, []],
])('checks reads of tables by text: %s', (_, text, expected) => {
  expect(tablesReadByTexts(text)).toEqual(expected);
});
