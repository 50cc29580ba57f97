import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { YamlText } from '../../../../../../src/features/authoring/language';
import { cursorAt } from '../../../../../../src/features/authoring/language/documents/cursor';
import { longRun } from '../../../../../support/longRun';

const textOf = (text: string, previous?: YamlText): YamlText =>
  new YamlText({ uri: 'file:///a.yaml', version: 1, text }, previous);

const DOCUMENTS = ['a: 1\n', '---\nb: 2\n', '---\nc: 3\n', '---\nd: 4\n'];

/** For each document after an edit, its index before. */
function indexesBefore(before: YamlText, after: YamlText): readonly number[] {
  return after.parts.map(({ part }) => before.parts.findIndex(other => other.part === part));
}

describe('Edit of a YAML text', () => {
  const before = textOf(DOCUMENTS.join(''));

  it.each([
    ['of a document', DOCUMENTS.with(1, '---\nb: 5\n'), [0, -1, 2, 3]],
    ['of the first', DOCUMENTS.with(0, '# A\n\na: 1\n'), [-1, 1, 2, 3]],
    ['of the last', DOCUMENTS.with(3, '---\nd: 5'), [0, 1, 2, -1]],
    ['adding one', DOCUMENTS.toSpliced(2, 0, '---\nx: 1\n'), [0, 1, -1, 2, 3]],
    ['removing one', DOCUMENTS.toSpliced(1, 1), [0, 2, 3]],
    [
      'of two with an addition between',
      ['a: 5\n', '---\nb: 2\n', '---\nx: 1\n', '---\nc: 3\n', '---\nd: 5\n'],
      [-1, 1, -1, 2, -1],
    ],
    ['moving one', ['a: 1\n', '---\nd: 4\n', '---\nb: 2\n', '---\nc: 3\n'], [0, 3, 1, 2]],
    ['duplicating one', [...DOCUMENTS, '---\nb: 2\n'], [0, 1, 2, 3, 1]],
    ['without a change', DOCUMENTS, [0, 1, 2, 3]],
  ])('%s keeps the other documents', (_, parts, expected) => {
    const after = textOf(parts.join(''), before);
    expect(indexesBefore(before, after)).toEqual(expected);
    expect(after.parts).toEqual(textOf(parts.join('')).parts);
  });

  it('keeps a lone surrogate', () => {
    const text = textOf('a: \uD83D\n---\nb: 1\n', before);
    expect(text.parts[0]?.part.source).toBe('a: \uD83D\n');
    expect(indexesBefore(text, textOf('a: \uD83D\n---\nb: 2\n', text))).toEqual([0, -1]);
  });
});

const aText = fc
  .array(
    fc.constantFrom('a: 1\n', 'b:\r\n  c\r\n', '---\n', '--- # A\n', '\n', '# A\r', '---', '%A\n'),
    { maxLength: 12 },
  )
  .map(pieces => pieces.join(''));

it('has the same documents after edits as a new text', () => {
  fc.assert(
    fc.property(fc.array(aText, { minLength: 2, maxLength: 5 }), texts => {
      let edited: YamlText | undefined;
      for (const text of texts) {
        edited = textOf(text, edited);
        const afresh = textOf(text);
        expect(edited.parts.map(({ part, ...place }) => [part.source, place])).toEqual(
          afresh.parts.map(({ part, ...place }) => [part.source, place]),
        );
        for (const { start, line } of edited.parts) {
          expect(line).toBe(edited.positionAt(start).line);
        }
      }
    }),
    longRun({ runs: 60, seed: 20261125 }),
  );
});

const ITEM = '    - name: a\n      text: Some words that take their place.\n      list: [a, b]\n';
const LONG = `kind: A\n---\nkind: Long\nspec:\n  items:\n${ITEM.repeat(100)}  last: b\n---\nkind: C\n`;

/** All cursor positions and values. */
function contentOf(text: YamlText): unknown {
  const cursors = [];
  for (let offset = 0; offset < text.text.length; offset += 7) {
    const found = cursorAt(text, offset);
    cursors.push(found && [found.placed.index, found.path, found.at, found.scalar]);
  }
  return [text.parts.map(({ part }) => [part.value, part.hasErrors]), cursors];
}

describe('Edit of a long document', () => {
  it.each([
    ['a letter in the middle', (text: string) => text.replace(/(?<=^(?:.|\n){4000})[a-z]/, 'xyz')],
    ['a new item', (text: string) => text.replace('  last', `${ITEM}  last`)],
    [
      'an incomplete key',
      (text: string) => text.replace(`${ITEM}  last`, `${ITEM}      na\n  last`),
    ],
    ['a new document before it', (text: string) => `kind: B\n---\n${text}`],
    ['removal of the next document', (text: string) => text.replace('---\nkind: C\n', '')],
  ])('gives the same as opening it: %s', (_, edit) => {
    const before = textOf(LONG);
    expect(contentOf(before)).toEqual(contentOf(textOf(LONG)));
    const after = textOf(edit(LONG), before);
    expect(contentOf(after)).toEqual(contentOf(textOf(edit(LONG))));
    // The text before the edit still returns the same.
    expect(contentOf(before)).toEqual(contentOf(textOf(LONG)));
    expect(contentOf(textOf(LONG, after))).toEqual(contentOf(textOf(LONG)));
  });

  it('works with versions that were never parsed', () => {
    let text = textOf(LONG);
    expect(text.parts[1]?.part.value).toBeDefined();
    let source = LONG;
    for (const name of ['b', 'bc', 'bcd']) {
      source = source.replace(/name: \w+/, `name: ${name}`);
      text = textOf(source, text);
    }
    expect(contentOf(text)).toEqual(contentOf(textOf(source)));
  });
});
