import type { SelectionRange } from 'vscode-languageserver-types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { structureOfTextProvider } from '../../../../../../src/features/authoring/language/structureOfText/structureOfTextProvider';
import { aComponent, aDescriptor } from '../../../../../support/descriptors';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
} from '../../../../../support/languageWorkspace';
import { textAt } from '../../../../../support/markedText';

let workspace: LanguageWorkspace;
beforeEach(async () => {
  workspace = await openLanguageWorkspace({ 'teams.yaml': aDescriptor('group:team') });
});
afterEach(() => workspace.dispose());

describe('Folding ranges', () => {
  async function folds(text: string): Promise<readonly string[]> {
    const found =
      (await structureOfTextProvider.foldingRanges?.(workspace.open('a.yaml', text))) ?? [];
    return found.map(({ startLine, endLine, kind }) =>
      [`${startLine + 1}-${endLine + 1}`, kind].filter(Boolean).join(' '),
    );
  }

  it.each([
    ['a map', 'x: 1\na:\n  b: 1\n\nc: 2\n', ['1-5', '2-3']],
    ['a list and its items', 'a:\n  - b: 1\n    c: 2\n  - d\n', ['1-4', '2-3']],
    ['a block text', 'x: 1\na: |\n  # one\n  # two\n\nb: 2\n', ['1-6', '2-4']],
    ['documents', 'a: 1\nb: 1\n---\nc: 1\n\n---\nd: 1\n', ['1-2', '3-4', '6-7']],
    ['comments', '# one\n# two\n\n# alone\na: 1\n', ['1-2 comment']],
    ['regions', '# region A\na: 1\n# #region no\n# endregion\n', ['1-4 region', '2-4']],
    ['invalid YAML', 'x: 1\na:\n  b: [\n', ['1-3', '2-3']],
    ['nothing', '', []],
  ])('cover %s', async (_, text, expected) => {
    expect(await folds(text)).toEqual(expected);
  });
});

describe('Selection ranges', () => {
  async function steps(marked: string): Promise<readonly string[]> {
    const request = workspace.cursor('a.yaml', marked);
    const texts: string[] = [];
    let selection: SelectionRange | undefined =
      await structureOfTextProvider.selectionRange?.(request);
    for (; selection; selection = selection.parent) {
      texts.push(textAt(request.text.text, selection.range));
    }
    return texts;
  }

  it('expand from the part of a ref to the file', async () => {
    const head = 'apiVersion: backstage.io/v1alpha1\nkind: Component\nspec:';
    expect(await steps(`${head}\n  dependsOn:\n    - "api:shop/or<|>ders"\n---\nx: 1\n`)).toEqual([
      'orders',
      'shop/orders',
      'api:shop/orders',
      '"api:shop/orders"',
      '- "api:shop/orders"',
      'dependsOn:\n    - "api:shop/orders"',
      'spec:\n  dependsOn:\n    - "api:shop/orders"',
      `${head}\n  dependsOn:\n    - "api:shop/orders"`,
      `${head}\n  dependsOn:\n    - "api:shop/orders"\n`,
      `${head}\n  dependsOn:\n    - "api:shop/orders"\n---\nx: 1\n`,
    ]);
  });

  it('are the document and the file on an empty line', async () => {
    expect(await steps('a: 1\n\n<|>\n')).toEqual(['a: 1\n\n\n']);
  });
});

describe('Semantic tokens', () => {
  it('mark the parts of refs, and dangling ones as unresolved', async () => {
    const text = aComponent('a', {
      owner: 'group:default/team',
      system: 'none',
      dependsOn: ['resource:db', '${{ values.x }}'],
    });
    const tokens = await structureOfTextProvider.semanticTokens?.(workspace.open('a.yaml', text));
    expect(
      tokens?.map(({ start, end, type, modifiers = [] }) =>
        [text.slice(start, end), type, ...modifiers].join(' '),
      ),
    ).toEqual([
      'group type',
      'default namespace',
      'team class',
      'none class unresolved',
      'resource type unresolved',
      'db class unresolved',
    ]);
  });
});
