import * as vscode from 'vscode';
import type { WantedToken } from '../../../../platform/vscode/quickInput';
import type { ForgeHost } from '../../../scm/core/forges';

/** The token that publishing to a forge takes. */
export function forgeToken({ host, type }: ForgeHost): WantedToken {
  return type === 'github'
    ? {
        host,
        prompt: vscode.l10n.t('A personal access token with the scopes repo and workflow'),
        page: `https://${host}/settings/tokens/new?scopes=repo,workflow&description=Callboard`,
      }
    : {
        host,
        prompt: vscode.l10n.t('A personal access token with the scope api'),
        page: `https://${host}/-/user_settings/personal_access_tokens?name=Callboard&scopes=api`,
      };
}
