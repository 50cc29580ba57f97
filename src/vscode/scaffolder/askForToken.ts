import * as vscode from 'vscode';
import { DisposableStore } from '../../base';
import type { ForgeHost } from '../../core/forges';

/**
 * Asks for a token of a host, with a way to where it makes them.
 *
 * @returns undefined where the user gave up
 */
export function askForToken({ host, type }: ForgeHost): Promise<string | undefined> {
  return new Promise(resolve => {
    const store = new DisposableStore();
    const input = store.add(vscode.window.createInputBox());
    const finish = (token: string | undefined): void => {
      resolve(token);
      store.dispose();
    };
    input.title = vscode.l10n.t('Token of {0}', host);
    input.prompt =
      type === 'github'
        ? vscode.l10n.t('A personal access token with the scopes repo and workflow')
        : vscode.l10n.t('A personal access token with the scope api');
    input.password = true;
    input.ignoreFocusOut = true;
    const make = {
      iconPath: new vscode.ThemeIcon('link-external'),
      tooltip: vscode.l10n.t('Make a Token on {0}', host),
    };
    input.buttons = [make];
    store.add(
      input.onDidTriggerButton(() => {
        void vscode.env.openExternal(vscode.Uri.parse(tokenPage({ host, type })));
      }),
    );
    store.add(
      input.onDidChangeValue(() => {
        input.validationMessage = undefined;
      }),
    );
    store.add(
      input.onDidAccept(() => {
        const token = input.value.trim();
        if (isToken(token)) finish(token);
        else input.validationMessage = vscode.l10n.t('This is no token.');
      }),
    );
    store.add(input.onDidHide(() => finish(undefined)));
    input.show();
  });
}

/** What can stand in a header. */
function isToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

function tokenPage({ host, type }: ForgeHost): string {
  return type === 'github'
    ? `https://${host}/settings/tokens/new?scopes=repo,workflow&description=Callboard`
    : `https://${host}/-/user_settings/personal_access_tokens?name=Callboard&scopes=api`;
}
