import { Transform } from 'node:stream';

const END = '\r\n\r\n';
/** The maximum size of the headers of a message, in bytes. */
const MAX_HEADERS = 8192;
/** The maximum size of a message, in bytes. Editors send whole files. */
const MAX_MESSAGE = 100_000_000;

/**
 * Passes on messages of the Language Server Protocol, and ends before one without a usable length or above the maximum
 * size: the messages after it can't be found, and a reader would buffer everything.
 *
 * @param onError - called once with the reason, before the end
 */
export function limitedMessages(onError: (message: string) => void): Transform {
  const messages = new Messages();
  return new Transform({
    transform(chunk: Buffer, _, done) {
      if (messages.refusal !== undefined) return done();
      const size = messages.follow(chunk);
      this.push(chunk.subarray(0, size));
      if (messages.refusal !== undefined) {
        onError(messages.refusal);
        this.push(null);
      }
      done();
    },
  });
}

/** Tracks the boundaries of messages. */
class Messages {
  /** The reason why reading has stopped. */
  refusal: string | undefined;
  #headers = Buffer.alloc(0);
  /** The remaining bytes of the current message. */
  #left = 0;

  /** Returns how many bytes of a chunk belong to valid messages. */
  follow(chunk: Buffer): number {
    let at = 0;
    while (at < chunk.length) {
      if (this.#left > 0) {
        const taken = Math.min(this.#left, chunk.length - at);
        this.#left -= taken;
        at += taken;
        continue;
      }
      const before = this.#headers.length;
      const headers = Buffer.concat([this.#headers, chunk.subarray(at, at + MAX_HEADERS)]);
      const end = headers.indexOf(END, Math.max(0, before - END.length));
      if (end < 0 && headers.length < MAX_HEADERS) {
        this.#headers = headers;
        return chunk.length;
      }
      const length = end < 0 ? undefined : lengthIn(headers.toString('latin1', 0, end));
      if (length === undefined) this.refusal = 'A message has no usable Content-Length header';
      else if (length > MAX_MESSAGE) this.refusal = `A message has more than ${MAX_MESSAGE} bytes`;
      if (length === undefined || this.refusal !== undefined) return at;
      this.#headers = Buffer.alloc(0);
      this.#left = length;
      at += end + END.length - before;
    }
    return at;
  }
}

/** Returns the length in headers; undefined if there is none or several differ. */
function lengthIn(headers: string): number | undefined {
  const lengths = new Set<string>();
  for (const line of headers.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon < 0) return undefined;
    if (line.slice(0, colon).toLowerCase() !== 'content-length') continue;
    lengths.add(line.slice(colon + 1).trim());
  }
  const [length, ...others] = lengths;
  if (length === undefined || others.length > 0 || !/^\d{1,15}$/.test(length)) return undefined;
  return Number(length);
}
