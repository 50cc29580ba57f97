import * as vscode from 'vscode';
import type { Logger } from '../../base';
import { readSetting } from './trust';

export interface HostAccountsDeps {
  readonly secrets: vscode.SecretStorage;
  readonly logger: Logger;
}

export interface AccountHost {
  readonly host: string;
  /** `github`, `gitlab` …; undefined where it is not known. */
  readonly type: string | undefined;
}

/**
 * What repositories and workflows take. Those of VS Code's own GitHub extension: who is signed in for it needs no other
 * session, and is only asked whether Callboard may have it.
 */
const GITHUB_SCOPES = ['repo', 'workflow', 'user:email', 'read:user'];

/**
 * What the user is let in to other machines with: one token for each host, whatever it is used for, in VS Code's secret
 * storage and nowhere else; and the sessions of VS Code's own accounts.
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

  /** The token that was given for a host, or else that of a session that Callboard may have; the user isn't asked. */
  async find(holder: AccountHost): Promise<string | undefined> {
    const token = await this.getToken(holder.host);
    if (token !== undefined || !HostAccounts.hasSessions(holder)) return token;
    return this.session(holder.host, { silent: true });
  }

  /** The token that was given for a host. */
  async getToken(host: string): Promise<string | undefined> {
    return this.#deps.secrets.get(keyOf(host));
  }

  async setToken(host: string, token: string): Promise<void> {
    await this.#deps.secrets.store(keyOf(host), token);
  }

  async removeToken(host: string): Promise<void> {
    await this.#deps.secrets.delete(keyOf(host));
  }

  /** The token of VS Code's session for a host; undefined where there is none, or nobody wants to sign in. */
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
      // That somebody does not want to sign in comes as an error, as does that there is no such provider.
      this.#deps.logger.warn(`There is no session of ${provider}: ${String(error)}`);
      return undefined;
    }
  }
}

/** It was templates alone once that had tokens; who has given one then need not give it again. */
function keyOf(host: string): string {
  return `callboard.templates.token:${host}`;
}

/** The provider of VS Code that knows the accounts of a host; undefined where none does. */
function providerOf(host: string): string | undefined {
  if (host === 'github.com') return 'github';
  return host === enterpriseHost() ? 'github-enterprise' : undefined;
}

/** The host that VS Code signs in to besides github.com, by its own setting. */
export function enterpriseHost(): string | undefined {
  const uri = readSetting('github-enterprise.uri');
  return typeof uri === 'string' && URL.canParse(uri) ? new URL(uri).host : undefined;
}
