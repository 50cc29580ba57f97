import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import {
  opensOnly,
  serveWithOptions,
  withWindowOptions,
} from '../../../scripts/lib/windowOptions.mjs';

const page = (settings: object): string =>
  `<meta id="vscode-workbench-web-configuration" data-settings="${JSON.stringify(settings).replaceAll('"', '&quot;')}">`;

describe('opensOnly', () => {
  test.for([
    ['/?folder=/demo', true],
    ['/?folder=%2Fdemo', true],
    ['/?folder=/demo/harbour', false],
    ['/?folder=/other', false],
    ['/?folder=/demo&folder=/other', false],
    ['/?folder=/demo&workspace=/other.code-workspace', false],
    ['/?folder=/demo&ew=true', false],
    ['/?ew=true', false],
    ['/', false],
    ['/static/?folder=/demo', false],
    ['//?folder=/demo', false],
  ] as const)('%s: %s', ([path, isExpected]) => {
    expect(opensOnly('/demo', path)).toBe(isExpected);
  });
});

test('withWindowOptions adds options to those of a window', () => {
  expect(withWindowOptions(page({ a: 1, b: { c: '$&' } }), { a: 2, d: '"' })).toBe(
    page({ a: 2, b: { c: '$&' }, d: '"' }),
  );
});

test('serveWithOptions changes only windows of the folder', async () => {
  const host = createServer(({ url, headers }, answer) => {
    answer.setHeader('x-seen', `${url} ${headers.host}`);
    answer.end(page({ isTrusted: false }));
  });
  await new Promise<void>(resolve => host.listen(0, '127.0.0.1', resolve));
  const target = (host.address() as AddressInfo).port;
  try {
    // Its own port is taken: another one is found.
    const served = await serveWithOptions({
      folder: '/demo',
      options: { isTrusted: true },
      target,
      port: target,
    });
    const get = (path: string) => fetch(`http://127.0.0.1:${served.port}${path}`);
    const demo = await get('/?folder=/demo');
    expect(demo.headers.get('x-seen')).toBe(`/?folder=/demo 127.0.0.1:${served.port}`);
    expect(await demo.text()).toBe(page({ isTrusted: true }));
    expect(await (await get('/?folder=/other')).text()).toBe(page({ isTrusted: false }));
    served.close();
  } finally {
    host.close();
  }
});
