import { beforeEach, describe, expect, it, vi } from 'vitest';
import { EMPTY_RANGE } from '../../../../../src/base';
import { LinkTargets } from '../../../../../src/features/portal/vscode/linkTargets';

const editor = vi.hoisted(() => ({ opened: [] as unknown[] }));

vi.mock('vscode', () => ({
  Uri: { parse: (text: string) => text, from: ({ path }: { path: string }) => path },
  Range: class {},
  ViewColumn: { Active: -1, Beside: -2 },
  l10n: { t: (message: string) => message },
  env: { openExternal: async (uri: string) => editor.opened.push(uri) },
  window: { showTextDocument: async (uri: string) => editor.opened.push(uri) },
  commands: {
    executeCommand: async (...call: unknown[]) => editor.opened.push(call),
  },
}));

const here = { toSide: false };

describe('LinkTargets', () => {
  beforeEach(() => {
    editor.opened = [];
  });

  it.each(['https://example.com', 'http://example.com', 'mailto:a@example.com'])(
    'opens the URL %s',
    async url => {
      await new LinkTargets().open({ type: 'url', url }, here);
      expect(editor.opened).toEqual([url]);
    },
  );

  it.each(['command:a.b', 'file:///etc/passwd', 'vscode://x/y', 'javascript:alert(1)', 'x'])(
    'rejects the URL %s',
    async url => {
      await expect(new LinkTargets().open({ type: 'url', url }, here)).rejects.toThrow();
      expect(editor.opened).toEqual([]);
    },
  );

  it('runs a command that the page received, with the same arguments', async () => {
    const targets = new LinkTargets();
    targets.allow([{ type: 'command', command: 'a.b', arguments: ['c', { d: 1 }] }]);
    await targets.open({ type: 'command', command: 'a.b', arguments: ['c', { d: 1 }] }, here);
    expect(editor.opened).toEqual([['a.b', 'c', { d: 1 }]]);
  });

  it.each([
    { type: 'command', command: 'a.b' },
    { type: 'command', command: 'a.b', arguments: ['x'] },
    { type: 'command', command: 'other', arguments: ['c'] },
    { type: 'source', file: 'file:///etc/passwd' },
  ] as const)("rejects %j, which the page didn't receive", async target => {
    const targets = new LinkTargets();
    targets.allow([
      { type: 'command', command: 'a.b', arguments: ['c'] },
      { type: 'source', file: 'file:///work/a.yaml' },
    ]);
    await expect(targets.open(target, here)).rejects.toThrow();
    expect(editor.opened).toEqual([]);
  });

  it('opens a location that the page received', async () => {
    const targets = new LinkTargets();
    const target = { type: 'source', file: 'file:///work/a.yaml', range: EMPTY_RANGE } as const;
    targets.allow([target]);
    await targets.open(target, here);
    expect(editor.opened).toEqual(['/work/a.yaml']);
  });
});
