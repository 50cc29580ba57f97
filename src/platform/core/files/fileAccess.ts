import type { FileSystem } from '../ports';

/** Returns the text of a file; undefined if it can't be read. */
export async function readableText(
  uri: string,
  fileSystem: Pick<FileSystem, 'readFile'>,
): Promise<string | undefined> {
  try {
    return decodeText(await fileSystem.readFile(uri));
  } catch {
    // The caller does without it, or reports it in its own place.
    return undefined;
  }
}

/** Whether a file or folder exists; false if that can't be determined. */
export async function exists(uri: string, fileSystem: FileSystem): Promise<boolean> {
  try {
    return (await fileSystem.stat(uri)) !== undefined;
  } catch {
    // An unreadable place counts as missing.
    return false;
  }
}

/** Whether a file system's error means that the file doesn't exist. Takes any thrown value. */
export function isMissing(error: unknown): boolean {
  return (error as { code?: unknown } | null | undefined)?.code === 'ENOENT';
}

/** Whether an error is a permission error, by Node's codes. */
export function isDenied(error: unknown): boolean {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return code === 'EACCES' || code === 'EPERM';
}

/** Decodes UTF-8 as Node does: invalid bytes become U+FFFD; a byte order mark is dropped. */
export function decodeText(bytes: Uint8Array): string {
  return DECODER.decode(bytes);
}

const DECODER = new TextDecoder('utf-8');
