import ts from 'typescript';
import { expect, test } from 'vitest';
import { extractStrings, manifestProblems } from '../../../scripts/lib/l10nStrings.mjs';

const declarations = `
declare const l10n: { t(message: unknown, ...args: unknown[]): string };
declare const vscode: { l10n: typeof l10n };
declare function translate(message: string, ...args: unknown[]): string;
declare function translateCount(count: number, forms: { one: string; other: string }, ...args: unknown[]): string;
declare const anything: string;
declare const list: string[];
`;

function extract(code: string): ReturnType<typeof extractStrings> {
  const options: ts.CompilerOptions = { noLib: true, types: [], strict: true };
  const host = ts.createCompilerHost(options);
  const texts = new Map([
    ['/src/declarations.d.ts', declarations],
    ['/src/code.ts', code],
  ]);
  host.fileExists = name => texts.has(name);
  host.getSourceFile = (name, version) => {
    const text = texts.get(name);
    return text === undefined ? undefined : ts.createSourceFile(name, text, version, true);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return extractStrings(program, name => name === '/src/code.ts');
}

test('collects unique texts in the order of their keys', () => {
  expect(
    extract(`
      vscode.l10n.t('Owner');
      l10n.t('{0} of {1} files', 1, 2);
      translate('Kind');
      translate('Kind');
    `),
  ).toEqual({
    strings: { Kind: 'Kind', Owner: 'Owner', '{0} of {1} files': '{0} of {1} files' },
    problems: [],
  });
});

test('adds comments for translators to the keys, as VS Code does', () => {
  const { strings } = extract(`
    l10n.t({ message: 'Open {0}', args: [anything], comment: ['A door', ', not a file'] });
  `);
  expect(strings).toEqual({
    'Open {0}/A door, not a file': { message: 'Open {0}', comment: ['A door', ', not a file'] },
  });
});

test('resolves constant tables and conditions by their types', () => {
  const { strings, problems } = extract(`
    declare const row: { readonly label: 'Domains' | 'Systems' };
    translate(row.label);
    translate(anything ? 'One' : 'Many');
  `);
  expect(problems).toEqual([]);
  expect(Object.keys(strings)).toEqual(['Domains', 'Many', 'One', 'Systems']);
});

test('collects plural forms, also those of constant tables', () => {
  const { strings, problems } = extract(`
    declare const row: { readonly one: '{0} API'; readonly other: '{0} APIs' };
    translateCount(2, row);
    translateCount(1, { one: 'Used once', other: 'Used {0} times' });
  `);
  expect(problems).toEqual([]);
  expect(Object.keys(strings)).toEqual(['Used once', 'Used {0} times', '{0} API', '{0} APIs']);
});

test.each([
  [
    "translateCount(1, { one: anything, other: '' })",
    'the form "one" is not known before it runs.',
  ],
  [
    "translateCount(1, { one: '{0} file', other: '{0} in {1}' })",
    '"{0} in {1}" and its arguments differ in {1}.',
  ],
  ['l10n.t(anything)', 'anything is not known before it runs.'],
  ['l10n.t(`Hello ${anything}`)', '`Hello ${anything}` is not known before it runs.'],
  ["translate('Hello ' + anything)", "'Hello ' + anything is not known before it runs."],
  ['l10n.t({ message: anything })', '{ message: anything } is not known before it runs.'],
  ['l10n.t()', 'there is no text.'],
  ["l10n.t('{0} of {1}', 1)", '"{0} of {1}" and its arguments differ in {1}.'],
  ["l10n.t('All', 1)", '"All" and its arguments differ in {0}.'],
  ["l10n.t('{name}', { nme: 1 })", '"{name}" and its arguments differ in {name}.'],
])('rejects %s', (code, problem) => {
  expect(extract(`\n${code};`).problems).toEqual([`/src/code.ts:2: ${problem}`]);
});

test('does not count spread arguments', () => {
  expect(extract("l10n.t('{0} of {1}', ...list);").problems).toEqual([]);
});

test('compares a manifest with its texts', () => {
  const manifest =
    '{ "displayName": "%name%", "description": "100% local, %half" , "a": "%gone%" }';
  expect(manifestProblems(manifest, { name: 'Callboard', old: 'Old' })).toEqual([
    'package.nls.json: there is no "gone".',
    'package.nls.json: "old" is not used.',
  ]);
});
