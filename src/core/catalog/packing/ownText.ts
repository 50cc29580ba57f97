const ENCODER = new TextEncoder();
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The same text as one of its own, in one byte a character where it can be: what is cut out of another
 * one, or put together piece by piece, keeps that or the pieces in memory.
 */
export function ownText(text: string): string {
  return DECODER.decode(ENCODER.encode(text));
}
