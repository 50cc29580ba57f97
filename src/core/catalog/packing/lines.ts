/*
 * Texts without line feeds as bytes: cheaper to pass between threads than texts are, and each of them
 * becomes a text of its own again, in one byte a character where it can be.
 */

const LINE_FEED = 10;
const ENCODER = new TextEncoder();
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });

export function encodeLines(lines: readonly string[]): Uint8Array {
  return ENCODER.encode(lines.join('\n'));
}

/** The lines one after the other, made when they are asked for. */
export function* decodeLines(bytes: Uint8Array): Generator<string, void> {
  for (let start = 0; start <= bytes.length;) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found < 0 ? bytes.length : found;
    yield DECODER.decode(bytes.subarray(start, end));
    start = end + 1;
  }
}

/** The same text as one of its own: what is cut out of another one keeps that in memory. */
export function ownText(text: string): string {
  return DECODER.decode(ENCODER.encode(text));
}
