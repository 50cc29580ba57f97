import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  type CatalogService,
  createPortalPlugin,
  type PluginDeps,
  type PortalApi,
  type PortalExports,
  type ResolvedDeps,
} from '../../src/api';

/** Callboard's API as another extension sees it, for tests inside the extension host. */
export async function activatePortal(): Promise<PortalApi> {
  const extension = vscode.extensions.getExtension<PortalExports>('callboard.callboard');
  assert.ok(extension, 'Callboard is not installed');
  const api = (await extension.activate()).getApi(1);
  await eventually(() => assert.equal(api.catalog.status, 'ready'));
  return api;
}

/** Registers a plugin, which stays until the window closes. @returns its services */
export function resolveDeps<T extends PluginDeps>(
  api: PortalApi,
  id: string,
  deps: T,
): Promise<ResolvedDeps<T>> {
  return new Promise((resolve, reject) => {
    const init = (resolved: ResolvedDeps<T>): void => {
      allow(id).then(() => resolve(resolved), reject);
    };
    const capabilities = { edits: true, sources: true };
    api.registerPlugin(
      createPortalPlugin({ id, capabilities, register: env => env.registerInit({ deps, init }) }),
    );
  });
}

/** Allows the declared capabilities of a plugin, as in the Plugins view. VS Code shows no dialogs in tests. */
async function allow(plugin: string): Promise<void> {
  for (const capability of ['edits', 'sources']) {
    const row = { plugin, capability, contextValue: 'capability open' };
    await vscode.commands.executeCommand('callboard.plugins.allow', row);
  }
}

/** Retries until the assertions hold. Fails with their last error at the timeout in milliseconds. */
export async function eventually(
  assertions: () => void | Promise<void>,
  within = 60_000,
): Promise<void> {
  const latest = Date.now() + within;
  for (;;) {
    try {
      await assertions();
      return;
    } catch (error) {
      if (Date.now() > latest) throw error;
      await new Promise(resolve => setTimeout(resolve, 25));
    }
  }
}

export function workspaceUri(path: string, folder = 0): vscode.Uri {
  const root = vscode.workspace.workspaceFolders?.[folder]?.uri;
  assert.ok(root, `There is no workspace folder ${folder}`);
  return vscode.Uri.joinPath(root, path);
}

export async function writeFile(uri: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

/** Returns the refs of all entities of a kind, without the kind and the default namespace. */
export function namesOf(catalog: CatalogService, kind: string): string[] {
  return catalog
    .getEntities({ filter: [[{ key: 'kind', values: [kind] }]] })
    .map(({ metadata }) => metadata.name);
}

/** Returns a file's diagnostics from Callboard: `2:8-2:12 warning dangling-reference`. */
export function diagnosticsOf(uri: vscode.Uri): string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'callboard')
    .map(({ range: { start, end }, severity, code }) => {
      const name = typeof code === 'object' ? code.value : code;
      const level = vscode.DiagnosticSeverity[severity].toLowerCase();
      return `${start.line}:${start.character}-${end.line}:${end.character} ${level} ${name}`;
    });
}

/** Returns a minimal valid Component. */
export function aComponentYaml(name: string, owner = 'group:default/crew'): string {
  return [
    'apiVersion: backstage.io/v1alpha1',
    'kind: Component',
    'metadata:',
    `  name: ${name}`,
    'spec:',
    '  type: service',
    '  lifecycle: production',
    `  owner: ${owner}`,
    '',
  ].join('\n');
}
