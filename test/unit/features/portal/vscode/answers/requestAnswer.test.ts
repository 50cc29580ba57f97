import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import {
  createMessageConnection,
  type MessageConnection,
  RequestType,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import * as z from 'zod/mini';
import { answering } from '../../../../../../src/features/portal/vscode/answers/requestAnswer';

const type = new RequestType<{ readonly name: string }, string, void>('portal/greet');
const connections: MessageConnection[] = [];

function connect(handler: (params: { readonly name: string }) => string | Promise<string>) {
  const [there, back] = [new PassThrough(), new PassThrough()];
  const host = createMessageConnection(
    new StreamMessageReader(there),
    new StreamMessageWriter(back),
  );
  const page = createMessageConnection(
    new StreamMessageReader(back),
    new StreamMessageWriter(there),
  );
  const { method, run } = answering(type, z.object({ name: z.string() }), handler);
  host.onRequest(method, params => run(params, new AbortController().signal));
  connections.push(host, page);
  for (const connection of [host, page]) connection.listen();
  return page;
}

afterEach(() => {
  for (const connection of connections.splice(0)) connection.dispose();
});

describe('A request of a page', () => {
  it('is answered', async () => {
    const page = connect(({ name }) => `Hello ${name}`);
    expect(await page.sendRequest(type, { name: 'Ferry' })).toBe('Hello Ferry');
  });

  it.each([
    ['throws', () => Promise.reject(new Error('The index is away.'))],
    [
      'throws at once',
      () => {
        throw new Error('The index is away.');
      },
    ],
  ])('that %s fails with the message alone', async (_, handler) => {
    const page = connect(handler);
    await expect(page.sendRequest(type, { name: 'Ferry' })).rejects.toMatchObject({
      message: 'The index is away.',
    });
  });

  it('says what to do, where the error does', async () => {
    const advice = 'Rebuild it.';
    const page = connect(() => {
      throw Object.assign(new Error('The index is away'), { advice });
    });
    await expect(page.sendRequest(type, { name: 'Ferry' })).rejects.toMatchObject({
      message: 'The index is away. Rebuild it.',
    });
  });

  it('with invalid parameters fails', async () => {
    const page = connect(() => 'never');
    await expect(page.sendRequest(type, { name: 1 } as never)).rejects.toMatchObject({
      message: expect.not.stringContaining('failed with message') as string,
    });
  });
});
