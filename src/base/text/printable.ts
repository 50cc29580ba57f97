// Control characters, ends of lines, those that reorder text, and halves of surrogate pairs.
const unprintable =
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

/**
 * Untrusted text on one line of a terminal or a question, with escapes in the place of characters that would move the
 * cursor, change colors, begin a line or hide what follows.
 */
export function printable(text: string): string {
  return text.replace(unprintable, escapeOf);
}

/** A name that somebody decides by, on one line: characters that are not visible are escapes. */
export function printableName(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]|(?! )\p{Zs}/gu, character =>
    character === '\t' ? '\\t' : escapeOf(character),
  );
}

function escapeOf(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\t') return ' ';
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}
