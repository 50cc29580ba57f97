import * as vscode from 'vscode';
import type { CatalogSourceInfo } from '../../api';
import { type Logger, readGitAddress, withoutLinks } from '../../base';
import type { TokenCredentials, TokenHolder } from '../../core/sources';
import { askForToken } from '../askForToken';
import { HostAccounts } from '../hostAccounts';
import { wantedToken } from './wantedTokens';

export interface SourceTokenDeskDeps {
  readonly secrets: vscode.SecretStorage;
  readonly logger: Logger;
  readonly credentials: Pick<TokenCredentials, 'holderOf'>;
}

/** Has the user set, replace and take away what lets in to the hosts of sources. */
export class SourceTokenDesk {
  readonly #accounts: HostAccounts;
  readonly #credentials: SourceTokenDeskDeps['credentials'];

  constructor(deps: SourceTokenDeskDeps) {
    this.#accounts = new HostAccounts(deps);
    this.#credentials = deps.credentials;
  }

  /** @returns whether there is one now that was not there before */
  async set(source: CatalogSourceInfo): Promise<boolean> {
    const holder = this.#holderOf(source);
    if (!holder) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          '{0} is not asked with a token: git signs in there as it does in a terminal, by a key or what it has stored.',
          withoutLinks(source.name),
        ),
      );
      return false;
    }
    const { host, type } = holder;
    if (type === 'github' && HostAccounts.hasSessions(host) && (await this.#wantsToSignIn(host))) {
      const detail = vscode.l10n.t('Callboard reads the catalog of {0}.', source.name);
      return (await this.#accounts.session(host, { createIfNone: { detail } })) !== undefined;
    }
    const token = await askForToken(wantedToken(source, host, type));
    if (token === undefined) return false;
    await this.#accounts.setToken(host, token);
    return true;
  }

  /** @returns the host; undefined where there was none */
  async remove(source: CatalogSourceInfo): Promise<string | undefined> {
    const host = this.#holderOf(source)?.host;
    if (host === undefined || (await this.#accounts.getToken(host)) === undefined) return undefined;
    await this.#accounts.removeToken(host);
    return host;
  }

  /** Whether what lets in to one lets in to the other. */
  haveOneToken(one: CatalogSourceInfo, other: CatalogSourceInfo): boolean {
    const host = this.#holderOf(one)?.host;
    return host !== undefined && host === this.#holderOf(other)?.host;
  }

  #holderOf({ type, url }: CatalogSourceInfo): TokenHolder | undefined {
    if (type !== 'git') {
      return URL.canParse(url) ? this.#credentials.holderOf(new URL(url).origin) : undefined;
    }
    const address = readGitAddress(url);
    const origin = address.ok ? address.value.origin : undefined;
    return origin === undefined ? undefined : this.#credentials.holderOf(origin);
  }

  /** @throws CancellationError where the user gave up */
  async #wantsToSignIn(host: string): Promise<boolean> {
    const picked = await vscode.window.showQuickPick(
      [
        { label: `$(github) ${vscode.l10n.t('Sign In with VS Code')}`, signsIn: true },
        { label: `$(key) ${vscode.l10n.t('Give a Token')}`, signsIn: false },
      ],
      { title: vscode.l10n.t('Token of {0}', host) },
    );
    if (!picked) throw new vscode.CancellationError();
    return picked.signsIn;
  }
}
