import * as vscode from 'vscode';
import { printable, printableName } from '../../../../base';
import { confirm } from './agreement';

/** Asks before a template fetches from an allowed host, once for each template and host. */
export class FetchConsent {
  readonly #agreed = new Set<string>();

  /**
   * @param url - the first URL to fetch
   * @returns whether the template may fetch from the host
   */
  async request(
    template: { readonly ref: string; readonly title: string },
    host: string,
    url: string,
  ): Promise<boolean> {
    const key = `${template.ref} ${host}`;
    if (this.#agreed.has(key)) return true;
    const message = vscode.l10n.t('{0} wants to fetch from {1}.', printable(template.title), host);
    const detail = vscode.l10n.t(
      '{0}\n\nThe host receives this address. No fetched code runs.',
      printableName(url),
    );
    const fetch = vscode.l10n.t('Fetch');
    const isGiven = await confirm(message, detail, fetch);
    if (isGiven) this.#agreed.add(key);
    return isGiven;
  }
}
