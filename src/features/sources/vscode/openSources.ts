import * as vscode from 'vscode';
import type {
  BackstageInstance,
  BackstageInstances,
  CatalogService,
  CatalogSourceInfo,
  CatalogSourcePlace,
  CatalogSourcesService,
  EntityOrigin,
} from '../../../api';
import { type Disposable, DisposableStore, Emitter, type Event, onDemand } from '../../../base';
import { CONFIGURED_URLS_KEY, sourceKeyOf, sourcesFileSystem } from '../../../platform/core/files';
import type { Environment, FileSystem } from '../../../platform/core/ports';
import { onDidGrantTrust } from '../../../platform/vscode/trust';
import { openBackstageSource, type SignedInSessions } from '../../backstage/core';
import { fileAddresses, FileCache, openInstance } from '../../backstage/core/instances';
import type { SignInDesk } from '../../backstage/vscode';
import type { CatalogEngine, ServedUrls, UrlDemand } from '../../catalog/core';
import { readScaffolderSettings } from '../../scaffolder/vscode/scaffolderSettings';
import type { AddressesOfHosts } from '../../scm/core/urlReaders';
import {
  type BackstageSourceConfig,
  isBackstage,
  openRemoteSource,
  type RemoteSource,
  SOURCE_SCHEME,
  SourceRegistry,
} from '../core';
import { AppConfigUrls } from './appConfigUrls';
import { placeOf } from './sourcePlaces';
import {
  addSource,
  checkSource,
  readSettings,
  removeSource,
  setAllowedKinds,
} from './sourceSettings';
import { SourceTokenDesk } from './sourceTokenDesk';
import { isNamedInSettings, SourceWorld, type SourceWorldDeps } from './sourceWorld';
import { SOURCES_SETTING } from './writtenSources';

export interface OpenSourcesDeps extends Omit<
  SourceWorldDeps,
  'configs' | 'types' | 'addresses' | 'platform'
> {
  readonly catalog: CatalogService;
  readonly engine: Pick<CatalogEngine, 'addSource' | 'mode' | 'sourcesRead' | 'status'>;
  readonly fileSystem: FileSystem;
  readonly platform: SourceWorldDeps['platform'] & { readonly environment: Environment };
}

/** Settings that affect sources. */
const SETTINGS = [
  SOURCES_SETTING,
  'callboard.catalog.hosts',
  'callboard.catalog.customKinds',
  'callboard.templates.integrations',
];

/** Source info for files that configs lead to. */
const OF_CONFIG: Pick<CatalogSourceInfo, 'type' | 'url'> = { type: 'url', url: '' };

/** Minimum milliseconds between retries when the user switches windows. */
const RETRY_PAUSE = 60_000;

/** Sources of a window, from its settings. */
export class VsCodeSources implements CatalogSourcesService, BackstageInstances, Disposable {
  readonly #deps: OpenSourcesDeps;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new Emitter<void>());
  readonly #registry: SourceRegistry;
  readonly #world: SourceWorld;
  readonly #tokens: SourceTokenDesk;
  readonly #urls: AppConfigUrls;
  readonly #sessions: SignedInSessions;
  readonly #signIns: () => Promise<SignInDesk>;
  #settings = readSettings();
  #types: ReadonlyMap<string, string> = new Map();
  #addresses: AddressesOfHosts = new Map();
  #retriedAt = 0;
  #instances = new WeakMap<RemoteSource, BackstageInstance>();
  #keptDocs = new WeakMap<RemoteSource, FileCache>();

  readonly onDidChange = this.#changed.event;
  /** Files of all sources, by URI. */
  readonly files: FileSystem;
  /** Fires when files at the configs' URLs have changed. */
  readonly onDidChangeUrls: Event<void>;

  private constructor(deps: OpenSourcesDeps) {
    this.#deps = deps;
    const world = this.#store.add(
      new SourceWorld({
        ...deps,
        configs: () => this.#settings.configs,
        types: () => this.#types,
        addresses: () => this.#addresses,
      }),
    );
    this.#world = world;
    this.#sessions = world.sessions;
    this.#signIns = onDemand(async () => {
      const { SignInDesk } = await import('../../backstage/vscode');
      return new SignInDesk({
        secrets: deps.secrets,
        logger: deps.logger,
        clock: deps.clock,
        http: world.http,
        sessions: world.sessions,
        tools: world.tools,
        isNamed: isNamedInSettings,
      });
    });
    this.#registry = this.#store.add(
      new SourceRegistry({
        clock: deps.clock,
        logger: deps.logger,
        open: async config =>
          openRemoteSource(config, await world.depsOf(config), openBackstageSource),
        addSource: source => deps.engine.addSource(source),
        removeFromSettings: ({ id }) => removeSource(id),
      }),
    );
    const { engine } = deps;
    this.#urls = this.#store.add(
      new AppConfigUrls({
        world,
        root: `${SOURCE_SCHEME}://${CONFIGURED_URLS_KEY}/`,
        // The mode is not known during the first read.
        isWanted: () => engine.mode === 'backstage' || engine.status !== 'ready',
      }),
    );
    this.onDidChangeUrls = this.#urls.onDidChange;
    this.files = sourcesFileSystem(deps.fileSystem, key =>
      key === CONFIGURED_URLS_KEY ? this.#urls.fileSystem : this.#registry.findFileSystem(key),
    );
    this.#tokens = new SourceTokenDesk({ ...deps, credentials: world.credentials });
    this.#store.add(this.#registry.onDidChange(() => this.#changed.fire()));
    this.#store.add(this.#sessions.onDidChange(origin => void this.#retryAs(origin)));
    this.#followWindow();
  }

  /** Opens the sources and starts to restore their copies. */
  static async open(deps: OpenSourcesDeps): Promise<VsCodeSources> {
    const sources = new VsCodeSources(deps);
    await sources.#readSettings();
    return sources;
  }

  /** Returns forge types by host, from settings and the app-config. */
  async forges(): Promise<ReadonlyMap<string, string>> {
    return (await this.#forgeSettings()).hosts;
  }

  #forgeSettings(): ReturnType<typeof readScaffolderSettings> {
    const { fileSystem, logger, platform } = this.#deps;
    const { environment } = platform;
    return readScaffolderSettings({ fileSystem, environment, logger });
  }

  /** Resolves when the copies of earlier sessions are restored, without sending requests. */
  whenRestored(): Promise<void> {
    return this.#registry.whenRestored();
  }

  getSources(): readonly CatalogSourceInfo[] {
    return this.#registry.getSources().map(source => this.#withUser(source));
  }

  getSourceOf(file: string): CatalogSourceInfo | undefined {
    const source = this.#registry.getSourceOf(file);
    return source && this.#withUser(source);
  }

  getSettingProblems(): readonly string[] {
    return this.#settings.problems;
  }

  async getInstances(): Promise<readonly BackstageInstance[]> {
    await this.whenRestored();
    return this.getSources().flatMap(({ id }) => this.#instanceOf(id) ?? []);
  }

  async getInstance(sourceId: string): Promise<BackstageInstance | undefined> {
    await this.whenRestored();
    return this.#instanceOf(sourceId);
  }

  getOriginOf(ref: string): EntityOrigin {
    // Reads sources only, because each row of a tree calls this.
    const [from, ...others] = this.#deps.catalog
      .getEntitySources(ref)
      .map(source => source && this.getSourceOf(source.file));
    const alsoIn = others.filter(source => source !== undefined);
    return { from, alsoIn: [...new Set(alsoIn)] };
  }

  getPlaceOf(file: string): CatalogSourcePlace | undefined {
    const isOfConfig = sourceKeyOf(file) === CONFIGURED_URLS_KEY;
    const source = isOfConfig ? OF_CONFIG : this.getSourceOf(file);
    return source && placeOf(file, source, this.#deps.catalog);
  }

  findAddresses: CatalogSourcesService['findAddresses'] = files =>
    fileAddresses(files, this.#deps.fileSystem, () => this.forges());

  /** Opens the URLs of Backstage configs for a catalog that starts. */
  openUrls(demand: UrlDemand): ServedUrls {
    return this.#urls.open(demand);
  }

  refresh: CatalogSourcesService['refresh'] = async options => {
    const isAll = options?.id === undefined;
    await Promise.all([this.#registry.refresh(options), isAll && this.#urls.refresh()]);
  };

  fetchEntity: CatalogSourcesService['fetchEntity'] = async (ref, options) => {
    if (!(await this.#registry.fetchEntity(ref, options))) return false;
    await this.#deps.engine.sourcesRead();
    return true;
  };

  findEntities: CatalogSourcesService['findEntities'] = (query, options) =>
    this.#registry.findEntities(query, {
      ...options,
      onAnswer: answer => options.onAnswer({ ...answer, source: this.#withUser(answer.source) }),
    });

  forget: CatalogSourcesService['forget'] = async id => {
    await this.#forgetDocs(id);
    await this.#registry.forget(id);
  };

  async cancelFetch(id: string): Promise<void> {
    this.#registry.cancelFetch(id);
  }

  remove: CatalogSourcesService['remove'] = async id => {
    const remote = this.#registry.getRemoteSource(id);
    await this.#registry.remove(id);
    await this.#forgetDocsOf(remote);
  };

  check: CatalogSourcesService['check'] = async source => checkSource(source);

  readonly add = addSource;

  readonly setAllowedKinds = setAllowedKinds;

  async setToken(id: string): Promise<void> {
    const source = this.#sourceOf(id);
    if (!source || !(await this.#tokens.set(source))) return;
    const waiting = this.#registry
      .getSources()
      .filter(other => other.failure?.needsToken && this.#tokens.haveOneToken(source, other))
      .map(other => other.id);
    await Promise.all([...new Set([id, ...waiting])].map(each => this.#askAnew(each)));
  }

  async removeToken(id: string): Promise<string | undefined> {
    const source = this.#sourceOf(id);
    return source && this.#tokens.remove(source);
  }

  async signIn(id: string): Promise<void> {
    const source = this.#sourceOf(id);
    const config = this.#backstageOf(id);
    if (!source || !config) return;
    await (await this.#signIns()).signIn(source, config);
    await this.#askAnew(id);
  }

  async signOut(id: string): Promise<string | undefined> {
    const config = this.#backstageOf(id);
    const host = config && (await (await this.#signIns()).signOut(config));
    if (host === undefined) return undefined;
    // Deletes docs that the previous user could see.
    await this.#forgetDocs(id);
    await this.#askAnew(id);
    return host;
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Fetches again, because a running fetch uses old credentials. */
  async #askAnew(id: string): Promise<void> {
    await this.#registry.refresh({ id, isAnew: true });
  }

  #instanceOf(id: string): BackstageInstance | undefined {
    const remote = this.#registry.getRemoteSource(id);
    const info = this.#sourceOf(id);
    if (!isBackstage(remote) || !info) return undefined;
    let instance = this.#instances.get(remote);
    if (!instance) {
      const source = (): CatalogSourceInfo => this.#sourceOf(id) ?? info;
      const { clock, logger } = this.#deps;
      const keptDocs = this.#keptDocsOf(remote);
      instance = openInstance({ session: remote.session, source, keptDocs, clock, logger });
      this.#instances.set(remote, instance);
    }
    return instance;
  }

  #keptDocsOf(remote: RemoteSource): FileCache | undefined {
    let kept = this.#keptDocs.get(remote);
    const store = kept ? undefined : this.#world.storeOf(remote.config, 'docs');
    if (store) this.#keptDocs.set(remote, (kept = new FileCache(store)));
    return kept;
  }

  /** Deletes cached docs of an instance, if any. */
  async #forgetDocs(id: string): Promise<void> {
    await this.#forgetDocsOf(this.#registry.getRemoteSource(id));
  }

  async #forgetDocsOf(remote: RemoteSource | undefined): Promise<void> {
    try {
      if (isBackstage(remote)) await this.#keptDocsOf(remote)?.clear();
    } catch (error) {
      // The source is removed even if its docs can't be deleted.
      this.#deps.logger.error(`Can't delete cached docs of ${remote?.config.name}`, error);
    }
  }

  #sourceOf(id: string): CatalogSourceInfo | undefined {
    return this.getSources().find(source => source.id === id);
  }

  #backstageOf(id: string): BackstageSourceConfig | undefined {
    const config = this.#settings.configs.find(each => each.id === id);
    return config?.type === 'backstage' ? config : undefined;
  }

  #withUser(source: CatalogSourceInfo): CatalogSourceInfo {
    const scopes = this.#settings.scopes.get(source.id);
    if (source.type !== 'backstage') return { ...source, scopes };
    const account = this.#sessions.accountOf(new URL(source.url).origin);
    return { ...source, scopes, account };
  }

  #followWindow(): void {
    const read = (): void => {
      this.#readSettings().catch((error: unknown) =>
        this.#deps.logger.error("Can't read the settings of sources", error),
      );
    };
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration(event => {
        if (SETTINGS.some(key => event.affectsConfiguration(key))) read();
      }),
    );
    this.#store.add(
      onDidGrantTrust(() => {
        // Trust enables workspace settings and git, so sources are reopened.
        this.#registry.setConfigs([]);
        read();
      }),
    );
    this.#store.add(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) void this.#retry();
      }),
    );
  }

  /** Retries failed sources when the window gets focus, because the network may have changed. */
  async #retry(): Promise<void> {
    const now = this.#deps.clock.now();
    if (now - this.#retriedAt < RETRY_PAUSE) return;
    this.#retriedAt = now;
    this.#urls.retry();
    const failing = this.getSources().filter(({ failure }) => failure && !failure.needsToken);
    await Promise.allSettled(failing.map(({ id }) => this.refresh({ id })));
  }

  /** Fetches sources that waited for a sign-in, which may come from another window. */
  async #retryAs(origin: string): Promise<void> {
    this.#changed.fire();
    if (this.#sessions.accountOf(origin) === undefined) return;
    const waiting = this.getSources().filter(
      ({ type, url, failure }) =>
        type === 'backstage' && failure?.needsToken && new URL(url).origin === origin,
    );
    await Promise.allSettled(waiting.map(({ id }) => this.refresh({ id })));
  }

  async #readSettings(): Promise<void> {
    const { logger } = this.#deps;
    const { hosts, addresses = new Map() } = await this.#forgeSettings();
    if (this.#store.isDisposed) return;
    this.#types = hosts;
    this.#addresses = addresses;
    this.#settings = readSettings();
    for (const problem of this.#settings.problems) logger.warn(`Settings: ${problem}`);
    this.#registry.setConfigs(this.#settings.configs);
    // Hosts may be allowed now that weren't before.
    this.#urls.retry();
    this.#changed.fire();
    const backstages = this.#settings.configs.flatMap(config =>
      config.type === 'backstage' ? [new URL(config.url).origin] : [],
    );
    void this.#sessions.load(new Set(backstages));
  }
}
