import * as vscode from 'vscode';
import { formatUri, withoutLinks } from '../../../../api';
import type { SourceGuess } from '..';

/** Maximum number of folders between a path and its repository. */
const MAX_DEPTH = 40;

/**
 * Returns the git repository of a folder or file on this machine. Without one, offers to add the folder to the
 * workspace. Doesn't wait for messages, so that the prompt before them closes.
 *
 * @param path - as typed; relative to the first folder of the workspace
 * @returns undefined if there is no repository
 */
export async function findLocalSource(path: string): Promise<SourceGuess | undefined> {
  const uri = uriOf(path);
  const type = uri && (await typeOf(uri));
  if (!uri || type === undefined) {
    void vscode.window.showErrorMessage(withoutLinks(vscode.l10n.t("Can't find {0}.", path)));
    return undefined;
  }
  const folder = type & vscode.FileType.Directory ? uri : parentOf(uri);
  const repository = await repositoryOf(folder);
  if (!repository) {
    void offerFolder(folder);
    return undefined;
  }
  const inside = uri.path.slice(repository.path.length).replace(/^\/+|\/+$/g, '');
  const url = formatUri(repository).replace(/\/+$/, '');
  return { type: 'git', answers: { url, ...(inside !== '' && { paths: inside }) } };
}

function uriOf(path: string): vscode.Uri | undefined {
  if (!path.startsWith('.')) return vscode.Uri.file(path);
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return folder && vscode.Uri.joinPath(folder.uri, path.replaceAll('\\', '/'));
}

async function typeOf(uri: vscode.Uri): Promise<vscode.FileType | undefined> {
  try {
    return (await vscode.workspace.fs.stat(uri)).type;
  } catch {
    // Missing or unreadable: the caller reports both.
    return undefined;
  }
}

async function repositoryOf(folder: vscode.Uri): Promise<vscode.Uri | undefined> {
  let current = folder;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    if ((await typeOf(vscode.Uri.joinPath(current, '.git'))) !== undefined) return current;
    const parent = parentOf(current);
    if (parent.path === current.path) return undefined;
    current = parent;
  }
  return undefined;
}

function parentOf(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(uri, '..');
}

async function offerFolder(folder: vscode.Uri): Promise<void> {
  const add = vscode.l10n.t('Add Folder to Workspace');
  const answer = await vscode.window.showInformationMessage(
    withoutLinks(
      vscode.l10n.t(
        "{0} isn't in a git repository. Add it to the workspace to have its descriptors in the catalog.",
        folder.fsPath,
      ),
    ),
    add,
  );
  if (answer !== add) return;
  const count = vscode.workspace.workspaceFolders?.length ?? 0;
  vscode.workspace.updateWorkspaceFolders(count, 0, { uri: folder });
}
