/**
 * Returns the factor by which the time grows for an input that is four times as large: about 4 for linear time, 16 for
 * quadratic time. Measures CPU time of this process, the best of five runs, because others use the machine, too.
 */
export async function growth(run: (size: number) => unknown, size: number): Promise<number> {
  await run(size);
  const small = await bestOfFive(() => run(size), 0);
  return (await bestOfFive(() => run(4 * size), small * LINEAR)) / small;
}

/** Between what linear and quadratic time give. */
export const LINEAR = 9;

/** Microseconds, at least a thousand. Less than `enough` ends it early: the best is less, too. */
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
