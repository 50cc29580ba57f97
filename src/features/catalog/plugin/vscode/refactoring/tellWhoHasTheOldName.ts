import * as vscode from 'vscode';
import type { EntityOrigin } from '../../../../../api';
import { withoutLinks } from '../../../../../platform/core';

/** After an entity got another name: running Backstages have it under the old one until they read its file again. */
export async function tellWhoHasTheOldName(ref: string, { alsoIn }: EntityOrigin): Promise<void> {
  const names = alsoIn.filter(({ type }) => type === 'backstage').map(({ name }) => name);
  if (names.length === 0) return;
  const show = vscode.l10n.t('Show It');
  const answer = await vscode.window.showInformationMessage(
    withoutLinks(
      vscode.l10n.t(
        '{0} still has {1}. Once this is merged, refresh it there; its page offers that.',
        names.join(', '),
        ref,
      ),
    ),
    show,
  );
  if (answer === show) await vscode.commands.executeCommand('callboard.entity.openPage', ref);
}
