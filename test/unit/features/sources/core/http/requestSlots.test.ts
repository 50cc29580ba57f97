import { expect, it } from 'vitest';
import { RequestSlots } from '../../../../../../src/features/sources/core/http/requestSlots';

interface Run {
  readonly started: string[];
  /** Ends the first pending request of that name. */
  end(name: string): Promise<void>;
  ask(name: string, host: string): void;
}

function runWith(slots: RequestSlots): Run {
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const { signal } = new AbortController();
  return {
    started,
    ask(name, host) {
      void slots.run(host, signal, () => {
        started.push(name);
        return new Promise<void>(resolve => ends.set(name, resolve));
      });
    },
    async end(name) {
      ends.get(name)?.();
      await new Promise(resolve => setImmediate(resolve));
    },
  };
}

it('limits requests in total and per host, in order', async () => {
  const run = runWith(new RequestSlots({ total: 3, perHost: 2 }));
  for (const name of ['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1']) run.ask(name, name.charAt(0));
  await run.end('');
  expect(run.started).toEqual(['a1', 'a2', 'b1']);
  await run.end('b1');
  expect(run.started.slice(3)).toEqual(['b2']);
  await run.end('a2');
  expect(run.started.slice(4)).toEqual(['a3']);
  await run.end('b2');
  await run.end('a1');
  expect(run.started.slice(5)).toEqual(['c1', 'a4']);
});

it('sends one request at a time to a host that did not answer', async () => {
  const slots = new RequestSlots({ total: 9, perHost: 2 });
  const run = runWith(slots);
  slots.setAnswers('a', false);
  for (const name of ['a1', 'a2', 'a3', 'b1', 'b2']) run.ask(name, name.charAt(0));
  await run.end('');
  expect(run.started).toEqual(['a1', 'b1', 'b2']);
  slots.setAnswers('a', true);
  await run.end('a1');
  expect(run.started.slice(3)).toEqual(['a2', 'a3']);
});

it('releases the slot of a failed request', async () => {
  const slots = new RequestSlots({ total: 1, perHost: 1 });
  const { signal } = new AbortController();
  const failed = slots.run('a', signal, () => Promise.reject(new Error('no')));
  const next = slots.run('a', signal, () => Promise.resolve('yes'));
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('yes');
});

it('rejects all waiting requests of an aborted signal, and no others', async () => {
  const slots = new RequestSlots({ total: 1, perHost: 1 });
  const [one, other] = [new AbortController(), new AbortController()];
  let end = (): void => {};
  const first = slots.run('a', other.signal, () => new Promise<void>(resolve => (end = resolve)));
  const waiting = ['a', 'b', 'a'].map(host =>
    slots.run(host, one.signal, () => Promise.resolve('started')),
  );
  const next = slots.run('a', other.signal, () => Promise.resolve('next'));
  one.abort();
  const ends = await Promise.allSettled(waiting);
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  end();
  await first;
  expect(await next).toBe('next');
  expect(await slots.run('b', other.signal, () => Promise.resolve('free'))).toBe('free');
});
