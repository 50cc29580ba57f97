import * as vscode from 'vscode';
import { version } from '../../../../package.json';
import { type Disposable, DisposableStore } from '../../../base';
import type { NodeProgram } from '../../../platform/vscode/platform';
import { mayCause, onDidGrantTrust, readSetting } from '../../../platform/vscode/trust';

/** Id in the manifest. */
const id = 'callboard.mcp';
/** Allows code of plugins that a workspace names. Workspaces can't set it. */
const TRUST_SETTING = 'callboard.plugins.trustWorkspaceCode';

export interface McpServersDeps {
  /** Undefined in browsers, which can't start programs. */
  readonly node: NodeProgram | undefined;
  readonly extensionUri: vscode.Uri;
}

/**
 * Offers an MCP server for each local workspace folder. VS Code starts the servers with the user's consent. Untrusted
 * workspaces have none.
 */
export function offerMcpServers({ node, extensionUri }: McpServersDeps): readonly Disposable[] {
  // Missing in forks of older VS Code versions.
  if (!node || typeof vscode.lm?.registerMcpServerDefinitionProvider !== 'function') return [];
  const store = new DisposableStore();
  const changed = new vscode.EventEmitter<void>();
  store.add(changed);
  store.add(vscode.workspace.onDidChangeWorkspaceFolders(() => changed.fire()));
  store.add(onDidGrantTrust(() => changed.fire()));
  store.add(
    vscode.workspace.onDidChangeConfiguration(event => {
      if (event.affectsConfiguration(TRUST_SETTING)) changed.fire();
    }),
  );
  store.add(
    vscode.lm.registerMcpServerDefinitionProvider(id, {
      onDidChangeMcpServerDefinitions: changed.event,
      provideMcpServerDefinitions: () => mcpServers(node, extensionUri),
    }),
  );
  return [store];
}

function mcpServers(
  { path, environment }: NodeProgram,
  extensionUri: vscode.Uri,
): vscode.McpStdioServerDefinition[] {
  if (!mayCause('mcpServer')) return [];
  const folders = vscode.workspace.workspaceFolders ?? [];
  const trust = readSetting(TRUST_SETTING) === true ? ['--trust-plugins'] : [];
  const script = vscode.Uri.joinPath(extensionUri, 'dist', 'cli.js').fsPath;
  return folders
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri, name }) => {
      const server = new vscode.McpStdioServerDefinition(
        folders.length > 1 ? `Callboard: ${name}` : 'Callboard',
        path,
        [script, 'mcp', '--stdio', uri.fsPath, ...trust],
        { ...environment },
        version,
      );
      server.cwd = uri;
      return server;
    });
}
