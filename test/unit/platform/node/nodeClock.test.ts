import { describe, expect, it } from 'vitest';
import { NodeClock } from '../../../../src/platform/node';

const clock = new NodeClock();

describe('NodeClock', () => {
  it('rejects an aborted delay', async () => {
    const controller = new AbortController();
    const delay = clock.delay(60_000, controller.signal);
    controller.abort();
    await expect(delay).rejects.toMatchObject({ name: 'AbortError' });
    await expect(clock.delay(60_000, controller.signal)).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('runs pending work when it yields', async () => {
    const order: string[] = [];
    setImmediate(() => order.push('other'));
    await clock.yield();
    order.push('after');
    expect(order).toEqual(['other', 'after']);
  });
});
