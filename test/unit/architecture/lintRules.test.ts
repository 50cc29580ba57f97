import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { findTableReads } from '../../../scripts/lib/tableReads.mjs';
import { lint } from '../../support/lint';

/** Rules of our own, and those that restrict what a folder may use. */
const RESTRICTING = /^callboard|restricted|no-console/;

const YAML = 'eslint(no-restricted-imports)';
const WRITES = 'eslint(no-restricted-properties)';
const UNDERSCORE = 'callboard(no-underscore-members)';
const SPREAD = 'callboard(no-spread-literals)';
const IGNORED = 'callboard(ignored-error)';
const DOCUMENTED = 'callboard(documented-export)';

const cases: readonly (readonly [string, string, string, readonly string[]])[] = [
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
  [
    'others know types of YAML',
    'src/features/scaffolder/core/drift/a.ts',
    `import type { Parser } from 'yaml';`,
    [],
  ],
  ['only the Terminal writes', 'src/cli/run.ts', `process.stdout.write('a');`, [WRITES]],
  ['no adapter writes', 'src/platform/node/a.ts', `const { stderr } = process;`, [WRITES]],
  [
    'no core uses what only Node has',
    'src/features/search/core/a.ts',
    `setImmediate(a);`,
    ['eslint(no-restricted-globals)'],
  ],
  [
    'no member begins with _',
    'src/platform/core/a.ts',
    `class A { #_a = 1; _b() {} }`,
    [UNDERSCORE, UNDERSCORE],
  ],
  ['parameters may begin with _', 'src/platform/core/a.ts', `class A { b(_a: 1) {} }`, []],
  [
    'no literal is spread',
    'src/server/a.ts',
    `const a = [...[1], { ...{ b: 1 } }];`,
    [SPREAD, SPREAD],
  ],
  ['lists are spread', 'src/server/a.ts', `const a = [...b, { ...c }];`, []],
  [
    'no interface has a prefix',
    'src/server/a.ts',
    `interface IThing {}`,
    ['callboard(no-interface-prefix)'],
  ],
  ['interfaces may begin with I', 'src/server/a.ts', `interface Icon {}`, []],
  ['one thing has one name', 'src/server/a.ts', `export default a;`, ['callboard(named-exports)']],
  ['no server writes', 'src/server/a.ts', `console.log('a');`, ['eslint(no-console)']],
  ...[
    [`try { a(); } catch {}`, [IGNORED]] as const,
    [`try { a(); } catch { b(); }`, [IGNORED]] as const,
    [`try { a(); } catch { /* It is gone. */ }`, []] as const,
    [`try { a(); } catch {\n  // It is gone.\n  b();\n}`, []] as const,
    [`try { a(); } catch (error) { report(error); }`, []] as const,
  ].map(([text, rules]): [string, string, string, readonly string[]] => [
    `requires a reason for an ignored error: ${text}`,
    'src/platform/core/a.ts',
    text,
    rules,
  ]),
  ...[
    ['src/api/a.ts', `export interface A {}`, [DOCUMENTED]] as const,
    ['src/api/a.ts', `// A.\nexport interface A {}`, [DOCUMENTED]] as const,
    ['src/api/a.ts', `/** A. */\nexport interface A {}`, []] as const,
    ['src/api/a.ts', `interface A {}\nexport { type A };`, []] as const,
    ['src/model/a.ts', `export const a = 1;`, [DOCUMENTED]] as const,
    ['src/platform/core/ports/a.ts', `export type A = string;`, [DOCUMENTED]] as const,
    ['src/platform/core/a.ts', `export type A = string;`, []] as const,
  ].map(([path, text, rules]): [string, string, string, readonly string[]] => [
    `requires a doc comment in ${path}: ${text}`,
    path,
    text,
    rules,
  ]),
];

describe('rules that restrict what a file may have', () => {
  let broken: readonly (readonly string[])[] = [];

  beforeAll(async () => {
    const found = await lint(cases.map(([, path, text]) => ({ path, text })));
    broken = found.map(problems =>
      problems.map(({ code }) => code).filter(code => RESTRICTING.test(code)),
    );
  });

  it.each(cases.map(([name, , , expected], index) => [name, index, expected] as const))(
    '%s',
    (_, index, expected) => {
      expect(broken[index]).toEqual(expected);
    },
  );
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
