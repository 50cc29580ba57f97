import * as vscode from 'vscode';
import { askText, type QuickSteps, withQuickSteps } from './quickSteps';

/** A token to ask the user for. */
export interface WantedToken {
  readonly host: string;
  /** The kind of token and the scopes it needs. */
  readonly prompt: string;
  /** The web page of the host that creates tokens; undefined if unknown. */
  readonly page: string | undefined;
}

/**
 * Asks for an access token of a host.
 *
 * @param steps - prompts before this one; default: there are none
 * @returns undefined if the prompt was dismissed
 */
export async function askForToken(
  { host, prompt, page }: WantedToken,
  steps?: QuickSteps,
): Promise<string | undefined> {
  if (!steps) return withQuickSteps(own => askForToken({ host, prompt, page }, own));
  const step = await askText({
    steps,
    title: vscode.l10n.t('Access Token for {0}', host),
    prompt,
    isPassword: true,
    link: page === undefined ? undefined : { url: page, tooltip: vscode.l10n.t('Create a token') },
    validate: text =>
      isToken(text.trim())
        ? undefined
        : vscode.l10n.t('A token has no spaces and only ASCII characters.'),
  });
  return typeof step === 'object' ? step.answer.trim() : undefined;
}

/** Whether a text can be sent in an HTTP header. */
function isToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}
