/**
 * How many times as long something takes for an input that is four times as large: about 4 where it takes
 * linear time, 16 where it takes the square. CPU time of this process, the best of five each, since others
 * use the machine too. What seems to grow faster gets more tries: its code may not be compiled yet.
 */
export async function growth(run: (size: number) => unknown, size: number): Promise<number> {
  await run(size);
  const small = await best(() => run(size), { tries: 5, enough: 0 });
  return (await best(() => run(4 * size), { tries: 20, enough: small * LINEAR })) / small;
}

/** Between what linear and quadratic time give. */
export const LINEAR = 9;

/** Microseconds, at least a thousand. Less than `enough` ends it early: the best is less, too. */
async function best(
  run: () => unknown,
  { tries, enough }: { readonly tries: number; readonly enough: number },
): Promise<number> {
  let least = Infinity;
  for (let attempt = 0; attempt < tries && least >= enough; attempt++) {
    const before = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, Math.max(1000, user + system));
  }
  return least;
}
