/*
 * A snapshot is a row of frames: the lengths of its two parts, a checksum, a text that is read at
 * once, and bytes that are left as they are until they are asked for. It is written and read a frame
 * at a time, so that neither takes long. Frames begin at whole words, so that they are looked through
 * a word at a time.
 */

const WORD = 4;
/** In words. */
const HEAD = 3;

export interface Frame {
  readonly text: string;
  readonly bytes: Uint8Array;
}

export function encodeFrame(text: string, parts: readonly Uint8Array[] = []): Uint8Array {
  const textBytes = new TextEncoder().encode(text);
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const words = new Uint32Array(HEAD + wordsOf(textBytes.length + length));
  const frame = new Uint8Array(words.buffer);
  let at = HEAD * WORD;
  for (const part of [textBytes, ...parts]) {
    frame.set(part, at);
    at += part.length;
  }
  words[0] = textBytes.length;
  words[1] = length;
  words[2] = checksum(words);
  return frame;
}

/** @throws RangeError where a frame is not whole */
export function* decodeFrames(data: Uint8Array): Generator<Frame> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const whole = data.byteOffset % WORD ? data.slice() : data;
  for (let start = 0; start < whole.length;) {
    const head = wordsAt(whole, start, HEAD);
    const [textLength = 0, length = 0, sum] = head;
    const words = wordsAt(whole, start, HEAD + wordsOf(textLength + length));
    if (checksum(words) !== sum) throw new RangeError('A frame is damaged');
    const at = start + HEAD * WORD;
    const bytes = whole.subarray(at + textLength, at + textLength + length);
    yield { text: decoder.decode(whole.subarray(at, at + textLength)), bytes };
    start += words.byteLength;
  }
}

function wordsOf(bytes: number): number {
  return Math.ceil(bytes / WORD);
}

function wordsAt(data: Uint8Array, start: number, count: number): Uint32Array {
  if (start + count * WORD > data.length) throw new RangeError('A frame is cut off');
  return new Uint32Array(data.buffer, data.byteOffset + start, count);
}

/**
 * Tells what was damaged by accident: of all words but the one that it is put in. Four sums, because
 * each would have to wait for itself; none of the steps makes two sums the same that were not.
 */
function checksum(words: Uint32Array): number {
  let [a, b, c, d] = [words[0] ?? 0, words[1] ?? 0, 0, 0];
  let at = HEAD;
  for (; at + 4 <= words.length; at += 4) {
    a = Math.imul(a ^ (words[at] ?? 0), FACTOR);
    b = Math.imul(b ^ (words[at + 1] ?? 0), FACTOR);
    c = Math.imul(c ^ (words[at + 2] ?? 0), FACTOR);
    d = Math.imul(d ^ (words[at + 3] ?? 0), FACTOR);
  }
  for (; at < words.length; at++) a = mixed(a, words[at] ?? 0);
  return mixed(mixed(mixed(a, b), c), d) >>> 0;
}

/** Odd, so that the product tells what it was made of. */
const FACTOR = 0x9e3779b1;

function mixed(sum: number, word: number): number {
  const product = Math.imul(sum ^ word, FACTOR);
  return product ^ (product >>> 15);
}
