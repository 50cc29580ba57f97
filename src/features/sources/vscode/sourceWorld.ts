import type * as vscode from 'vscode';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  joinUri,
  type Logger,
  onDemand,
} from '../../../base';
import { AllowedHosts, isLoopback } from '../../../platform/core/hosts';
import type { BlobStore, Clock, GitMirrors, SecretStore } from '../../../platform/core/ports';
import { fromUri } from '../../../platform/vscode/convert';
import { HostAccounts } from '../../../platform/vscode/hostAccounts';
import type { Platform } from '../../../platform/vscode/platform';
import { mayCause, readSetting } from '../../../platform/vscode/trust';
import { SignedInSessions } from '../../backstage/core';
import type { UrlDemand } from '../../catalog/core';
import type { AddressesOfHosts } from '../../scm/core/urlReaders';
import {
  type ConfiguredUrlsDeps,
  DefaultSourceHttp,
  hostsOfSources,
  isNamedForGit,
  type LoadWildcards,
  readHosts,
  type RemoteSourceDeps,
  RequestSlots,
  type SourceConfig,
  TokenCredentials,
  typesOfSources,
  withApiHosts,
} from '../core';
import type { SourceTools } from './sourceTools';

/** VS Code's secret storage: encrypted, local, shared by all windows. */
export class VsCodeSecretStore implements SecretStore, Disposable {
  readonly #secrets: vscode.SecretStorage;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new Emitter<string>());

  readonly onDidChange = this.#changed.event;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
    this.#store.add(secrets.onDidChange(({ key }) => this.#changed.fire(key)));
  }

  async get(key: string): Promise<string | undefined> {
    return this.#secrets.get(key);
  }

  async set(key: string, value: string): Promise<void> {
    await this.#secrets.store(key, value);
  }

  async delete(key: string): Promise<void> {
    await this.#secrets.delete(key);
  }

  dispose(): void {
    this.#store.dispose();
  }
}

export interface SourceWorldDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly platform: Pick<Platform, 'createBlobStore'>;
  readonly loadSourceTools: () => Promise<SourceTools>;
  readonly secrets: vscode.SecretStorage;
  /** Folder shared by all windows. */
  readonly storage: vscode.Uri;
  /** Returns the current sources. */
  readonly configs: () => readonly SourceConfig[];
  /** Returns forge types by host, except those that sources declare. */
  readonly types: () => ReadonlyMap<string, string>;
  /** Returns the addresses that integrations of the app-config set. */
  readonly addresses: () => AddressesOfHosts;
}

/** Dependencies for reading the URLs of configs. */
export interface UrlDeps extends Pick<
  ConfiguredUrlsDeps,
  'clock' | 'credentials' | 'http' | 'logger' | 'wildcards'
> {
  readonly openStore: (key: string) => BlobStore | undefined;
}

/** Services shared by all sources of a window: HTTP, credentials, and storage for copies. */
export class SourceWorld implements Disposable {
  readonly #deps: SourceWorldDeps;
  readonly #store = new DisposableStore();
  readonly #wildcards: LoadWildcards;
  /** Limits concurrent requests over all clients of the window. */
  readonly #slots = new RequestSlots();
  readonly tools: () => Promise<SourceTools>;
  readonly http: DefaultSourceHttp;
  readonly credentials: TokenCredentials;
  /** Sessions with Backstages. */
  readonly sessions: SignedInSessions;

  constructor(deps: SourceWorldDeps) {
    this.#deps = deps;
    const { clock, configs, loadSourceTools, secrets, logger } = deps;
    this.tools = onDemand(loadSourceTools);
    this.sessions = this.#store.add(
      new SignedInSessions({
        secrets: this.#store.add(new VsCodeSecretStore(secrets)),
        http: () => this.http,
        clock,
        logger,
        isNamed: isNamedInSettings,
        clientIdOf: url => {
          const config = configs().find(each => each.type === 'backstage' && each.url === url);
          return config?.type === 'backstage' ? config.clientId : undefined;
        },
      }),
    );
    this.credentials = this.#credentialsFor(() => this.#types(), this.sessions);
    this.http = this.#httpFor(this.credentials, () => this.#allowed());
    this.#wildcards = this.#wildcardsFor('wildcards', this);
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Returns the dependencies of a source. Git is available on the desktop in trusted workspaces. */
  async depsOf({ key }: SourceConfig): Promise<RemoteSourceDeps> {
    const { addresses, clock, logger, platform, storage } = this.#deps;
    return {
      addresses,
      clock,
      logger,
      http: this.http,
      credentials: this.credentials,
      mirrors: await this.#mirrors(),
      wildcards: this.#wildcards,
      store: platform.createBlobStore(joinUri(fromUri(storage), `sources/${key}`)),
      hosts: () => this.#types(),
    };
  }

  /**
   * Returns the dependencies for URLs that Backstage configs lead to. Allowed hosts: those of integrations, those
   * that the configs may read, and those that the user has named.
   *
   * @param demand - returns the current demand
   */
  urlDeps(demand: () => Pick<UrlDemand, 'forges' | 'hosts'>): UrlDeps {
    const { clock, logger, platform, storage } = this.#deps;
    const types = (): ReadonlyMap<string, string> =>
      new Map([...this.#types(), ...demand().forges]);
    const credentials = this.#credentialsFor(types);
    const http = this.#httpFor(credentials, () => {
      const { forges, hosts } = demand();
      const hostsOfForges = [...forges.keys()];
      const here = hostsOfForges.filter(isOfThisMachineOrNetwork);
      const others = hostsOfForges.filter(host => !isOfThisMachineOrNetwork(host));
      return new AllowedHosts(
        [...withApiHosts(others, forges), ...withApiHosts(namedHosts(), types())],
        // Hosts in Backstage's own network must not give access to this one.
        [...here, ...hosts],
      );
    });
    return {
      clock,
      logger,
      credentials,
      http,
      wildcards: this.#wildcardsFor('app-config', { http, credentials }),
      openStore: key => platform.createBlobStore(joinUri(fromUri(storage), `sources/${key}`)),
    };
  }

  /** @param signedIn - undefined to ignore the user's sessions, because Backstage would not use them */
  #credentialsFor(
    types: () => ReadonlyMap<string, string>,
    signedIn?: SignedInSessions,
  ): TokenCredentials {
    const { configs, secrets, logger } = this.#deps;
    return new TokenCredentials({
      tokens: new HostAccounts({ secrets, logger }),
      types,
      ...(signedIn && { signedIn }),
      backstages: () =>
        configs().flatMap(config => (config.type === 'backstage' ? [config.url] : [])),
    });
  }

  #httpFor(credentials: TokenCredentials, allowed: () => AllowedHosts): DefaultSourceHttp {
    return new DefaultSourceHttp({
      allowed,
      openHttp: async isNamed => (await this.tools()).openHttp(isNamed),
      credentials,
      clock: this.#deps.clock,
      slots: this.#slots,
    });
  }

  /** @param prefix - prefix of mirror names */
  #wildcardsFor(
    prefix: string,
    { http, credentials }: Pick<SourceWorld, 'http' | 'credentials'>,
  ): LoadWildcards {
    const { clock, logger } = this.#deps;
    return onDemand(async () => {
      const { openWildcards } = await this.tools();
      return openWildcards?.({
        clock,
        logger,
        prefix,
        credentials,
        mirrors: () => this.#mirrors(),
        mayAsk: url => http.mayAsk(url),
      });
    });
  }

  /** Returns a store for data of a source besides its entities; undefined if nothing can be stored. */
  storeOf({ key }: SourceConfig, what: string): BlobStore | undefined {
    const { platform, storage } = this.#deps;
    return platform.createBlobStore(joinUri(fromUri(storage), `sources/${key}/${what}`));
  }

  async #mirrors(): Promise<GitMirrors | undefined> {
    const { logger, storage } = this.#deps;
    if (!mayCause('gitMirrors')) return undefined;
    const { openMirrors } = await this.tools();
    return openMirrors?.(joinUri(fromUri(storage), 'mirrors'), {
      isNamed: host => isNamedForGit(host, new AllowedHosts(namedHosts())),
      logger,
    });
  }

  #types(): ReadonlyMap<string, string> {
    const { configs, types } = this.#deps;
    return new Map([...types(), ...typesOfSources(configs())]);
  }

  /** Returns the hosts of sources and those that the user has named. */
  #allowed(): AllowedHosts {
    return new AllowedHosts([
      ...hostsOfSources(this.#deps.configs(), this.#types()),
      ...withApiHosts(namedHosts(), this.#types()),
    ]);
  }
}

/** Whether the settings allow a host in addition to those of sources. */
export function isNamedInSettings(host: string): boolean {
  return new AllowedHosts(namedHosts()).has(host);
}

/** Returns the hosts that the settings allow in addition to those of sources. */
function namedHosts(): readonly string[] {
  return readHosts(readSetting('callboard.catalog.hosts')).hosts;
}

/**
 * Whether a host is this machine or an IP address, which may belong to the local network. Names are checked when
 * they are resolved.
 */
function isOfThisMachineOrNetwork(host: string): boolean {
  if (!URL.canParse(`http://${host}`)) return true;
  const url = new URL(`http://${host}`);
  return isLoopback(url) || /^(?:\[|\d+(?:\.\d+){3}$)/.test(url.hostname);
}
