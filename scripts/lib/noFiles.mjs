/* Stands in for Node's `fs` and `util` in isbinaryfile, which is given contents and reads no files. */
export function promisify() {
  return undefined;
}
