import * as vscode from 'vscode';
import { stringify } from 'yaml';
import type { JsonObject } from '../../../../api';

/**
 * Opens a descriptor that a Backstage proposed, in an untitled editor. A separate module, so that `yaml` is loaded
 * on demand.
 */
export async function showProposedDescriptor(entity: JsonObject): Promise<void> {
  const content = stringify(entity);
  const document = await vscode.workspace.openTextDocument({ language: 'yaml', content });
  await vscode.window.showTextDocument(document);
}
