import * as vscode from 'vscode';
import type {
  BackstageInstances,
  CatalogSourceInfo,
  CatalogSourcePlace,
  CatalogSourcesService,
  EntityOrigin,
} from '../../../api';
import { type Disposable, DisposableStore, Emitter, onDemand } from '../../../base';
import {
  CONFIGURED_URLS_KEY,
  readStamped,
  SOURCE_SCHEME,
  SourcesFileSystem,
} from '../../../platform/core/files';
import type {
  DirectoryEntry,
  FileStat,
  FileSystem,
  StampedFile,
} from '../../../platform/core/ports';
import { mayCause, onDidGrantTrust } from '../../../platform/vscode/trust';
import type { BackstageUrls, ForgesOfHosts, ServedUrls, UrlDemand } from '../../catalog/core';
import type { OpenSourcesDeps, VsCodeSources } from './openSources';
import { SourceDocuments } from './sourceDocuments';
import { SOURCES_SETTING, sourcesInOrder, writtenSources } from './writtenSources';

type ConnectDeps = Omit<OpenSourcesDeps, 'storage'>;

const WORKSPACE: EntityOrigin = { from: undefined, alsoIn: [] };

/**
 * Loads what has entities come from other machines once there is a source, or somebody asks. Until then there are none,
 * and the files of sources that are open from an earlier session wait.
 */
export class SourcesOnDemand implements CatalogSourcesService, BackstageInstances, Disposable {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new Emitter<void>());
  readonly #urlsChanged = this.#store.add(new Emitter<void>());
  readonly #documents: SourceDocuments;
  readonly #storage: vscode.Uri;
  readonly #connected: Promise<ConnectDeps>;
  #connect: (deps: ConnectDeps) => void = () => {};
  #loaded: VsCodeSources | undefined;
  readonly #load = onDemand(async () => {
    const deps = await this.#connected;
    const { VsCodeSources } = await import('./openSources');
    const storage = this.#storage;
    const loaded = this.#store.add(await VsCodeSources.open({ ...deps, storage }));
    this.#loaded = loaded;
    this.#store.add(
      loaded.onDidChange(() => {
        this.#changed.fire();
        this.#documents.refresh();
      }),
    );
    this.#store.add(
      loaded.onDidChangeUrls(() => {
        this.#urlsChanged.fire();
        this.#documents.refresh();
      }),
    );
    this.#changed.fire();
    return loaded;
  });

  readonly onDidChange = this.#changed.event;
  /** What the catalog has to know of other machines: nothing before a workspace is trusted. */
  readonly catalogDeps: { readonly urls: BackstageUrls; readonly forges: ForgesOfHosts } = {
    urls: {
      open: demand => (mayCause('addressesOfConfigs') ? this.#openUrls(demand) : undefined),
      onDidChange: this.#urlsChanged.event,
    },
    forges: async () =>
      mayCause('forgesOfConfigs') ? (await this.#load()).forges() : new Map<string, string>(),
  };
  /** Of the files of sources, by their URIs. */
  readonly files: FileSystem = new LateFileSystem(async () => {
    const loaded = await this.#load();
    await loaded.whenRestored();
    return loaded.files;
  });

  /** @param storage - a folder for all windows, whatever they have open */
  constructor(storage: vscode.Uri) {
    this.#storage = storage;
    this.#connected = new Promise(resolve => {
      this.#connect = resolve;
    });
    this.#documents = this.#store.add(new SourceDocuments(this.files));
  }

  /** A file system with the files of sources besides its own. */
  over(fileSystem: FileSystem): FileSystem {
    return new SourcesFileSystem(fileSystem, () => this.files);
  }

  /** Begins: with the catalog that the sources are for. */
  connect(deps: ConnectDeps): void {
    this.#connect(deps);
    const look = (): void => {
      if (this.#loaded || !this.#hasSources()) return;
      this.#load().catch((error: unknown) =>
        deps.logger.error('The sources of the catalog could not be loaded', error),
      );
    };
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration(SOURCES_SETTING)) look();
      }),
    );
    this.#store.add(onDidGrantTrust(look));
    look();
  }

  getSources(): readonly CatalogSourceInfo[] {
    return this.#loaded?.getSources() ?? [];
  }

  getSourceOf(file: string): CatalogSourceInfo | undefined {
    return this.#loaded?.getSourceOf(file);
  }

  getOriginOf(ref: string): EntityOrigin {
    return this.#loaded?.getOriginOf(ref) ?? WORKSPACE;
  }

  getSettingProblems(): readonly string[] {
    return this.#loaded?.getSettingProblems() ?? [];
  }

  getPlaceOf(file: string): CatalogSourcePlace | undefined {
    return this.#loaded?.getPlaceOf(file);
  }

  findAddresses: CatalogSourcesService['findAddresses'] = async files =>
    (await this.#load()).findAddresses(files);

  refresh: CatalogSourcesService['refresh'] = async options =>
    (await this.#load()).refresh(options);

  bring: CatalogSourcesService['bring'] = async (ref, options) =>
    this.#hasSources() ? (await this.#load()).bring(ref, options) : false;

  findEntities: CatalogSourcesService['findEntities'] = async (query, options) => {
    if (this.#hasSources()) await (await this.#load()).findEntities(query, options);
  };

  remove: CatalogSourcesService['remove'] = async id => (await this.#load()).remove(id);

  forget: CatalogSourcesService['forget'] = async id => (await this.#load()).forget(id);

  check: CatalogSourcesService['check'] = async source => (await this.#load()).check(source);

  add: CatalogSourcesService['add'] = async (source, scope) =>
    (await this.#load()).add(source, scope);

  setAllowedKinds: CatalogSourcesService['setAllowedKinds'] = async (id, kinds) =>
    (await this.#load()).setAllowedKinds(id, kinds);

  setToken: CatalogSourcesService['setToken'] = async id => (await this.#load()).setToken(id);

  removeToken: CatalogSourcesService['removeToken'] = async id =>
    (await this.#load()).removeToken(id);

  signIn: CatalogSourcesService['signIn'] = async id => (await this.#load()).signIn(id);

  signOut: CatalogSourcesService['signOut'] = async id => (await this.#load()).signOut(id);

  getInstances: BackstageInstances['getInstances'] = async () =>
    this.#hasSources() ? (await this.#load()).getInstances() : [];

  getInstance: BackstageInstances['getInstance'] = async id =>
    this.#hasSources() ? (await this.#load()).getInstance(id) : undefined;

  dispose(): void {
    this.#store.dispose();
  }

  #hasSources(): boolean {
    return this.#loaded !== undefined || sourcesInOrder(writtenSources()).length > 0;
  }

  /** Most servers read nothing from other machines: what does so is loaded with the first address. */
  #openUrls(demand: UrlDemand): ServedUrls {
    let served: ServedUrls | undefined;
    const reader = onDemand(async () => {
      served = (await this.#load()).openUrls(demand);
      return served.reader;
    });
    return {
      root: `${SOURCE_SCHEME}://${CONFIGURED_URLS_KEY}/`,
      reader: {
        integrations: demand.integrations,
        read: async url => (await reader()).read(url),
        search: async url => (await reader()).search(url),
      },
      takeUp: () => (served ? served.takeUp() : new Set()),
    };
  }
}

/** A file system that is loaded when something is first read. */
class LateFileSystem implements FileSystem {
  readonly #load: () => Promise<FileSystem>;

  constructor(load: () => Promise<FileSystem>) {
    this.#load = load;
  }

  async readFile(uri: string): Promise<Uint8Array> {
    return (await this.#load()).readFile(uri);
  }

  async stat(uri: string): Promise<FileStat | undefined> {
    return (await this.#load()).stat(uri);
  }

  async readDirectory(uri: string): Promise<readonly DirectoryEntry[]> {
    return (await this.#load()).readDirectory(uri);
  }

  async realPath(uri: string): Promise<string> {
    return (await this.#load()).realPath(uri);
  }

  async readStamped(uri: string, maxSize: number): Promise<StampedFile | undefined> {
    return readStamped(await this.#load(), uri, maxSize);
  }
}
