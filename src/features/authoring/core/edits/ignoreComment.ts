import { failure, LineIndex, ok, type Result } from '../../../../base';
import { commentSyntaxOf, findDisabledLines } from '../../../../model';
import { composeDocuments } from '../../../../platform/core/yaml';
import { applyOffsetEdits, equalValues, lineEndOf, type OffsetEdit } from './documentEdit';

/** The maximum number of errors of a document that can have comments inserted. */
const MAX_ERRORS = 100;

const EXISTING = /#\s*callboard-disable-next-line[ \t]+[a-z][\w-]*(?:[ \t]*,[ \t]*[a-z][\w-]*)*/;

/**
 * Returns the edit that disables a problem in a file of any language; undefined if a comment does so already. Fails if
 * the language has no supported comments, or if the comment would become part of a value.
 *
 * @param uri - the file's
 */
export function ignoreCommentIn(
  uri: string,
  text: string,
  line: number,
  code: string,
): Result<OffsetEdit | undefined, 'unsafe' | 'no-comments'> {
  switch (commentSyntaxOf(uri)) {
    case 'hash':
      return ignoreComment(text, line, code);
    case 'html':
      return markdownComment(text, line, code);
    case undefined:
      return failure('no-comments');
  }
}

/** At the end of the line: a comment on its own line would end a paragraph, a list or a table. */
function markdownComment(
  text: string,
  line: number,
  code: string,
): Result<OffsetEdit | undefined, 'unsafe'> {
  const disabled = findDisabledLines(text).get(line);
  if (disabled === 'all' || disabled?.has(code)) return ok(undefined);
  const lines = text.split(/\r\n|\n|\r/);
  const fences = lines.slice(0, line + 1).filter(before => /^\s*(?:```|~~~)/.test(before));
  if (fences.length % 2) return failure('unsafe');
  const start = new LineIndex(text).offsetOfLine(line);
  const at = start + (lines[line]?.trimEnd().length ?? 0);
  return ok(insertion(at, ` <!-- callboard-disable-line ${code} -->`));
}

/**
 * Returns the edit that disables a problem by a comment before its line; undefined if one does so already. Adds the
 * code to an existing comment. Fails if the comment would become part of a value, such as a block scalar, and in
 * documents with too many errors.
 *
 * @param compose - parses the text before the edit: callers with many problems of a text can parse it once
 */
export function ignoreComment(
  text: string,
  line: number,
  code: string,
  compose: typeof composeDocuments = composeDocuments,
): Result<OffsetEdit | undefined, 'unsafe'> {
  const disabled = findDisabledLines(text).get(line);
  if (disabled === 'all' || disabled?.has(code)) return ok(undefined);
  const lines = new LineIndex(text);
  const start = lines.offsetOfLine(line);
  const before = line > 0 ? text.slice(lines.offsetOfLine(line - 1), start) : '';
  const existing = EXISTING.exec(before);
  const edit = existing
    ? insertion(lines.offsetOfLine(line - 1) + existing.index + existing[0].length, `, ${code}`)
    : insertion(
        start,
        `${indentAt(text, start)}# callboard-disable-next-line ${code}${lineEndOf(text)}`,
      );
  const after = applyOffsetEdits(text, [edit]);
  const nowDisabled = findDisabledLines(after).get(existing ? line : line + 1);
  if (nowDisabled === undefined || (nowDisabled !== 'all' && !nowDisabled.has(code))) {
    return failure('unsafe');
  }
  return isUnchanged(compose(text), after) ? ok(edit) : failure('unsafe');
}

function insertion(at: number, text: string): OffsetEdit {
  return { start: at, end: at, text };
}

function indentAt(text: string, start: number): string {
  return /^[ \t]*/.exec(text.slice(start, start + 1000))?.[0] ?? '';
}

/** Whether all documents have the same values and errors as before. */
function isUnchanged(old: ReturnType<typeof composeDocuments>, after: string): boolean {
  if (old.some(({ document }) => (document?.errors.length ?? 0) > MAX_ERRORS)) return false;
  const current = composeDocuments(after);
  return (
    old.length === current.length &&
    old.every(({ document }, index) => {
      const other = current[index]?.document;
      if (!document || !other) return document === other;
      if (document.errors.length !== other.errors.length) return false;
      try {
        return equalValues(document.toJS(), other.toJS());
      } catch {
        // Such a value, as of an alias without a target, was missing before, too.
        return true;
      }
    })
  );
}
