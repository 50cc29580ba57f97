import { afterEach, describe, expect, it } from 'vitest';
import type { DocumentSymbol } from 'vscode-languageserver-types';
import { navigationProvider } from '../../../../../../src/features/authoring/language/navigation/navigationProvider';
import { expectSymbols } from '../../../../../support/answersInText';
import { aComponent, documents } from '../../../../../support/descriptors';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
} from '../../../../../support/languageWorkspace';
import { realRepositories } from '../../../../../support/realTexts';

let workspace: LanguageWorkspace;

afterEach(() => workspace.dispose());

it('gives sticky scroll the enclosing lines in order', async () => {
  workspace = await openLanguageWorkspace();
  const text = documents(
    `# Of the shop\n${aComponent('one')}`,
    'kind: Template\napiVersion: scaffolder.backstage.io/v1beta3\nspec:\n  steps:\n    - name: Fetch\n      id: fetch\n      input:\n        url: ./skeleton\nmetadata:\n  title: Two\n  name: two\n',
  );
  const symbols = (await navigationProvider.symbols?.(workspace.open('a.yaml', text))) ?? [];
  expect(linesAbove(symbols, text, '  name: one')).toEqual([
    'apiVersion: backstage.io/v1alpha1',
    'metadata:',
    '  name: one',
  ]);
  expect(linesAbove(symbols, text, '        url: ./skeleton')).toEqual([
    'kind: Template',
    'spec:',
    '  steps:',
    '    - name: Fetch',
    '      input:',
    '        url: ./skeleton',
  ]);
  expect(symbols.map(({ name }) => name)).toEqual(['one', 'two']);
});

it('starts a descriptor at its first field despite a stray bracket', async () => {
  workspace = await openLanguageWorkspace();
  const request = workspace.open('a.yaml', `&a }:\n${aComponent('one')}`);
  const symbols = (await navigationProvider.symbols?.(request)) ?? [];
  expect(symbols.map(({ name }) => name)).toEqual(['one']);
  expectSymbols(symbols, request.text.rangeAt(0, request.text.text.length));
});

describe.each(realRepositories('symbols of real files'))(
  'Document symbols in $name',
  ({ files }) => {
    it('are ordered and within their parents in all files', async () => {
      workspace = await openLanguageWorkspace(files);
      for (const path of Object.keys(files).filter(name => /\.ya?ml$/.test(name))) {
        const request = workspace.open(path);
        const { text } = request;
        const symbols = (await navigationProvider.symbols?.(request)) ?? [];
        expectSymbols(symbols, text.rangeAt(0, text.text.length));
      }
    });
  },
);

/** Selected lines of the symbols around a line, outermost first. */
function linesAbove(
  symbols: readonly DocumentSymbol[],
  text: string,
  line: string,
): readonly string[] {
  const lines = text.split('\n');
  const at = lines.indexOf(line);
  const found: string[] = [];
  let within: readonly DocumentSymbol[] | undefined = symbols;
  while (within?.length) {
    const around: DocumentSymbol | undefined = within.find(
      ({ range }) => range.start.line <= at && at <= range.end.line,
    );
    if (around) found.push(lines[around.selectionRange.start.line] ?? '');
    within = around?.children;
  }
  return found;
}
