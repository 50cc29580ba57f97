import * as vscode from 'vscode';
import { joinUri, type Logger, onDemand } from '../../base';
import { AllowedHosts } from '../../core/hosts';
import type { Clock, GitMirrors } from '../../core/ports';
import {
  DefaultSourceHttp,
  hostsOfSources,
  isNamedForGit,
  readHosts,
  type RemoteSourceDeps,
  type SourceConfig,
  TokenCredentials,
  typesOfSources,
} from '../../core/sources';
import { HostAccounts } from '../hostAccounts';
import type { Platform, SourceTools } from '../platform';
import { fromUri } from '../uri';
import { AccountTokens } from './accountTokens';

export interface SourceWorldDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly platform: Pick<Platform, 'createBlobStore' | 'loadSourceTools'>;
  readonly secrets: vscode.SecretStorage;
  /** A folder for all windows, whatever they have open. */
  readonly storage: vscode.Uri;
  /** Those that there are by now. */
  readonly configs: () => readonly SourceConfig[];
  /** What kinds of forges answer on hosts, but for what sources say themselves. */
  readonly types: () => ReadonlyMap<string, string>;
}

/** What all sources of a window share: ways to other machines, what lets the user in there, and places for copies. */
export class SourceWorld {
  readonly #deps: SourceWorldDeps;
  readonly #tools: () => Promise<SourceTools>;
  readonly #http: DefaultSourceHttp;
  readonly credentials: TokenCredentials;

  constructor(deps: SourceWorldDeps) {
    this.#deps = deps;
    const { clock, configs, platform, secrets, logger } = deps;
    this.#tools = onDemand(() => platform.loadSourceTools());
    this.credentials = new TokenCredentials({
      tokens: new AccountTokens(new HostAccounts({ secrets, logger })),
      types: () => this.#types(),
      backstages: () =>
        configs().flatMap(config => (config.type === 'backstage' ? [config.url] : [])),
    });
    this.#http = new DefaultSourceHttp({
      allowed: () => this.#allowed(),
      openHttp: async isNamed => (await this.#tools()).openHttp(isNamed),
      credentials: this.credentials,
      clock,
    });
  }

  /** What a source is opened with. Git is there on the desktop, in workspaces that are trusted. */
  async depsOf({ key }: SourceConfig): Promise<RemoteSourceDeps> {
    const { clock, logger, platform, storage } = this.#deps;
    return {
      ...{ clock, logger, http: this.#http, credentials: this.credentials },
      mirrors: await this.#mirrors(),
      store: platform.createBlobStore(joinUri(fromUri(storage), `sources/${key}`)),
      hosts: () => this.#types(),
    };
  }

  async #mirrors(): Promise<GitMirrors | undefined> {
    const { logger, storage } = this.#deps;
    if (!vscode.workspace.isTrusted) return undefined;
    const { openMirrors } = await this.#tools();
    return openMirrors?.(joinUri(fromUri(storage), 'mirrors'), {
      isNamed: host => isNamedForGit(host, new AllowedHosts(namedHosts())),
      logger,
    });
  }

  #types(): ReadonlyMap<string, string> {
    const { configs, types } = this.#deps;
    return new Map([...types(), ...typesOfSources(configs())]);
  }

  /** Those that sources are on, and those that the user has named besides. */
  #allowed(): AllowedHosts {
    return new AllowedHosts([
      ...hostsOfSources(this.#deps.configs(), this.#types()),
      ...namedHosts(),
    ]);
  }
}

/** Those that the settings name besides those of sources. */
function namedHosts(): readonly string[] {
  const setting: unknown = vscode.workspace.getConfiguration('callboard').get('catalog.hosts');
  return readHosts(setting).hosts;
}
