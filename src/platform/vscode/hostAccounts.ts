import * as vscode from 'vscode';
import type { Logger } from '../../base';
import { readSetting } from './trust';

export interface HostAccountsDeps {
  readonly secrets: vscode.SecretStorage;
  readonly logger: Logger;
}

export interface AccountHost {
  readonly host: string;
  /** Type of the host, such as `github` or `gitlab`; undefined where it is unknown. */
  readonly type: string | undefined;
}

/**
 * Scopes for repositories and workflows, the same as in VS Code's GitHub extension: a user with such a session only has
 * to allow Callboard to use it.
 */
const GITHUB_SCOPES = ['repo', 'workflow', 'user:email', 'read:user'];

/**
 * The user's credentials for other machines: one token per host, in VS Code's secret storage only, and the sessions of
 * VS Code's accounts.
 */
export class HostAccounts {
  readonly #deps: HostAccountsDeps;

  constructor(deps: HostAccountsDeps) {
    this.#deps = deps;
  }

  /** Whether VS Code has accounts for a host. */
  static hasSessions({ host, type }: AccountHost): boolean {
    return type === 'github' && providerOf(host) !== undefined;
  }

  /** Returns the token set for a host, or that of a session that Callboard may use; doesn't prompt. */
  async find(holder: AccountHost): Promise<string | undefined> {
    const token = await this.getToken(holder.host);
    if (token !== undefined || !HostAccounts.hasSessions(holder)) return token;
    return this.session(holder.host, { silent: true });
  }

  /** Returns the token set for a host. */
  async getToken(host: string): Promise<string | undefined> {
    return this.#deps.secrets.get(keyOf(host));
  }

  async setToken(host: string, token: string): Promise<void> {
    await this.#deps.secrets.store(keyOf(host), token);
  }

  async removeToken(host: string): Promise<void> {
    await this.#deps.secrets.delete(keyOf(host));
  }

  /** Returns the token of VS Code's session for a host; undefined if there is none or the user doesn't sign in. */
  async session(
    host: string,
    options: vscode.AuthenticationGetSessionOptions,
  ): Promise<string | undefined> {
    const provider = providerOf(host);
    if (provider === undefined) return undefined;
    try {
      const session = await vscode.authentication.getSession(provider, GITHUB_SCOPES, options);
      return session?.accessToken;
    } catch (error) {
      // Thrown if the user declines to sign in, or there is no such provider.
      this.#deps.logger.warn(`There is no session of ${provider}: ${String(error)}`);
      return undefined;
    }
  }
}

/** The prefix is from the time when only templates had tokens; it keeps those tokens valid. */
function keyOf(host: string): string {
  return `callboard.templates.token:${host}`;
}

/** Returns VS Code's authentication provider for a host; undefined if there is none. */
function providerOf(host: string): string | undefined {
  if (host === 'github.com') return 'github';
  return host === enterpriseHost() ? 'github-enterprise' : undefined;
}

/** Returns the GitHub Enterprise host of VS Code's setting. */
export function enterpriseHost(): string | undefined {
  const uri = readSetting('github-enterprise.uri');
  return typeof uri === 'string' && URL.canParse(uri) ? new URL(uri).host : undefined;
}
