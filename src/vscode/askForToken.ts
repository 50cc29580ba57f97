import * as vscode from 'vscode';
import { DisposableStore } from '../base';

/** A token that is asked for. */
export interface WantedToken {
  readonly host: string;
  /** What kind of token it is to be. */
  readonly prompt: string;
  /** Where the host makes them, for a browser; undefined where that is not known. */
  readonly page: string | undefined;
}

/**
 * Asks for a token of a host, with a way to where it makes them.
 *
 * @returns undefined where the user gave up
 */
export function askForToken({ host, prompt, page }: WantedToken): Promise<string | undefined> {
  return new Promise(resolve => {
    const store = new DisposableStore();
    const input = store.add(vscode.window.createInputBox());
    const finish = (token: string | undefined): void => {
      resolve(token);
      store.dispose();
    };
    input.title = vscode.l10n.t('Token of {0}', host);
    input.prompt = prompt;
    input.password = true;
    input.ignoreFocusOut = true;
    const make = {
      iconPath: new vscode.ThemeIcon('link-external'),
      tooltip: vscode.l10n.t('Make a Token on {0}', host),
    };
    if (page !== undefined) {
      input.buttons = [make];
      store.add(
        input.onDidTriggerButton(() => {
          void vscode.env.openExternal(vscode.Uri.parse(page));
        }),
      );
    }
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
