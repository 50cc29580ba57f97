import * as vscode from 'vscode';
import type { CatalogSourceInfo } from '../../../api';
import type { WantedToken } from '../../../platform/vscode/quickInput';

/** The token that reading a source takes; of a host that is known as a forge, with the way to where it makes them. */
export function wantedToken(
  { type }: Pick<CatalogSourceInfo, 'type'>,
  host: string,
  forge: string | undefined,
): WantedToken {
  if (type === 'backstage') {
    return {
      host,
      prompt: vscode.l10n.t('A token that this Backstage lets programs in with (externalAccess)'),
      page: undefined,
    };
  }
  switch (forge) {
    case 'github':
      return {
        host,
        prompt: vscode.l10n.t('A personal access token that may read the repositories'),
        page: `https://${host}/settings/personal-access-tokens/new`,
      };
    case 'gitlab':
      return {
        host,
        prompt: vscode.l10n.t(
          'A personal access token with the scopes read_api and read_repository',
        ),
        page: `https://${host}/-/user_settings/personal_access_tokens?name=Callboard&scopes=read_api,read_repository`,
      };
    default:
      return {
        host,
        prompt: vscode.l10n.t('A token that may read it. It goes to {0} alone', host),
        page: undefined,
      };
  }
}
