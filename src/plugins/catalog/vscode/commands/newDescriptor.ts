import * as vscode from 'vscode';
import type { Disposable } from '../../../../base';
import type { CatalogViewContext } from '../catalogViewContext';

const FILE_NAME = 'catalog-info.yaml';

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

/**
 * New Descriptor: a catalog-info.yaml for the first folder, not saved until the user does; where
 * there is one already, that is opened.
 */
export function registerNewDescriptor({ actions }: CatalogViewContext): Disposable {
  return actions.registerCommand('callboard.catalog.newDescriptor', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    if (!folder) {
      await vscode.commands.executeCommand('vscode.openFolder');
      return;
    }
    const uri = vscode.Uri.joinPath(folder.uri, FILE_NAME);
    if (await exists(uri)) {
      await vscode.window.showTextDocument(uri);
      return;
    }
    const editor = await vscode.window.showTextDocument(uri.with({ scheme: 'untitled' }));
    // A second call finds the text of the first.
    if (editor.document.getText() === '') {
      await editor.insertSnippet(new vscode.SnippetString(snippet));
    }
  });
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
