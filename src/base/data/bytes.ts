/** One after the other, in memory of its own. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** What a store is given to be written, all at once: texts as UTF-8. */
export async function* chunks(
  ...all: readonly (string | Uint8Array)[]
): AsyncGenerator<Uint8Array> {
  for (const chunk of all)
    yield typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
}

/** The text that bytes are as UTF-8, a byte order mark included; undefined where it would not give them back, or is binary. */
export function exactText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
