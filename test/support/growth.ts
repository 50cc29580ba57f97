/**
 * How many times as long something takes for an input that is four times as large: about 4 where it takes
 * linear time, 16 where it takes the square. CPU time of this process, the best of five each, since others
 * use the machine too.
 */
export async function growth(run: (size: number) => unknown, size: number): Promise<number> {
  await run(size);
  const large = await bestOfFive(() => run(4 * size));
  return large / (await bestOfFive(() => run(size)));
}

/** Between what linear and quadratic time give. */
export const LINEAR = 9;

async function bestOfFive(run: () => unknown): Promise<number> {
  let best = Infinity;
  for (let time = 0; time < 5; time++) {
    const before = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, user + system);
  }
  return Math.max(1000, best);
}
