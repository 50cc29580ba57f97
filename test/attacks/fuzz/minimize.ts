/** Removes parts of an input for as long as it fails: halves, then smaller ones, then single characters. Ends after some time of the processor. */
export async function minimize(
  input: string,
  isFailing: (input: string) => Promise<boolean>,
  { attempts = 500, cpu = 5_000_000 }: { readonly attempts?: number; readonly cpu?: number } = {},
): Promise<string> {
  const before = process.cpuUsage();
  const isOver = (): boolean => {
    const { user, system } = process.cpuUsage(before);
    return left <= 0 || user + system > cpu;
  };
  let least = input;
  let left = attempts;
  for (let size = Math.ceil(least.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < least.length && !isOver();) {
      const shorter = least.slice(0, at) + least.slice(at + size);
      left--;
      if (await isFailing(shorter)) least = shorter;
      else at += size;
    }
  }
  return least;
}
