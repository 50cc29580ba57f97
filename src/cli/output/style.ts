import { printable } from '../../base';

export { printable } from '../../base';

/** Applies a style to a text, or returns it unchanged if colors are off. */
export type Paint = (style: Style, text: string) => string;

const codes = {
  bold: 1,
  dim: 2,
  underline: 4,
  red: 31,
  green: 32,
  yellow: 33,
  blue: 34,
  cyan: 36,
} as const;

export type Style = keyof typeof codes;

export function createPaint(colors: boolean): Paint {
  return (style, text) =>
    colors && text !== '' ? `\u001b[${codes[style]}m${text}\u001b[0m` : text;
}

/** Whether to use colors, by https://no-color.org and https://force-color.org, the former first. */
export function wantsColors(
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0';
  return isTerminal && env['TERM'] !== 'dumb';
}

/** Control characters but line feeds and tabs, and all that {@link printable} escapes; styles are matched first. */
const unprintableInLines =
  // oxlint-disable-next-line no-control-regex -- control characters are what this is about
  /\u001b\[(?:[0124]|3[1-46])m|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

/** Finds a superset of {@link unprintableInLines}. */
const mayBeUnprintable =
  // oxlint-disable-next-line no-control-regex -- control characters are what this is about
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/;

/**
 * Escapes control characters in a multi-line text for a terminal. In JSON, the escapes mean the same characters.
 *
 * @param colors - whether to keep styles of {@link createPaint}
 */
export function printableLines(text: string, colors: boolean): string {
  // Searching for surrogate pairs takes ten times as long as searching for surrogates.
  if (!mayBeUnprintable.test(text)) return text;
  return text.replace(unprintableInLines, match =>
    match.length === 1 ? printable(match) : colors ? match : `\\u001b${match.slice(1)}`,
  );
}

/** Returns the approximate width of a text in columns: wide characters count as two, combining marks as none. */
export function textWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) {
    if (/\p{Mark}/u.test(character)) continue;
    width +=
      /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}

/** Truncates a text to a number of columns, with an ellipsis. */
export function fitText(text: string, columns: number, keep: 'start' | 'end' = 'start'): string {
  if (textWidth(text) <= columns) return text;
  const characters = keep === 'start' ? [...text] : [...text].reverse();
  const fitted: string[] = [];
  let width = 1;
  for (const character of characters) {
    width += textWidth(character);
    if (width > columns) break;
    fitted.push(character);
  }
  return keep === 'start' ? `${fitted.join('')}…` : `…${fitted.reverse().join('')}`;
}
