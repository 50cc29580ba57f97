import { isBinaryFileSync } from 'isbinaryfile';

/** Bytes that print as the text they hold, as a Buffer of Node's does: isbinaryfile compares that with `%PDF-`. */
class PrintableBytes extends Uint8Array {
  override toString(): string {
    return String.fromCharCode(...this);
  }
}

/** Whether a file holds no text, by its first 512 bytes: Backstage's scaffolder copies such files as they are. */
export function isBinary(content: Uint8Array): boolean {
  return isBinaryFileSync(new PrintableBytes(content.subarray(0, 1000)));
}
