import { beforeEach, expect, it, vi } from 'vitest';
import { HostWatch } from '../../../../webview/shared/host/HostWatch';

/** An extension whose answers the test decides. */
function aHost() {
  let pings: PromiseWithResolvers<void>[] = [];
  const changes: boolean[] = [];
  const watch: HostWatch = new HostWatch({
    ping: () => {
      const ping = Promise.withResolvers<void>();
      pings.push(ping);
      return ping.promise;
    },
    onDidChange: () => changes.push(watch.isStopped),
  });
  const answerPings = async (error?: Error): Promise<number> => {
    const { length } = pings;
    for (const { resolve, reject } of pings) {
      if (error) reject(error);
      else resolve();
    }
    pings = [];
    await vi.advanceTimersByTimeAsync(0);
    return length;
  };
  return { watch, changes, answerPings };
}

const request = () => Promise.withResolvers<string>();

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

it('returns the answer of a request', async () => {
  const { watch, changes, answerPings } = aHost();
  await expect(watch.watch(Promise.resolve('answer'))).resolves.toBe('answer');
  await expect(watch.watch(Promise.reject(new Error('no')))).rejects.toThrow('no');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await answerPings()).toBe(0);
  expect(changes).toEqual([]);
});

it('notices that the extension has stopped, and that it answers again', async () => {
  const { watch, changes, answerPings } = aHost();
  const { promise, resolve } = request();
  const answer = watch.watch(promise);
  await vi.advanceTimersByTimeAsync(11_000);
  expect(watch.isStopped).toBe(false);
  await vi.advanceTimersByTimeAsync(2000);
  expect(changes).toEqual([true]);
  await answerPings();
  expect(changes).toEqual([true, false]);
  resolve('late');
  await expect(answer).resolves.toBe('late');
});

it.each([undefined, new Error('unknown method')])(
  'waits for long requests of an extension that answers pings (%s)',
  async error => {
    const { watch, changes, answerPings } = aHost();
    const { promise, resolve } = request();
    const answer = watch.watch(promise);
    let pings = 0;
    for (let seconds = 0; seconds < 60; seconds++) {
      await vi.advanceTimersByTimeAsync(1000);
      pings += await answerPings(error);
    }
    expect(pings).toBeGreaterThan(5);
    resolve('at last');
    await answer;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await answerPings()).toBe(0);
    expect(changes).toEqual([]);
  },
);

it('ends the warning with any answer', async () => {
  const { watch, changes } = aHost();
  const first = request();
  const second = request();
  const answers = [watch.watch(first.promise), watch.watch(second.promise)];
  await vi.advanceTimersByTimeAsync(13_000);
  first.resolve('a');
  await vi.advanceTimersByTimeAsync(0);
  expect(changes).toEqual([true, false]);
  second.resolve('b');
  await Promise.all(answers);
});
