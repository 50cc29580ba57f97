import { expect, it } from 'vitest';
import { silentLogger } from '../../../../../../src/base';
import { ChangeQueue } from '../../../../../../src/platform/core/files';
import { aComponent } from '../../../../../support/descriptors';
import { at, TestCatalog } from '../../../../../support/testCatalog';
import { TestClock } from '../../../../../support/testClock';

/** A clock that goes on steadily until it is set, as after a sleep or by the network. */
class SettableClock extends TestClock {
  #shift = 0;
  /** How often it was looked at when it is set. */
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
])('a clock that is set %s does not keep the thread from others', async (_, by) => {
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

it('a clock that is set back does not hold up changes', async () => {
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
