import { describe, expect, it } from 'vitest';
import { InsertTextFormat } from 'vscode-languageserver-types';
import { filledSnippet } from '../../../../src/features/authoring/language/completion/yamlScalars';
import { itemFor } from '../../../../src/server/requests/plainItems';

describe('filled snippet', () => {
  it.each([
    ['kind: $1', 'kind: '],
    ['name: ${1:shop}$0', 'name: shop'],
    ['type: ${3|service,website|}\n${2}', 'type: service\n'],
    ['${1|a\\,b,c\\|d|} ${2:x ${3:y} z}', 'a,b x y z'],
    ['\\$text: ./$0', '$text: ./'],
    ['\\${1} $ ${ $x \\\\ {}', '${1} $ ${ $x \\ {}'],
    ['paths: {\\}', 'paths: {}'],
    ['${1:open', 'open'],
    ['${1|open', 'open'],
  ])('of %j is %j', (snippet, text) => {
    expect(filledSnippet(snippet)).toBe(text);
  });
});

describe('completion item', () => {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const item = {
    label: 'a',
    insertText: '${1:a}',
    insertTextFormat: InsertTextFormat.Snippet,
    textEdit: { range, newText: 'a: $0' },
    command: { title: 'Suggest', command: 'editor.action.triggerSuggest' },
  };

  it('stays the same for an editor with all capabilities', () => {
    expect(itemFor(item, { takesSnippets: true, hasCommands: true })).toEqual(item);
  });

  it('has no parts that the editor does not support', () => {
    expect(itemFor(item, { takesSnippets: false, hasCommands: false })).toEqual({
      label: 'a',
      insertText: 'a',
      insertTextFormat: InsertTextFormat.PlainText,
      textEdit: { range, newText: 'a: ' },
    });
    expect(itemFor({ label: '$1' }, { takesSnippets: false, hasCommands: false })).toEqual({
      label: '$1',
    });
  });
});
