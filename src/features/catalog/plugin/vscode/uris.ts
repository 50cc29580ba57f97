import * as vscode from 'vscode';
import type { CatalogSourcesService } from '../../../../api';
import { formatEditorUri, parseUri, relativePath } from '../../../../base';

/** The editor's URI of one in the catalog's spelling. */
export function toVsCodeUri(uri: string): vscode.Uri {
  return vscode.Uri.from(parseUri(uri));
}

/** The catalog's spelling of an editor's URI. */
export function fromVsCodeUri(uri: vscode.Uri): string {
  return formatEditorUri(uri);
}

/** The folders from a source to one of its files and its name; undefined for files of the workspace. */
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
 * The folders from the workspace to a file and its name, for the tree by file. Where several folders
 * are open, the innermost that holds the file comes first, by the name that the Explorer shows.
 */
export function workspacePath(uri: string): readonly string[] | undefined {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = vscode.workspace.getWorkspaceFolder(toVsCodeUri(uri));
  const path = folder && relativePath(fromVsCodeUri(folder.uri), uri);
  if (!folder || !path) return undefined;
  const segments = path.split('/');
  return folders.length > 1 ? [folder.name, ...segments] : segments;
}
