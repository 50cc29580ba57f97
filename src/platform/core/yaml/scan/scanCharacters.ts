/**
 * Thrown by the quick parser where it is not certain to read a document exactly as `yaml` does, and
 * caught at its door: the document is then read by `yaml`.
 */
export class Doubt extends Error {}

/** The end of the text included: its code is not a number. */
export function isEndOfLine(code: number): boolean {
  return code === 0x0a || code === 0x0d || code !== code;
}

/**
 * Neither the end of the text, nor a control character, nor one of those that some take for a line
 * break or for nothing.
 */
export function isPrintable(code: number): boolean {
  if (code < 0x7f) return code >= 0x20;
  return code >= 0xa0 && code !== 0x2028 && code !== 0x2029 && code !== 0xfeff;
}

/** A blank or the end of the line. */
export function isBlank(code: number): boolean {
  return code === 0x20 || isEndOfLine(code);
}

/** Which of the characters of ASCII are among these. */
export function marksOf(characters: string): readonly boolean[] {
  const marks = new Array<boolean>(128).fill(false);
  for (const character of characters) marks[character.charCodeAt(0)] = true;
  return marks;
}
