import { HostAccounts } from '../../../platform/vscode/hostAccounts';
import type { SourceTokens, TokenHolder } from '../core';

/**
 * What the user is let in to sources with: a token that was given for the host, or else the session that VS Code has of it
 * and that Callboard may have. Nobody is asked: sources are fetched while nobody is looking.
 */
export class AccountTokens implements SourceTokens {
  readonly #accounts: HostAccounts;

  constructor(accounts: HostAccounts) {
    this.#accounts = accounts;
  }

  async find({ host, type }: TokenHolder): Promise<string | undefined> {
    const token = await this.#accounts.getToken(host);
    if (token !== undefined || type !== 'github' || !HostAccounts.hasSessions(host)) return token;
    return this.#accounts.session(host, { silent: true });
  }
}
