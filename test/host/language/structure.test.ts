import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { activatePortal, eventually, workspaceUri } from '../../support/portal';

describe('Callboard without another YAML extension', () => {
  const ferry = workspaceUri('ferry.yaml');

  before(async () => {
    await activatePortal();
    await vscode.window.showTextDocument(ferry);
  });
  after(async () => {
    await set(undefined);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  for (const setting of [undefined, 'builtin', 'redhat']) {
    it(`explains fields when the setting is ${setting}`, async () => {
      await set(setting);
      await eventually(async () => {
        const hovers = await vscode.commands.executeCommand<readonly vscode.Hover[]>(
          'vscode.executeHoverProvider',
          ferry,
          new vscode.Position(6, 4),
        );
        const texts = hovers.flatMap(({ contents }) => contents as vscode.MarkdownString[]);
        assert.deepEqual(
          texts.filter(({ value }) => value.includes('The lifecycle of the component')).length,
          1,
        );
      });
    });
  }
});

async function set(setting: string | undefined): Promise<void> {
  await vscode.workspace
    .getConfiguration('callboard')
    .update('yaml.structure', setting, vscode.ConfigurationTarget.Workspace);
}
