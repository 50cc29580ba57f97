import * as vscode from 'vscode';
import { formatEditorUri, parseUri } from '../../base';

/**
 * The one place where VS Code's URIs become the canonical strings of `base/uri.ts` and back. Query and
 * fragment name no other file.
 */
export function fromUri(uri: vscode.Uri): string {
  return formatEditorUri(uri);
}

export function toUri(uri: string): vscode.Uri {
  return vscode.Uri.from(parseUri(uri));
}
