/* Replaces Node's `fs` and `util` in isbinaryfile, which gets contents and reads no files. */
export function promisify() {
  return undefined;
}
