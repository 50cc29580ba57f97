/** Refs in one question about no more than their versions. */
const MOST = 500;
/** Characters of refs in one question: Backstage reads no body above 100 kB. */
const LONGEST = 50_000;

/** As many refs at a time as a server may be asked for by name. */
export function* refBatches(refs: readonly string[]): Generator<readonly string[]> {
  let batch: string[] = [];
  let length = 0;
  for (const ref of refs) {
    if (batch.length >= MOST || (batch.length && length + ref.length > LONGEST)) {
      yield batch;
      [batch, length] = [[], 0];
    }
    batch.push(ref);
    length += ref.length + 3;
  }
  if (batch.length) yield batch;
}
