import * as vscode from 'vscode';
import { withoutLinks } from '../../base';
import type { ForgeHost, ForgeType } from '../../core/forges';
import { askForToken } from '../askForToken';
import type { ForgeAccounts } from './forgeAccounts';
import { forgeToken } from './forgeToken';

/** Has the user set, replace or take away the token of a host. */
export async function setToken(accounts: ForgeAccounts): Promise<void> {
  const title = vscode.l10n.t('Set Token of a Git Host');
  const host = await pickHost(accounts, title);
  if (!host) return;
  if ((await accounts.hasToken(host)) && (await isToGo(host, title))) {
    await accounts.removeToken(host);
    const message = vscode.l10n.t('The token of {0} is gone from this machine.', host.host);
    void vscode.window.showInformationMessage(withoutLinks(message));
    return;
  }
  const token = await askForToken(forgeToken(host));
  if (token === undefined) return;
  await accounts.setToken(host, token);
  const message = vscode.l10n.t('The token of {0} is kept in the secret storage.', host.host);
  void vscode.window.showInformationMessage(withoutLinks(message));
}

const names: Readonly<Record<ForgeType, string>> = { github: 'GitHub', gitlab: 'GitLab' };

async function pickHost(accounts: ForgeAccounts, title: string): Promise<ForgeHost | undefined> {
  const items = await Promise.all(
    (await accounts.hosts()).map(async host => {
      const state = (await accounts.hasToken(host)) ? vscode.l10n.t('a token is set') : '';
      const description = [names[host.type], state].filter(Boolean).join(' · ');
      return { host, label: host.host, description };
    }),
  );
  const placeHolder = vscode.l10n.t('The host that the token is for, and goes to');
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.host;
}

/** Whether a token is to be taken away. @throws CancellationError where the user gave up */
async function isToGo({ host }: ForgeHost, title: string): Promise<boolean> {
  const picked = await vscode.window.showQuickPick(
    [
      { label: `$(key) ${vscode.l10n.t('Replace the Token')}`, isToGo: false },
      { label: `$(trash) ${vscode.l10n.t('Remove the Token')}`, isToGo: true },
    ],
    { title, placeHolder: vscode.l10n.t('There is a token of {0}', host) },
  );
  if (!picked) throw new vscode.CancellationError();
  return picked.isToGo;
}
