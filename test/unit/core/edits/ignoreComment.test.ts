import { describe, expect, it } from 'vitest';
import { applyOffsetEdits, ignoreComment } from '../../../../src/core/edits';

/** The text with the comment for its line `here`, or why there is none. */
function ignored(text: string, code = 'some-code'): string {
  const line = text.split('\n').findIndex(part => part.includes('here'));
  const edit = ignoreComment(text, line, code);
  if (!edit.ok) return edit.error;
  return edit.value ? applyOffsetEdits(text, [edit.value]) : 'unchanged';
}

describe('ignoreComment', () => {
  it('puts a comment before the line, indented as the line is', () => {
    expect(ignored('a:\n  b: here\n')).toBe(
      'a:\n  # callboard-disable-next-line some-code\n  b: here\n',
    );
  });

  it('keeps line ends, and takes the first line as well', () => {
    expect(ignored('a: here\r\nb: 1\r\n')).toBe(
      '# callboard-disable-next-line some-code\r\na: here\r\nb: 1\r\n',
    );
  });

  it('adds the code to a comment that is there, before its reason', () => {
    expect(ignored('# callboard-disable-next-line other -- known\na: here\n')).toBe(
      '# callboard-disable-next-line other, some-code -- known\na: here\n',
    );
  });

  it.each([
    '# callboard-disable-next-line\na: here\n',
    '# callboard-disable-next-line some-code\na: here\n',
    'a: here # callboard-disable-line some-code\n',
  ])('does nothing where the problem is off: %j', text => {
    expect(ignored(text)).toBe('unchanged');
  });

  it.each(['a: |\n  text\n  here\n', 'a: "text\n  here"\n', 'a: text\n  here\n'])(
    'refuses where the comment would be part of a value: %j',
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
