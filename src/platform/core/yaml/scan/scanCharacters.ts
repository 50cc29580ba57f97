/** Thrown and caught inside the fast parser where it may differ from `yaml`, which then reads the document. */
export class UnsupportedSyntax extends Error {}

/** Whether a character code ends a line. At the end of the text, the code is NaN. */
export function isEndOfLine(code: number): boolean {
  return code === 0x0a || code === 0x0d || code !== code;
}

/**
 * Whether a character is neither a control character nor one that some parsers treat as a line break or drop, nor the
 * end of the text.
 */
export function isPrintable(code: number): boolean {
  if (code < 0x7f) return code >= 0x20;
  return code >= 0xa0 && code !== 0x2028 && code !== 0x2029 && code !== 0xfeff;
}

/** Whether a character is a space or ends the line. */
export function isBlank(code: number): boolean {
  return code === 0x20 || isEndOfLine(code);
}

/** Returns a lookup table of ASCII characters. */
export function asciiTable(characters: string): readonly boolean[] {
  const marks = new Array<boolean>(128).fill(false);
  for (const character of characters) marks[character.charCodeAt(0)] = true;
  return marks;
}
