import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { portalRequests, type SaveRequest } from '../../../../../../src/features/portal/protocol';
import { answersOf } from '../../../../../../src/features/portal/vscode/answers/requestAnswer';

const type = portalRequests.save;
const file = { name: 'ferry.svg', content: '' };
const connections: MessageConnection[] = [];

function connect(save: (params: SaveRequest) => boolean | Promise<boolean>) {
  const [there, back] = [new PassThrough(), new PassThrough()];
  const host = createMessageConnection(
    new StreamMessageReader(there),
    new StreamMessageWriter(back),
  );
  const page = createMessageConnection(
    new StreamMessageReader(back),
    new StreamMessageWriter(there),
  );
  for (const { method, run } of answersOf({ save })) {
    host.onRequest(method, params => run(params, new AbortController().signal));
  }
  connections.push(host, page);
  for (const connection of [host, page]) connection.listen();
  return page;
}

afterEach(() => {
  for (const connection of connections.splice(0)) connection.dispose();
});

describe('Page request', () => {
  it('returns the answer', async () => {
    const page = connect(({ name }) => name === 'ferry.svg');
    expect(await page.sendRequest(type, file)).toBe(true);
  });

  it.each([
    ['throws', () => Promise.reject(new Error('The index is away.'))],
    [
      'throws synchronously',
      () => {
        throw new Error('The index is away.');
      },
    ],
  ])('that %s fails with only the message', async (_, handler) => {
    const page = connect(handler);
    await expect(page.sendRequest(type, file)).rejects.toMatchObject({
      message: 'The index is away.',
    });
  });

  it('includes the advice of an error', async () => {
    const advice = 'Rebuild it.';
    const page = connect(() => {
      throw Object.assign(new Error('The index is away'), { advice });
    });
    await expect(page.sendRequest(type, file)).rejects.toMatchObject({
      message: 'The index is away. Rebuild it.',
    });
  });

  it('fails with invalid parameters', async () => {
    const page = connect(() => true);
    await expect(page.sendRequest(type, { name: 1 } as never)).rejects.toMatchObject({
      message: expect.not.stringContaining('failed with message') as string,
    });
  });
});
