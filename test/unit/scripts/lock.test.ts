import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { withLock } from '../../../scripts/lib/lock.mjs';

const folder = mkdtempSync(join(tmpdir(), 'callboard-lock-'));
const file = join(folder, 'lock');
beforeEach(() => rmSync(file, { force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

test('waits until the lock is released', async () => {
  const order: string[] = [];
  let finishFirst = (): void => {};
  const first = withLock(file, async () => {
    await new Promise<void>(resolve => (finishFirst = resolve));
    order.push('first');
  });
  const second = withLock(file, async () => void order.push('second'), {
    pollMilliseconds: 1,
    onWait: pid => {
      order.push(`waits for ${pid}`);
      finishFirst();
    },
  });
  await Promise.all([first, second]);
  expect(order).toEqual([`waits for ${process.pid}`, 'first', 'second']);
});

test('releases the lock if the work fails', async () => {
  await expect(withLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(existsSync(file)).toBe(false);
});

test.for([
  ['of a process that is gone', '2147483646'],
  ['without a process', ''],
])('takes over a lock %s', async ([, content]) => {
  writeFileSync(file, content ?? '');
  expect(await withLock(file, async () => 'done')).toBe('done');
});
