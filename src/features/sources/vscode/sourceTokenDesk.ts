import * as vscode from 'vscode';
import type { CatalogSourceInfo } from '../../../api';
import { type Logger } from '../../../base';
import { withoutLinks } from '../../../platform/core';
import { HostAccounts } from '../../../platform/vscode/hostAccounts';
import {
  askForToken,
  askOne,
  type QuickSteps,
  type WantedToken,
  withQuickSteps,
} from '../../../platform/vscode/quickInput';
import { readGitAddress } from '../../scm/core/gitAddresses';
import type { TokenCredentials, TokenHolder } from '../core';

export interface SourceTokenDeskDeps {
  readonly secrets: vscode.SecretStorage;
  readonly logger: Logger;
  readonly credentials: Pick<TokenCredentials, 'holderOf'>;
}

/** Commands for setting and removing access tokens of source hosts. */
export class SourceTokenDesk {
  readonly #accounts: HostAccounts;
  readonly #credentials: SourceTokenDeskDeps['credentials'];

  constructor(deps: SourceTokenDeskDeps) {
    this.#accounts = new HostAccounts(deps);
    this.#credentials = deps.credentials;
  }

  /** @returns whether a new token was set */
  async set(source: CatalogSourceInfo): Promise<boolean> {
    const holder = this.#holderOf(source);
    if (!holder) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          "{0} doesn't use a token. Git signs in there as in a terminal, with an ssh key or stored credentials.",
          withoutLinks(source.name),
        ),
      );
      return false;
    }
    const { host, type } = holder;
    const hasSessions = HostAccounts.hasSessions(holder);
    const answer = await withQuickSteps(async steps => {
      const way = hasSessions ? await pickSignIn(host, steps) : 'token';
      return way === 'token'
        ? { token: await askForToken(wantedToken(source, host, type), steps) }
        : way;
    });
    if (answer === 'session') {
      const detail = vscode.l10n.t('Callboard reads the catalog of {0}.', source.name);
      return (await this.#accounts.session(host, { createIfNone: { detail } })) !== undefined;
    }
    if (answer?.token === undefined) return false;
    await this.#accounts.setToken(host, answer.token);
    return true;
  }

  /** @returns the host; undefined if it had no token */
  async remove(source: CatalogSourceInfo): Promise<string | undefined> {
    const host = this.#holderOf(source)?.host;
    if (host === undefined || (await this.#accounts.getToken(host)) === undefined) return undefined;
    await this.#accounts.removeToken(host);
    return host;
  }

  /** Whether both sources use the same token. */
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
}

async function pickSignIn(
  host: string,
  steps: QuickSteps,
): Promise<'session' | 'token' | undefined> {
  const step = await askOne({
    steps,
    title: vscode.l10n.t('Access Token for {0}', host),
    placeholder: vscode.l10n.t('Select how to sign in'),
    items: [
      { label: `$(github) ${vscode.l10n.t('Sign In with VS Code')}`, way: 'session' as const },
      { label: `$(key) ${vscode.l10n.t('Enter Token')}`, way: 'token' as const },
    ],
  });
  return typeof step === 'object' ? step.answer.way : undefined;
}

/** Describes the token that a source needs, with the page that creates one on known forges. */
function wantedToken(
  { type }: Pick<CatalogSourceInfo, 'type'>,
  host: string,
  forge: string | undefined,
): WantedToken {
  if (type === 'backstage') {
    return {
      host,
      prompt: vscode.l10n.t('A static token of this Backstage (backend.auth.externalAccess)'),
      page: undefined,
    };
  }
  switch (forge) {
    case 'github':
      return {
        host,
        prompt: vscode.l10n.t('A personal access token with read access to the repositories'),
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
        prompt: vscode.l10n.t('A token with read access. It is sent to {0} only', host),
        page: undefined,
      };
  }
}
