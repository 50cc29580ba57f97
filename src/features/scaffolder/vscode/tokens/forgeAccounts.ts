import * as vscode from 'vscode';
import type { Logger } from '../../../../base';
import type { Clock, HttpClient } from '../../../../platform/core/ports';
import { enterpriseHost, HostAccounts } from '../../../../platform/vscode/hostAccounts';
import { askForToken, type WantedToken } from '../../../../platform/vscode/quickInput';
import type {
  ForgeHost,
  Forges,
  ForgeTokens,
  HostForges,
  RepoHosts,
} from '../../../scm/core/forges';
import type { ForgeLookup, ScaffolderSettings } from '../../core';

interface ForgeAccountsDeps {
  readonly secrets: vscode.SecretStorage;
  readonly logger: Logger;
  /** Returns the settings with the hosts. */
  readonly settings: () => Promise<ScaffolderSettings>;
  readonly http: HttpClient;
  readonly clock: Clock;
}

/**
 * Authenticates with git hosts as the user, with VS Code's accounts or tokens from the user. Tokens are stored
 * only in VS Code's secret storage, by host.
 */
export class ForgeAccounts implements ForgeTokens, Forges {
  readonly #deps: ForgeAccountsDeps;
  readonly #accounts: HostAccounts;

  constructor(deps: ForgeAccountsDeps) {
    this.#deps = deps;
    this.#accounts = new HostAccounts(deps);
  }

  async open(host: string, signal: AbortSignal): ReturnType<HostForges['open']> {
    const { http, clock } = this.#deps;
    const { HostForges } = await import('../../../scm/core/forges');
    const { hosts, addresses } = await this.#deps.settings();
    const forges = new HostForges({ tokens: this, hosts: () => hosts, addresses, http, clock });
    return forges.open(host, signal);
  }

  /** Asks the user to sign in or for a token, if there is none. */
  async find(host: ForgeHost, signal: AbortSignal): Promise<string | undefined> {
    const before = await this.#accounts.find(host);
    if (before !== undefined) return before;
    signal.throwIfAborted();
    if (!HostAccounts.hasSessions(host)) return this.#ask(host);
    const detail = vscode.l10n.t('A Callboard template publishes to {0}.', host.host);
    return this.#accounts.session(host.host, { createIfNone: { detail } });
  }

  /** Hosts with support for tokens. */
  async hosts(): Promise<readonly ForgeHost[]> {
    const { hosts } = await this.#deps.settings();
    return [...hosts].flatMap(([host, type]) =>
      type === 'github' || type === 'gitlab' ? [{ host, type }] : [],
    );
  }

  async hasToken({ host }: ForgeHost): Promise<boolean> {
    return (await this.#accounts.getToken(host)) !== undefined;
  }

  async setToken({ host }: ForgeHost, token: string): Promise<void> {
    await this.#accounts.setToken(host, token);
  }

  async removeToken({ host }: ForgeHost): Promise<void> {
    await this.#accounts.removeToken(host);
  }

  async #ask(host: ForgeHost): Promise<string | undefined> {
    const token = await askForToken(forgeToken(host));
    if (token !== undefined) await this.setToken(host, token);
    return token;
  }
}

/** Adds VS Code's GitHub Enterprise host. */
export function withEnterpriseHost(hosts: RepoHosts): RepoHosts {
  const host = enterpriseHost();
  return host === undefined || hosts.has(host) ? hosts : new Map([...hosts, [host, 'github']]);
}

/** The token for publishing to a git host. */
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

/**
 * Suggestions from a git host. Asks the user to sign in, because the user requested them.
 * @throws Error with a message for people
 */
export async function forgeChoices(
  lookup: ForgeLookup,
  { forges, signal }: { readonly forges: Pick<HostForges, 'open'>; readonly signal: AbortSignal },
): Promise<readonly string[]> {
  const forge = await forges.open(lookup.host, signal);
  if (!forge) throw new Error(vscode.l10n.t("Can't sign in to {0}.", lookup.host));
  switch (lookup.what) {
    case 'owners':
      return forge.owners(signal);
    case 'repositories':
      return forge.repositories(lookup.owner, signal);
    case 'branches':
      return forge.branches(lookup.owner, lookup.repo, signal);
  }
}
