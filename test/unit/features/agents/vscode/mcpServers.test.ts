import { beforeEach, expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import { version } from '../../../../../package.json';
import { offerMcpServers } from '../../../../../src/features/agents/vscode/mcpServers';

const editor = vi.hoisted(() => ({
  isTrusted: true,
  folders: [] as { name: string; uri: { scheme: string; fsPath: string } }[],
  hasServers: true,
  /** Values of the setting that lets code of workspaces run. */
  trusted: {} as { readonly globalValue?: boolean; readonly workspaceValue?: boolean },
  provider: undefined as vscode.McpServerDefinitionProvider | undefined,
  granted: undefined as (() => void) | undefined,
}));

vi.mock('vscode', () => ({
  EventEmitter: class {
    listeners: (() => void)[] = [];
    event = (listener: () => void) => this.listeners.push(listener);
    fire = () => this.listeners.forEach(listener => listener());
    dispose() {}
  },
  McpStdioServerDefinition: class {
    cwd: unknown;
    constructor(
      readonly label: string,
      readonly command: string,
      readonly args: string[],
      readonly env: object,
      readonly version: string,
    ) {}
  },
  Uri: { joinPath: (_: unknown, ...parts: string[]) => ({ fsPath: `/ext/${parts.join('/')}` }) },
  workspace: {
    get isTrusted() {
      return editor.isTrusted;
    },
    get workspaceFolders() {
      return editor.folders;
    },
    onDidChangeWorkspaceFolders: () => ({ dispose() {} }),
    onDidChangeConfiguration: () => ({ dispose() {} }),
    getConfiguration: () => ({
      get: () => editor.trusted.workspaceValue,
      inspect: () => editor.trusted,
    }),
    onDidGrantWorkspaceTrust(listener: () => void) {
      editor.granted = listener;
      return { dispose() {} };
    },
  },
  get lm() {
    if (!editor.hasServers) return {};
    return {
      registerMcpServerDefinitionProvider(id: string, provider: typeof editor.provider) {
        expect(id).toBe('callboard.mcp');
        editor.provider = provider;
        return { dispose() {} };
      },
    };
  },
}));

const deps = {
  node: { path: '/bin/node', environment: { ELECTRON_RUN_AS_NODE: '1' } },
  extensionUri: {} as vscode.Uri,
};
const shop = { name: 'shop', uri: { scheme: 'file', fsPath: '/work/shop' } };
const remote = { name: 'far', uri: { scheme: 'vscode-vfs', fsPath: '/far' } };

beforeEach(() =>
  Object.assign(editor, { isTrusted: true, hasServers: true, provider: undefined, trusted: {} }),
);

const servers = () => editor.provider?.provideMcpServerDefinitions({} as vscode.CancellationToken);

it('offers a server for each local folder', () => {
  editor.folders = [shop];
  offerMcpServers(deps);
  expect(servers()).toEqual([
    {
      label: 'Callboard',
      command: '/bin/node',
      args: ['/ext/dist/cli.js', 'mcp', '--stdio', '/work/shop'],
      env: { ELECTRON_RUN_AS_NODE: '1' },
      version,
      cwd: shop.uri,
    },
  ]);

  editor.folders = [remote, shop];
  expect(servers()).toMatchObject([{ label: 'Callboard: shop' }]);
});

it('lets only the user allow code of plugins that the workspace names', () => {
  editor.folders = [shop];
  offerMcpServers(deps);
  const args = () => (servers() as { args: string[] }[]).map(server => server.args.slice(4));
  editor.trusted = { workspaceValue: true };
  expect(args()).toEqual([[]]);
  editor.trusted = { globalValue: true };
  expect(args()).toEqual([['--trust-plugins']]);
});

it('offers none without trust and fires an event on trust', () => {
  Object.assign(editor, { folders: [shop], isTrusted: false });
  offerMcpServers(deps);
  expect(servers()).toEqual([]);

  const changed = vi.fn<() => void>();
  editor.provider?.onDidChangeMcpServerDefinitions?.(changed);
  editor.granted?.();
  expect(changed).toHaveBeenCalledOnce();
});

it('offers none without Node or the MCP API', () => {
  expect(offerMcpServers({ ...deps, node: undefined })).toEqual([]);
  editor.hasServers = false;
  expect(offerMcpServers(deps)).toEqual([]);
});
