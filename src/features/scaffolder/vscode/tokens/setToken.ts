import * as vscode from 'vscode';
import { withoutLinks } from '../../../../platform/core';
import {
  askForToken,
  askOne,
  type QuickSteps,
  withQuickSteps,
} from '../../../../platform/vscode/quickInput';
import type { ForgeHost, ForgeType } from '../../../scm/core/forges';
import { type ForgeAccounts, forgeToken } from './forgeAccounts';

/** Sets, replaces or removes the access token of a git host. */
export async function setToken(accounts: ForgeAccounts): Promise<void> {
  const message = await withQuickSteps(async steps => {
    const host = await pickHost(accounts, steps);
    if (!host) return undefined;
    if (await accounts.hasToken(host)) {
      const action = await pickAction(host, steps);
      if (!action) return undefined;
      if (action === 'remove') {
        await accounts.removeToken(host);
        return vscode.l10n.t('Removed the access token for {0}.', host.host);
      }
    }
    const token = await askForToken(forgeToken(host), steps);
    if (token === undefined) return undefined;
    await accounts.setToken(host, token);
    return vscode.l10n.t('Saved the access token for {0} in secret storage.', host.host);
  });
  if (message !== undefined) void vscode.window.showInformationMessage(withoutLinks(message));
}

const names: Readonly<Record<ForgeType, string>> = { github: 'GitHub', gitlab: 'GitLab' };

async function pickHost(
  accounts: ForgeAccounts,
  steps: QuickSteps,
): Promise<ForgeHost | undefined> {
  const items = await Promise.all(
    (await accounts.hosts()).map(async host => {
      const state = (await accounts.hasToken(host)) ? vscode.l10n.t('token set') : '';
      const description = [names[host.type], state].filter(Boolean).join(' · ');
      return { host, label: host.host, description };
    }),
  );
  const step = await askOne({
    steps,
    title: vscode.l10n.t('Set Git Access Token'),
    placeholder: vscode.l10n.t('Select a git host'),
    items,
  });
  return typeof step === 'object' ? step.answer.host : undefined;
}

async function pickAction(
  { host }: ForgeHost,
  steps: QuickSteps,
): Promise<'replace' | 'remove' | undefined> {
  const step = await askOne({
    steps,
    title: vscode.l10n.t('Access Token for {0}', host),
    placeholder: vscode.l10n.t('Select what to do with the saved token'),
    items: [
      { label: `$(key) ${vscode.l10n.t('Replace Token')}`, action: 'replace' as const },
      { label: `$(trash) ${vscode.l10n.t('Remove Token')}`, action: 'remove' as const },
    ],
  });
  return typeof step === 'object' ? step.answer.action : undefined;
}
