import { describe, expect, it } from 'vitest';
import {
  applyOffsetEdits,
  ignoreComment,
  ignoreCommentIn,
} from '../../../../../../src/features/authoring/core/edits';
import { composeDocuments } from '../../../../../../src/platform/core/yaml';

/** The text with the comment for its line `here`, or the reason for none. */
function ignored(text: string, code = 'some-code'): string {
  const line = text.split('\n').findIndex(part => part.includes('here'));
  const edit = ignoreComment(text, line, code);
  if (!edit.ok) return edit.error;
  return edit.value ? applyOffsetEdits(text, [edit.value]) : 'unchanged';
}

describe('ignoreComment', () => {
  it('inserts a comment before the line with its indentation', () => {
    expect(ignored('a:\n  b: here\n')).toBe(
      'a:\n  # callboard-disable-next-line some-code\n  b: here\n',
    );
  });

  it('keeps line ends and supports the first line', () => {
    expect(ignored('a: here\r\nb: 1\r\n')).toBe(
      '# callboard-disable-next-line some-code\r\na: here\r\nb: 1\r\n',
    );
  });

  it('adds the code to an existing comment before its reason', () => {
    expect(ignored('# callboard-disable-next-line other -- known\na: here\n')).toBe(
      '# callboard-disable-next-line other, some-code -- known\na: here\n',
    );
  });

  it.each([
    '# callboard-disable-next-line\na: here\n',
    '# callboard-disable-next-line some-code\na: here\n',
    'a: here # callboard-disable-line some-code\n',
  ])('changes nothing when the problem is already ignored: %j', text => {
    expect(ignored(text)).toBe('unchanged');
  });

  it.each(['a: |\n  text\n  here\n', 'a: "text\n  here"\n', 'a: text\n  here\n'])(
    'rejects a comment that would be part of a value: %j',
    text => {
      expect(ignored(text)).toBe('unsafe');
    },
  );

  it('works in a document with errors', () => {
    expect(ignored('a: 1\na: here\n')).toBe(
      'a: 1\n# callboard-disable-next-line some-code\na: here\n',
    );
  });
});

describe('ignoreCommentIn', () => {
  const ignoredIn = (name: string, text: string): string | undefined => {
    const line = text.split('\n').findIndex(part => part.includes('here'));
    const edit = ignoreCommentIn(`file:///work/${name}`, text, line, 'some-code');
    if (!edit.ok) return edit.error;
    return edit.value && applyOffsetEdits(text, [edit.value]);
  };

  it("writes comments in the file's language", () => {
    expect(ignoredIn('a.yaml', 'a: here\n')).toBe(
      '# callboard-disable-next-line some-code\na: here\n',
    );
    expect(ignoredIn('CODEOWNERS', 'here @crew\n')).toMatch(/^# callboard/);
    expect(ignoredIn('docs/index.md', '# A\n\n- here  \n- b\n')).toBe(
      '# A\n\n- here <!-- callboard-disable-line some-code -->  \n- b\n',
    );
    expect(ignoredIn('a.md', 'here <!-- callboard-disable-line some-code -->\n')).toBeUndefined();
  });

  it('rejects files without comments', () => {
    expect(ignoredIn('a.json', '{\n"a": "here"\n}\n')).toBe('no-comments');
    expect(ignoredIn('a.proto', 'here\n')).toBe('no-comments');
    expect(ignoredIn('a.md', '```\nhere\n```\n')).toBe('unsafe');
    expect(ignoredIn('a.md', '```\na\n```\nhere\n')).toMatch(/here <!-- callboard/);
  });
});

it('rejects a document with very many errors after one parse', () => {
  let parsed = 0;
  const text = `a: [\n${'|\n'.repeat(1_000)}`;
  const result = ignoreComment(text, 1, 'unknown-kind', source => {
    parsed++;
    return composeDocuments(source);
  });
  expect(result).toEqual({ ok: false, error: 'unsafe' });
  expect(parsed).toBe(1);
});
