import { createMessageConnection } from 'vscode-jsonrpc/node';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Emitter, silentLogger } from '../../src/base';
import { ShownCards } from '../../src/features/portal/core';
import {
  answersOf,
  type RequestAnswer,
} from '../../src/features/portal/vscode/answers/requestAnswer';
import type { LinkTargets } from '../../src/features/portal/vscode/linkTargets';
import { PortalPanel } from '../../src/features/portal/vscode/panels/portalPanel';

/*
 * A page of the portal shows untrusted text, so its messages are untrusted. The real panel receives messages
 * here that no real page sends.
 */

const editor = vi.hoisted(() => ({ did: [] as string[] }));

vi.mock('vscode', () => ({
  Uri: {
    joinPath: () => ({ toString: () => 'x' }),
    parse: (text: string) => text,
    from: ({ path }: { path: string }) => path,
  },
  Range: class {},
  ViewColumn: { Active: -1, Beside: -2 },
  l10n: { t: (message: string) => message, bundle: {} },
  workspace: { getConfiguration: () => ({ get: () => undefined, inspect: () => undefined }) },
  env: { language: 'en', openExternal: async (uri: string) => editor.did.push(`open ${uri}`) },
  window: { showTextDocument: async (uri: string) => editor.did.push(`show ${uri}`) },
  commands: { executeCommand: async (command: string) => editor.did.push(`run ${command}`) },
}));

interface Page {
  readonly post: (message: unknown) => void;
  /** Messages of the host, in order. */
  readonly received: readonly {
    readonly id?: unknown;
    readonly error?: { readonly message: string };
  }[];
  readonly panel: PortalPanel;
  readonly requests: string[];
  readonly logged: readonly string[];
}

function openPage(): Page {
  const messages = new Emitter<unknown>();
  const disposed = new Emitter<void>();
  const received: { readonly id?: unknown; readonly error?: { readonly message: string } }[] = [];
  const logged: string[] = [];
  const requests: string[] = [];
  const webview = {
    onDidReceiveMessage: messages.event,
    postMessage: async (message: object) => received.push(message),
    asWebviewUri: (uri: object) => uri,
    cspSource: 'x',
  };
  const panel = new PortalPanel(
    {
      webview,
      visible: true,
      active: true,
      title: '',
      onDidDispose: disposed.event,
      onDidChangeViewState: new Emitter<void>().event,
      reveal: () => {},
      dispose: () => disposed.fire(),
    } as never,
    { page: 'home' },
    {
      extensionUri: {} as never,
      jsonRpc: { createMessageConnection },
      logger: { ...silentLogger, error: (message: string) => logged.push(message) },
      createShownCards: onDidChange =>
        new ShownCards({ failures: { report: () => {} }, onDidChange }),
      pictureHosts: () => [],
      onDidShow: () => {},
      onDidScroll: () => {},
      onDidDispose: () => {},
      answers: (targets: LinkTargets): readonly RequestAnswer[] => [
        ...answersOf({
          follow: ({ target }) => targets.open(target, { toSide: false }),
          getHome: () => {
            requests.push('getHome');
            return {} as never;
          },
          search: ({ text }) => {
            requests.push(`search ${text.length}`);
            return [] as never;
          },
        }),
      ],
    },
  );
  return { post: message => messages.fire(message), received, panel, requests, logged };
}

/** Waits until the connection has handled all messages. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 200; turn++) await new Promise(resolve => setImmediate(resolve));
}

const request = (method: string, params: unknown, id: unknown = 1): object => ({
  jsonrpc: '2.0',
  id,
  method,
  params,
});
const follow = (target: unknown): object => request('portal/follow', [{ target }]);

beforeEach(() => {
  editor.did = [];
});

describe('host of a page', () => {
  it.each<[string, unknown]>([
    ['a text', 'portal/getHome'],
    ['nothing', undefined],
    ['null', null],
    ['a list', [{ jsonrpc: '2.0', id: 1, method: 'portal/getHome' }]],
    ['another version', { jsonrpc: '1.0', id: 1, method: 'portal/getHome' }],
    ['a version by its prototype', Object.create({ jsonrpc: '2.0' })],
    ['an answer to nothing', { jsonrpc: '2.0', id: 99, result: { a: 1 } }],
    ['an error to nothing', { jsonrpc: '2.0', id: null, error: { code: 1, message: 'x' } }],
    [
      'a cancellation of nothing',
      { jsonrpc: '2.0', method: '$/cancelRequest', params: { id: 99 } },
    ],
    ['an unknown notification', { jsonrpc: '2.0', method: 'portal/none', params: [{}] }],
    [
      'a progress of nothing',
      { jsonrpc: '2.0', method: '$/progress', params: { token: 1, value: 1 } },
    ],
    ['a trace', { jsonrpc: '2.0', method: '$/setTrace', params: { value: 'verbose' } }],
    [
      'an invalid page',
      { jsonrpc: '2.0', method: 'portal/shown', params: [{ page: { page: 'x' }, title: 1 }] },
    ],
    [
      'an overlong title',
      {
        jsonrpc: '2.0',
        method: 'portal/shown',
        params: [{ page: { page: 'home' }, title: 'x'.repeat(1_000_000) }],
      },
    ],
    ['a method that is not text', { jsonrpc: '2.0', id: 5, method: { toString: 'x' } }],
    ['an id that is an object', request('portal/getHome', [{}], { a: 1 })],
  ])('keeps working after %s', async (_, message) => {
    const page = openPage();
    page.post(message);
    page.post(request('portal/getHome', [{}], 7));
    await settled();
    expect(page.received.find(({ id }) => id === 7)).toMatchObject({ result: {} });
    expect(page.panel.page).toEqual({ page: 'home' });
  });

  it.each<[string, string, unknown]>([
    ['an unknown request', 'portal/quit', [{}]],
    ['a name of all objects', 'constructor', [{}]],
    ['a prototype as a method', '__proto__', [{}]],
    ['invalid parameters', 'portal/search', [{ text: 1, limit: 1 }]],
    ['no parameters', 'portal/search', []],
    ['parameters by name', 'portal/search', { text: 'x', limit: 'many' }],
    ['too many results', 'portal/search', [{ text: 'x', limit: 101 }]],
    ['half a result', 'portal/search', [{ text: 'x', limit: 0.5 }]],
    ['an overlong text', 'portal/search', [{ text: 'x'.repeat(5_000_000), limit: 1 }]],
    [
      'parameters of a prototype',
      'portal/search',
      [JSON.parse('{"__proto__":{"text":"x","limit":1}}')],
    ],
  ])('refuses %s', async (_, method, params) => {
    const page = openPage();
    page.post(request(method, params));
    await settled();
    expect(page.received).toMatchObject([
      { id: 1, error: { message: expect.any(String) as string } },
    ]);
    expect(page.requests).toEqual([]);
    // A request is not repeated in its refusal.
    expect(JSON.stringify(page.received).length).toBeLessThan(2_000);
  });

  it.each<[string, unknown]>([
    ['a command that is not on the page', { type: 'command', command: 'workbench.action.quit' }],
    ['a file that is not on the page', { type: 'source', file: 'file:///etc/passwd' }],
    ['a command as an address', { type: 'url', url: 'command:workbench.action.quit' }],
    ['a file as an address', { type: 'url', url: 'file:///etc/passwd' }],
    ['a script as an address', { type: 'url', url: 'java\nscript:alert(1)' }],
    ['another program', { type: 'url', url: 'vscode://x.y/z' }],
    ['an unknown type', { type: 'constructor' }],
    [
      'arguments of its own',
      { type: 'command', command: 'a', arguments: [{ deep: { __proto__: 1 } }] },
    ],
  ])('does not open %s', async (_, target) => {
    const page = openPage();
    page.post(follow(target));
    await settled();
    expect(page.received).toMatchObject([{ id: 1, error: {} }]);
    expect(editor.did).toEqual([]);
  });

  it('answers each request of a flood once', async () => {
    const page = openPage();
    for (let id = 1; id <= 5_000; id++)
      page.post(request('portal/search', [{ text: 'x', limit: 1 }], id));
    await vi.waitFor(() => expect(page.received).toHaveLength(5_000), 60_000);
    expect(new Set(page.received.map(({ id }) => id)).size).toBe(5_000);
  });

  it('ignores messages after it was closed', async () => {
    const page = openPage();
    page.panel.dispose();
    expect(() => page.post(request('portal/getHome', [{}]))).not.toThrow();
    page.post(follow({ type: 'url', url: 'https://a.example' }));
    await settled();
    expect(page.requests).toEqual([]);
    expect(editor.did).toEqual([]);
    expect(page.received).toEqual([]);
  });

  it('keeps the prototypes unchanged', async () => {
    const page = openPage();
    for (const method of ['portal/search', 'portal/follow', 'portal/shown', 'portal/failed']) {
      page.post(
        request(method, [
          JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
        ]),
      );
    }
    await settled();
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});
