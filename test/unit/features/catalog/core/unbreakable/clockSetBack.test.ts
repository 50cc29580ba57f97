import { expect, it } from 'vitest';
import { silentLogger } from '../../../../../../src/base';
import { ChangeQueue } from '../../../../../../src/platform/core/files';
import { aComponent } from '../../../../../support/descriptors';
import { at, TestCatalog } from '../../../../../support/testCatalog';
import { TestClock } from '../../../../../support/testClock';

/** A steady clock until it is set, as after sleep or by NTP. */
class SettableClock extends TestClock {
  #shift = 0;
  /** The number of reads before it is set. */
  setAt = Infinity;
  by = 0;
  #looks = 0;

  override now(): number {
    if (++this.#looks === this.setAt) this.#shift += this.by;
    return super.now() + this.#shift;
  }
}

const HOUR = 3_600_000;

it.each([
  ['back', -HOUR],
  ['forward', HOUR],
])('yields the thread although the clock is set %s', async (_, by) => {
  const yieldsOf = async (clock: SettableClock): Promise<number> => {
    const catalog = new TestCatalog({ clock });
    for (let i = 0; i < 200; i++) catalog.files.write(`/work/${i}/x.yaml`, aComponent(`c${i}`));
    await catalog.engine.refresh();
    expect(catalog.refs()).toHaveLength(200);
    return clock.yields;
  };
  const steady = await yieldsOf(new SettableClock(1));
  expect(steady).toBeGreaterThan(50);
  const set = new SettableClock(1);
  set.setAt = 100;
  set.by = by;
  expect(await yieldsOf(set)).toBeGreaterThan(steady * 0.8);
});

it('applies changes although the clock is set back', async () => {
  const clock = new SettableClock(1);
  const applied: string[] = [];
  const pause = { quiet: 100, longest: 1000 };
  const queue = new ChangeQueue({
    clock,
    logger: silentLogger,
    few: pause,
    many: pause,
    manyFiles: 50,
    apply: async changes => {
      applied.push(...changes.map(({ uri }) => uri));
    },
  });
  clock.setAt = 5;
  clock.by = -HOUR;
  let waits = 0;
  clock.delay = async () => {
    waits++;
  };
  queue.add([{ type: 'changed', uri: at('one.yaml') }]);
  await queue.whenIdle();
  expect(applied).toEqual([at('one.yaml')]);
  expect(waits).toBeLessThan(20);
});
