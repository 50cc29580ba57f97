import { describe, expect, it } from 'vitest';
import { cursorAt } from '../../../../../../src/features/authoring/language/documents/cursor';
import { YamlText } from '../../../../../../src/features/authoring/language/documents/yamlText';

function cursor(marked: string): string | undefined {
  const text = new YamlText({ uri: 'file:///a.yaml', version: 0, text: marked.replace('<|>', '') });
  const found = cursorAt(text, marked.indexOf('<|>'));
  return found && `${found.at} ${found.path.join('.')}`;
}

describe('cursorAt', () => {
  it.each([
    ['key b', 'a:\n  c: d\n<|>b: e\n'],
    ['key b', 'a:\n  - c: d\n<|>b: e\n'],
    ['key a.1.b', 'a:\n  - b:\n      c: d\n  - <|>b: e\n'],
    ['value a.c', 'a:\n  c: d<|>\nb: e\n'],
    ['value a', 'a: b<|>\n'],
    [undefined, 'a: b <|>\n'],
    ['value a', 'a: &b c<|>\n'],
    ['value a', 'a: !!str <|>c\n'],
    ['value b', 'a: &c d\nb: *<|>c\n'],
    ['value b.1', 'a: &c d\nb: [x, *c<|> ]\n'],
    // The alias has no text value.
    [undefined, 'a: &c [d]\nb: *<|>c\n'],
    [undefined, 'b: *<|>c\n'],
    [undefined, 'b: &c [*<|>c]\n'],
  ])('finds %s in %j', (expected, marked) => {
    expect(cursor(marked)).toBe(expected);
  });
});
