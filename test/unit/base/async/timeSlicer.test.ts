import { expect, it } from 'vitest';
import { TimeSlicer } from '../../../../src/base';

/** A clock whose time passes by work only. All that yield run again in the next turn. */
class Turns {
  time = 0;
  #waiting: (() => void)[] = [];

  now = (): number => this.time;
  yield = (): Promise<void> => new Promise(resolve => void this.#waiting.push(resolve));

  /** Runs turns until nothing waits. Returns the milliseconds of work in each. */
  async run(): Promise<readonly number[]> {
    const turns: number[] = [];
    for (let begun = 0; ; begun = this.time) {
      // Promises resolve before the next timer.
      await new Promise(resolve => setTimeout(resolve));
      turns.push(this.time - begun);
      if (!this.#waiting.length) return turns;
      for (const resume of this.#waiting.splice(0)) resume();
    }
  }
}

it('gives one slice to all that work at the same time', async () => {
  const clock = new Turns();
  const slices = new TimeSlicer(clock);
  let done = 0;
  const work = async (): Promise<void> => {
    for (let step = 0; step < 10; step++) {
      clock.time += 3;
      await slices.pause();
    }
    done++;
  };
  const workers = Array.from({ length: 32 }, work);
  const turns = await clock.run();
  await Promise.all(workers);
  expect(done).toBe(32);
  // The first step of each worker is before its first pause. A slice of 8 ms ends within a step of two workers.
  expect(Math.max(...turns.slice(1))).toBeLessThan(16);
});

it('ends with a clock that advances by more than a slice with each look', async () => {
  let time = 0;
  const slices = new TimeSlicer({ now: () => (time += 20), yield: async () => {} });
  await Promise.all(Array.from({ length: 32 }, () => slices.pause()));
  expect(slices.isOver).toBe(true);
});
