import * as vscode from 'vscode';
import { withoutIcons } from '../../../../api';

const FILE_NAME = 'catalog-info.yaml';

/** Maximum number of folders in the list; a descriptor is rarely farther above its files. */
const MAX_FOLDERS = 4;

const snippet = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: \${1:my-service}
  description: \${2:What it does, in a sentence.}
spec:
  type: \${3|service,website,library|}
  lifecycle: \${4|experimental,production,deprecated|}
  owner: \${5:my-team}
`;

interface ChoiceItem extends vscode.QuickPickItem {
  readonly run?: () => Thenable<unknown>;
}

/** Creates a descriptor in the first workspace folder; without one, opens a folder. */
export async function newDescriptor(): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder) await createDescriptor(folder.uri);
  else await vscode.commands.executeCommand('vscode.openFolder');
}

/** Offers to create a descriptor in a folder above the active file, among other actions. */
export async function describeFile(): Promise<void> {
  const file = vscode.window.activeTextEditor?.document.uri;
  const root = file && vscode.workspace.getWorkspaceFolder(file);
  if (!root) return newDescriptor();
  const picked = await vscode.window.showQuickPick(choicesFor(file, root.uri), {
    title: vscode.l10n.t('Describe {0}', withoutIcons(vscode.workspace.asRelativePath(file))),
    placeHolder: vscode.l10n.t('Select a folder for the descriptor'),
    matchOnDescription: true,
  });
  await picked?.run?.();
}

function choicesFor(file: vscode.Uri, root: vscode.Uri): readonly ChoiceItem[] {
  return [
    ...foldersAbove(file, root).map(folder => ({
      label: `$(new-file) ${vscode.l10n.t('Create {0}', FILE_NAME)}`,
      description: withoutIcons(
        folder.path === root.path
          ? vscode.l10n.t('in the workspace folder')
          : vscode.workspace.asRelativePath(folder),
      ),
      run: () => createDescriptor(folder),
    })),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    {
      label: `$(wand) ${vscode.l10n.t('Import…')}`,
      description: vscode.l10n.t('draft descriptors for folders without one'),
      run: () => vscode.commands.executeCommand('callboard.import'),
    },
    {
      label: `$(list-tree) ${vscode.l10n.t('Show the Catalog')}`,
      run: () => vscode.commands.executeCommand('callboard.catalog.focus'),
    },
  ];
}

/** Returns the folders above a file, nearest first, ending with the workspace folder. */
function foldersAbove(file: vscode.Uri, root: vscode.Uri): readonly vscode.Uri[] {
  const folders: vscode.Uri[] = [];
  for (
    let folder = vscode.Uri.joinPath(file, '..');
    folder.path !== root.path && folder.path.length > root.path.length;
    folder = vscode.Uri.joinPath(folder, '..')
  ) {
    folders.push(folder);
  }
  return [...folders.slice(0, MAX_FOLDERS), root];
}

/** Opens an unsaved descriptor, or an existing one. */
async function createDescriptor(folder: vscode.Uri): Promise<void> {
  const uri = vscode.Uri.joinPath(folder, FILE_NAME);
  if (await exists(uri)) {
    await vscode.window.showTextDocument(uri);
    return;
  }
  const editor = await vscode.window.showTextDocument(uri.with({ scheme: 'untitled' }));
  // A second call finds the text of the first.
  if (editor.document.getText() === '') {
    await editor.insertSnippet(new vscode.SnippetString(snippet));
  }
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    // VS Code says so by an error. What can't be looked at fails when it is written, with a message.
    return false;
  }
}
