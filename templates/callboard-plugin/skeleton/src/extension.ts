import * as vscode from 'vscode';
import type { PortalExports } from '@callboard/api';
import { createPlugin } from './plugin.js';

export function activate(context: vscode.ExtensionContext): void {
  // "extensionDependencies" in package.json activates Callboard first.
  const callboard = vscode.extensions.getExtension<PortalExports>('callboard.callboard');
  if (!callboard) return;
  const api = callboard.exports.getApi(1);
  context.subscriptions.push(api.registerPlugin(createPlugin(api)));
}
