import * as vscode from 'vscode';
import {
  type CatalogSourcesService,
  formatEditorUri,
  parseUri,
  relativePath,
} from '../../../../api';

/** Converts a catalog URI to a URI of the editor. */
export function toVsCodeUri(uri: string): vscode.Uri {
  return vscode.Uri.from(parseUri(uri));
}

/** Converts a URI of the editor to a catalog URI. */
export function fromVsCodeUri(uri: vscode.Uri): string {
  return formatEditorUri(uri);
}

/** Returns the name of a file's source, the folders and the file name; undefined for files of the workspace. */
export function sourcePath(
  uri: string,
  sources: Pick<CatalogSourcesService, 'getSourceOf'>,
): readonly string[] | undefined {
  const source = sources.getSourceOf(uri);
  if (!source) return undefined;
  const { path } = parseUri(uri);
  return [source.name, ...path.split('/').filter(segment => segment !== '')];
}

/**
 * Returns the folders from the workspace to a file and its name, for the tree by file. With several
 * workspace folders, starts with the name of the innermost one, as in the Explorer.
 */
export function workspacePath(uri: string): readonly string[] | undefined {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = vscode.workspace.getWorkspaceFolder(toVsCodeUri(uri));
  const path = folder && relativePath(fromVsCodeUri(folder.uri), uri);
  if (!folder || !path) return undefined;
  const segments = path.split('/');
  return folders.length > 1 ? [folder.name, ...segments] : segments;
}
