import * as vscode from 'vscode';
import { formatUri, parseUri } from '../base';

/**
 * The one place where VS Code's URIs become the canonical strings of `base/uri.ts` and back. Drive
 * letters are lower-case, as in VS Code's own `fsPath`; query and fragment name no other file.
 */
export function fromUri(uri: vscode.Uri): string {
  const path = uri.path.replace(/^\/[A-Z]:/, drive => drive.toLowerCase());
  return formatUri({ scheme: uri.scheme, authority: uri.authority, path });
}

export function toUri(uri: string): vscode.Uri {
  return vscode.Uri.from(parseUri(uri));
}
