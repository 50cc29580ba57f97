/** Prints measured times, in milliseconds. */
export function report(what: string, values: readonly number[]): void {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): string => {
    return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0);
  };
  console.log(`${what.padEnd(56)} median ${at(0.5)} ms, p95 ${at(0.95)} ms (${values.length})`);
}
