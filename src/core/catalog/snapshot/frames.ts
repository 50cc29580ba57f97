/*
 * A snapshot is a row of frames: the length of a text in bytes, a checksum, and the text in UTF-8.
 * It is written and read a frame at a time, so that neither takes long.
 */

const HEAD = 8;

export function encodeFrame(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  const frame = new Uint8Array(HEAD + bytes.length);
  frame.set(bytes, HEAD);
  const view = new DataView(frame.buffer);
  view.setUint32(0, bytes.length);
  view.setUint32(4, checksum(bytes));
  return frame;
}

/**
 * The lines of each frame.
 *
 * @throws RangeError where a frame is not whole
 */
export function* decodeFrames(data: Uint8Array): Generator<readonly string[]> {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for (let at = 0; at < data.length;) {
    if (at + HEAD > data.length) throw new RangeError('A frame is cut off');
    const start = at + HEAD;
    const end = start + view.getUint32(at);
    if (end > data.length) throw new RangeError('A frame is cut off');
    const bytes = data.subarray(start, end);
    if (checksum(bytes) !== view.getUint32(at + 4)) throw new RangeError('A frame is damaged');
    yield linesOf(bytes, decoder);
    at = end;
  }
}

/** Each line is a text of its own: parts of one large text would keep all of it in memory. */
function linesOf(bytes: Uint8Array, decoder: TextDecoder): readonly string[] {
  const lines: string[] = [];
  for (let start = 0; start <= bytes.length;) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found < 0 ? bytes.length : found;
    lines.push(decoder.decode(bytes.subarray(start, end)));
    start = end + 1;
  }
  return lines;
}

const LINE_FEED = 10;

/** Tells what was damaged by accident, four bytes at a time. */
function checksum(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sum = bytes.length;
  let at = 0;
  for (; at + 4 <= bytes.length; at += 4) sum = mixed(sum, view.getUint32(at));
  for (; at < bytes.length; at++) sum = mixed(sum, bytes[at] ?? 0);
  return sum >>> 0;
}

function mixed(sum: number, word: number): number {
  const product = Math.imul(sum ^ word, 0x9e3779b1);
  return product ^ (product >>> 15);
}
