/**
 * Returns the factor by which the time grows for an input that is four times as large: about 4 for linear time, 16 for
 * quadratic time. Measures CPU time of this process, the best of five runs, because others use the machine, too.
 */
export async function growth(run: (size: number) => unknown, size: number): Promise<number> {
  await run(size);
  const small = await bestOfFive(() => run(size), 0);
  return (await bestOfFive(() => run(4 * size), small * LINEAR)) / small;
}

/** Limit between linear and quadratic growth. */
export const LINEAR = 9;

/** Returns the best time in microseconds, at least 1000. Stops at the first time below `enough`. */
async function bestOfFive(run: () => unknown, enough: number): Promise<number> {
  let best = Infinity;
  for (let time = 0; time < 5 && best >= enough; time++) {
    const before = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, Math.max(1000, user + system));
  }
  return best;
}
