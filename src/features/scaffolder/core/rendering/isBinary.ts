/** So much of a file is looked at. */
const SCANNED = 512;
/** Bytes behind it that the last character may take. */
const RESERVE = 3;
/** From here on, too many bytes that no text has end the search. */
const DECISIVE = 32;

const TEXT_MARKS: readonly (readonly number[])[] = [
  [0xef, 0xbb, 0xbf],
  [0x00, 0x00, 0xfe, 0xff],
  [0xff, 0xfe, 0x00, 0x00],
  [0x84, 0x31, 0x95, 0x33],
];
const PDF = [0x25, 0x50, 0x44, 0x46, 0x2d];
const UTF_16_MARKS: readonly (readonly number[])[] = [
  [0xfe, 0xff],
  [0xff, 0xfe],
];

/**
 * Whether a file is copied as it is, because it holds no text. By what its first bytes look like, as
 * `isbinaryfile` 5 does, which Backstage asks: a test holds the two against each other.
 */
export function isBinary(content: Uint8Array): boolean {
  const bytes = content.subarray(0, SCANNED + RESERVE);
  if (bytes.length === 0 || TEXT_MARKS.some(mark => startsWith(bytes, mark))) return false;
  if (startsWith(bytes, PDF)) return true;
  if (UTF_16_MARKS.some(mark => startsWith(bytes, mark))) return false;
  const scanned = Math.min(bytes.length, SCANNED);
  let suspicious = 0;
  for (let at = 0; at < scanned; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 0) return true;
    if (isPlain(byte)) continue;
    const [isCharacter, taken] = readCharacter(bytes, at);
    at += taken;
    if (isCharacter) continue;
    suspicious++;
    if (at >= DECISIVE && (suspicious * 100) / scanned > 10) return true;
  }
  return (suspicious * 100) / scanned > 10 || (suspicious > 1 && isProtobuf(bytes));
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

/** Printable ASCII, and the control characters that texts have. */
function isPlain(byte: number): boolean {
  return (byte >= 7 && byte <= 14) || (byte >= 32 && byte <= 127);
}

/**
 * A character of UTF-8 of several bytes.
 *
 * @returns whether it is one, and how many bytes after the first are passed over either way
 */
function readCharacter(bytes: Uint8Array, at: number): readonly [isOne: boolean, taken: number] {
  const more = following(bytes[at] ?? 0);
  if (more === 0 || at + more >= bytes.length) return [false, 0];
  for (let offset = 1; offset <= more; offset++) {
    const byte = bytes[at + offset] ?? 0;
    // What only looked like the first byte takes the second with it.
    if (byte < 0x80 || byte > 0xbf) return [false, 1];
  }
  return [true, more];
}

function following(byte: number): number {
  if (byte >= 0xc0 && byte <= 0xdf) return 1;
  if (byte >= 0xe0 && byte <= 0xef) return 2;
  return byte >= 0xf0 && byte <= 0xf7 ? 3 : 0;
}

/** Whether the bytes read as messages of Protocol Buffers, the last of which may be cut off. */
function isProtobuf(bytes: Uint8Array): boolean {
  let at = 0;
  let isCutOff = false;
  const take = (count: number): number => {
    // A length below zero, as large ones come out, takes nothing.
    for (let left = count; left > 0; left--) {
      if (at === bytes.length) isCutOff = true;
      if (isCutOff) return 0xff;
      at++;
    }
    return bytes[at - 1] ?? 0;
  };
  const takeNumber = (): number => {
    let number = 0;
    for (let index = 0; !isCutOff; index++) {
      const byte = take(1);
      number |= (byte & 0x7f) << (7 * index);
      if ((byte & 0x80) === 0) break;
      if (index >= 10) isCutOff = true;
    }
    return number;
  };
  for (let messages = 0; ; messages++) {
    const isKnown = takeField(takeNumber() & 7, take, takeNumber);
    if (isCutOff) return messages > 0;
    if (!isKnown) return false;
  }
}

/** Takes the value of a field by its wire type. @returns whether there is such a type */
function takeField(type: number, take: (count: number) => void, takeNumber: () => number): boolean {
  if (type === 0) takeNumber();
  else if (type === 1) take(8);
  else if (type === 2) take(takeNumber());
  else if (type === 5) take(4);
  else return false;
  return true;
}
