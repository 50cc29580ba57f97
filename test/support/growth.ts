/**
 * How many times as long something takes for an input that is four times as large: about 4 where it takes
 * linear time, 16 where it takes the square. CPU time of this process, the best of five each, since others
 * use the machine too.
 */
export function growth(run: (size: number) => void, size: number): number {
  run(size);
  return bestOfFive(() => run(4 * size)) / bestOfFive(() => run(size));
}

/** Between what linear and quadratic time give. */
export const LINEAR = 9;

function bestOfFive(run: () => void): number {
  const times = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return user + system;
  });
  return Math.max(1000, Math.min(...times));
}
