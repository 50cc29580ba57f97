import * as vscode from 'vscode';
import type { Logger } from '../../base';
import type { ForgeHost, ForgeTokens, HostForges } from '../../core/forges';
import type { Clock, HttpClient } from '../../core/ports';
import type { Forges, RepoHosts } from '../../core/scaffolder';
import { askForToken } from './askForToken';

export interface ForgeAccountsDeps {
  readonly secrets: vscode.SecretStorage;
  readonly logger: Logger;
  readonly hosts: () => Promise<RepoHosts>;
  readonly http: HttpClient;
  readonly clock: Clock;
}

/**
 * What repositories and workflows take. Those of VS Code's own GitHub extension: who is signed in for it needs no other
 * session, and is only asked whether Callboard may have it.
 */
const GITHUB_SCOPES = ['repo', 'workflow', 'user:email', 'read:user'];

/**
 * Lets Callboard in to forges as the user: by the accounts that VS Code has, or by tokens that the user has given it.
 * Tokens are in VS Code's secret storage, by their host, and nowhere else.
 */
export class ForgeAccounts implements ForgeTokens, Forges {
  readonly #deps: ForgeAccountsDeps;

  constructor(deps: ForgeAccountsDeps) {
    this.#deps = deps;
  }

  async open(host: string, signal: AbortSignal): ReturnType<HostForges['open']> {
    const { http, clock } = this.#deps;
    const { HostForges } = await import('../../core/forges');
    const hosts = await this.#deps.hosts();
    const forges = new HostForges({ tokens: this, hosts: () => hosts, http, clock });
    return forges.open(host, signal);
  }

  /** Asks the user to sign in, or for a token, where there is none. */
  async find(host: ForgeHost, signal: AbortSignal): Promise<string | undefined> {
    const before = await this.findSilently(host);
    if (before !== undefined) return before;
    signal.throwIfAborted();
    const provider = providerOf(host);
    if (provider === undefined) return this.#ask(host);
    const detail = vscode.l10n.t('A template of Callboard publishes to {0}.', host.host);
    return this.#session(provider, { createIfNone: { detail } });
  }

  /** What there is already, and what Callboard may have, without a question. */
  async findSilently(host: ForgeHost): Promise<string | undefined> {
    const stored = await this.#deps.secrets.get(keyOf(host));
    if (stored !== undefined) return stored;
    const provider = providerOf(host);
    return provider === undefined ? undefined : this.#session(provider, { silent: true });
  }

  /** The hosts that tokens can be set for. */
  async hosts(): Promise<readonly ForgeHost[]> {
    return [...(await this.#deps.hosts())].flatMap(([host, type]) =>
      type === 'github' || type === 'gitlab' ? [{ host, type }] : [],
    );
  }

  async hasToken(host: ForgeHost): Promise<boolean> {
    return (await this.#deps.secrets.get(keyOf(host))) !== undefined;
  }

  async setToken(host: ForgeHost, token: string): Promise<void> {
    await this.#deps.secrets.store(keyOf(host), token);
  }

  async removeToken(host: ForgeHost): Promise<void> {
    await this.#deps.secrets.delete(keyOf(host));
  }

  async #ask(host: ForgeHost): Promise<string | undefined> {
    const token = await askForToken(host);
    if (token !== undefined) await this.setToken(host, token);
    return token;
  }

  async #session(
    provider: string,
    options: vscode.AuthenticationGetSessionOptions,
  ): Promise<string | undefined> {
    try {
      const session = await vscode.authentication.getSession(provider, GITHUB_SCOPES, options);
      return session?.accessToken;
    } catch (error) {
      // That somebody does not want to sign in comes as an error, as does that there is no such provider.
      this.#deps.logger.warn(`There is no session of ${provider}: ${String(error)}`);
      return undefined;
    }
  }
}

function keyOf({ host }: ForgeHost): string {
  return `callboard.templates.token:${host}`;
}

/** The provider of VS Code that knows the accounts of a host; undefined where none does. */
function providerOf({ host, type }: ForgeHost): string | undefined {
  if (type !== 'github') return undefined;
  if (host === 'github.com') return 'github';
  return host === enterpriseHost() ? 'github-enterprise' : undefined;
}

/** The host that VS Code signs in to besides github.com, by its own setting. */
function enterpriseHost(): string | undefined {
  const uri = vscode.workspace.getConfiguration('github-enterprise').get<unknown>('uri');
  return typeof uri === 'string' && URL.canParse(uri) ? new URL(uri).host : undefined;
}

/** Hosts that are known by themselves, and what VS Code knows besides. */
export function withEnterpriseHost(hosts: RepoHosts): RepoHosts {
  const host = enterpriseHost();
  return host === undefined || hosts.has(host) ? hosts : new Map([...hosts, [host, 'github']]);
}
