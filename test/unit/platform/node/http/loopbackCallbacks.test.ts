import { request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { CallbackListener } from '../../../../../src/platform/core/ports';
import { loadOutputs } from '../../../../../src/platform/node';

const texts = { accepted: 'That is all & over.', foreign: '<b>Not this</b>' };
const { signal: never } = new AbortController();

async function listen(ports: readonly number[] = [0]): Promise<CallbackListener> {
  const { listenOnLoopback } = await loadOutputs();
  const listener = await listenOnLoopback({ path: '/callback', ports, texts });
  onTestFinished(() => listener.dispose());
  return listener;
}

interface Page {
  readonly status: number | undefined;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
}

/** Response to a browser at the callback address. */
function browse(
  { address }: CallbackListener,
  {
    path = '/callback?code=c&state=right',
    method = 'GET',
    host,
  }: { readonly path?: string; readonly method?: string; readonly host?: string } = {},
): Promise<Page> {
  const { hostname, port } = new URL(address);
  const headers = { host: host ?? `${hostname}:${port}` };
  return new Promise((resolve, reject) => {
    request({ host: hostname, port, path, method, headers }, answer => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, text }));
    })
      .on('error', reject)
      .end();
  });
}

const accepts = ({ searchParams }: URL): boolean => searchParams.get('state') === 'right';

it('returns the address that the browser opens', async () => {
  const listener = await listen();
  expect(listener.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
  const next = listener.next(accepts, never);
  const page = await browse(listener);
  expect([page.status, page.text]).toEqual([
    200,
    expect.stringContaining('<p>That is all &amp; over.'),
  ]);
  expect((await next).href).toBe(`${listener.address}?code=c&state=right`);
});

it('shows a page without scripts and referrers', async () => {
  const { headers } = await browse(await listen());
  expect(headers).toMatchObject({
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
});

it.each([
  ['of another sign-in', { path: '/callback?code=c&state=wrong' }, 400],
  ['of none', { path: '/callback' }, 400],
  ['at another path', { path: '/other?code=c&state=right' }, 404],
  ['at no path', { path: '//[' }, 404],
  ['with a form', { method: 'POST' }, 404],
  ['by a name that leads here', { host: 'evil.test' }, 404],
])('keeps waiting if a browser comes %s', async (_, asked, status) => {
  const listener = await listen();
  const next = listener.next(accepts, never);
  const page = await browse(listener, asked);
  expect([page.status, page.text]).toEqual([status, expect.stringContaining('&lt;b&gt;Not this')]);
  await browse(listener);
  expect((await next).search).toBe('?code=c&state=right');
});

it('accepts an address once, and none before it waits', async () => {
  const listener = await listen();
  expect((await browse(listener)).status).toBe(400);
  const next = listener.next(accepts, never);
  expect((await browse(listener)).status).toBe(200);
  expect((await browse(listener)).status).toBe(400);
  await next;
});

it('can be aborted', async () => {
  const listener = await listen();
  const controller = new AbortController();
  const next = listener.next(accepts, controller.signal);
  controller.abort();
  await expect(next).rejects.toMatchObject({ name: 'AbortError' });
  expect((await browse(listener)).status).toBe(400);
});

it('stops listening when it is disposed', async () => {
  const listener = await listen();
  listener.dispose();
  await expect(browse(listener)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

it('uses the next port if one is taken, or reports that none is free', async () => {
  const blocker = createServer();
  await new Promise<void>(resolve => blocker.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void blocker.close());
  const { port } = blocker.address() as AddressInfo;
  expect((await listen([port, 0])).address).not.toContain(String(port));
  await expect(listen([port])).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
