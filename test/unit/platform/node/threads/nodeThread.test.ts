import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { loadThreads } from '../../../../../src/platform/node';

/** Echoes messages, and ends on some of them. */
const SCRIPT = `
import { parentPort } from 'node:worker_threads';
parentPort.on('message', message => {
  if (message === 'die') throw new Error('of a word');
  if (message === 'leave') process.exit(3);
  if (message === 'print') process.stdout.write('x'.repeat(5_000_000));
  if (message === 'grow') for (const all = []; ;) all.push(new Array(10_000).fill(message));
  parentPort.postMessage(message);
});
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-'));
  writeFileSync(join(folder, 'echo.mjs'), SCRIPT);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function startThread(name = 'echo.mjs') {
  const { NodeThread } = await loadThreads();
  const thread = new NodeThread(pathToFileURL(join(folder, name)).href);
  onTestFinished(() => thread.dispose());
  const end = new Promise<string>(resolve => thread.onDidEnd(({ message }) => resolve(message)));
  const message = (): Promise<unknown> => new Promise(resolve => thread.onMessage(resolve));
  return { thread, end, message };
}

describe('thread', () => {
  it('exchanges messages with its parent', async () => {
    const { thread, message } = await startThread();
    const bytes = new Uint8Array([1, 2]);
    thread.post({ bytes }, [bytes.buffer]);
    expect(await message()).toEqual({ bytes: new Uint8Array([1, 2]) });
    expect(bytes.byteLength).toBe(0);
  });

  it('passes on all that it prints', async () => {
    const { thread } = await startThread();
    let length = 0;
    const printed = new Promise<void>(resolve =>
      thread.onOutput(text => {
        length += text.length;
        if (length === 5_000_000) resolve();
      }),
    );
    thread.post('print');
    await printed;
  });

  it('reports that it ran out of memory', async () => {
    const { NodeThread } = await loadThreads();
    const script = pathToFileURL(join(folder, 'echo.mjs')).href;
    const thread = new NodeThread(script, { maxHeap: 16 });
    onTestFinished(() => thread.dispose());
    const end = new Promise<Error>(resolve => thread.onDidEnd(resolve));
    thread.post('grow');
    expect(await end).toMatchObject({ name: 'ThreadMemoryError' });
  });

  it.each([
    ['die', 'of a word'],
    ['leave', 'The thread ended with 3'],
  ])('reports that it has ended (%s)', async (word, why) => {
    const { thread, end } = await startThread();
    thread.post(word);
    expect(await end).toBe(why);
  });

  it("reports that it can't be started", async () => {
    const { end } = await startThread('none.mjs');
    expect(await end).toContain('none.mjs');
  });

  it('reports nothing after it is disposed', async () => {
    const { thread, end, message } = await startThread();
    thread.dispose();
    const other = await startThread();
    other.thread.post('leave');
    expect(await Promise.race([end, message(), other.end])).toBe('The thread ended with 3');
  });
});
