import { isBinaryFileSync } from 'isbinaryfile';

/** Bytes that print as the text they hold, like a Node Buffer: isbinaryfile compares that text with `%PDF-`. */
class PrintableBytes extends Uint8Array {
  override toString(): string {
    return String.fromCharCode(...this);
  }
}

/**
 * Whether a file is binary, judged by its first 512 bytes as in Backstage's scaffolder, which copies such files
 * unchanged.
 */
export function isBinary(content: Uint8Array): boolean {
  return isBinaryFileSync(new PrintableBytes(content.subarray(0, 1000)));
}
