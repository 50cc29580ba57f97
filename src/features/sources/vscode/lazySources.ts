import * as vscode from 'vscode';
import type { BackstageInstances, CatalogSourcesService, EntityOrigin } from '../../../api';
import { type Disposable, DisposableStore, Emitter, lazyService, onDemand } from '../../../base';
import {
  CONFIGURED_URLS_KEY,
  routedFileSystem,
  SOURCE_SCHEME,
  sourcesFileSystem,
} from '../../../platform/core/files';
import type { FileSystem } from '../../../platform/core/ports';
import { mayCause, onDidGrantTrust } from '../../../platform/vscode/trust';
import type { BackstageUrls, ForgesOfHosts, ServedUrls, UrlDemand } from '../../catalog/core';
import type { OpenSourcesDeps, VsCodeSources } from './openSources';
import { SourceDocuments } from './sourceDocuments';
import { SOURCES_SETTING, sourcesInOrder, writtenSources } from './writtenSources';

type ConnectDeps = Omit<OpenSourcesDeps, 'storage'>;

const WORKSPACE: EntityOrigin = { from: undefined, alsoIn: [] };

export interface LazySources extends CatalogSourcesService, BackstageInstances, Disposable {
  /** Reads other machines for the catalog; only in a trusted workspace. */
  readonly catalogDeps: { readonly urls: BackstageUrls; readonly forges: ForgesOfHosts };
  /** Returns a file system that also has the files of sources. */
  over(fileSystem: FileSystem): FileSystem;
  /** Connects sources with the catalog. */
  connect(deps: ConnectDeps): void;
}

/**
 * Loads the sources when the settings name one, or with the first request. Until then there are none, and files of
 * sources from an earlier session wait.
 *
 * @param storage - folder shared by all windows
 */
export function lazySources(storage: vscode.Uri): LazySources {
  const store = new DisposableStore();
  const changed = store.add(new Emitter<void>());
  const urlsChanged = store.add(new Emitter<void>());
  let connect: (deps: ConnectDeps) => void = () => {};
  const connected = new Promise<ConnectDeps>(resolve => {
    connect = resolve;
  });
  let loaded: VsCodeSources | undefined;
  const load = onDemand(async () => {
    const deps = await connected;
    const { VsCodeSources } = await import('./openSources');
    const sources = store.add(await VsCodeSources.open({ ...deps, storage }));
    loaded = sources;
    store.add(sources.onDidChange(() => changed.fire()));
    store.add(sources.onDidChangeUrls(() => urlsChanged.fire()));
    changed.fire();
    return sources;
  });
  const hasSources = (): boolean =>
    loaded !== undefined || sourcesInOrder(writtenSources()).length > 0;

  const files = routedFileSystem(async () => {
    const sources = await load();
    await sources.whenRestored();
    return sources.files;
  });
  const documents = store.add(new SourceDocuments(files));
  store.add(changed.event(() => documents.refresh()));
  store.add(urlsChanged.event(() => documents.refresh()));

  /** Loaded with the first URL, because most configs read nothing from other machines. */
  const openUrls = (demand: UrlDemand): ServedUrls => {
    let served: ServedUrls | undefined;
    const reader = onDemand(async () => {
      served = (await load()).openUrls(demand);
      return served.reader;
    });
    return {
      root: `${SOURCE_SCHEME}://${CONFIGURED_URLS_KEY}/`,
      reader: {
        integrations: demand.integrations,
        read: async url => (await reader()).read(url),
        search: async url => (await reader()).search(url),
      },
      applyChanges: () => (served ? served.applyChanges() : new Set()),
    };
  };

  return lazyService(load, {
    onDidChange: changed.event,
    catalogDeps: {
      urls: {
        open: demand => (mayCause('addressesOfConfigs') ? openUrls(demand) : undefined),
        onDidChange: urlsChanged.event,
      },
      forges: async () =>
        mayCause('forgesOfConfigs') ? (await load()).forges() : new Map<string, string>(),
    } satisfies LazySources['catalogDeps'],
    over: (fileSystem: FileSystem) => sourcesFileSystem(fileSystem, () => files),
    connect: (deps: ConnectDeps) => {
      connect(deps);
      const look = (): void => {
        if (loaded || !hasSources()) return;
        load().catch((error: unknown) =>
          deps.logger.error("Can't load the sources of the catalog", error),
        );
      };
      store.add(
        vscode.workspace.onDidChangeConfiguration(event => {
          if (event.affectsConfiguration(SOURCES_SETTING)) look();
        }),
      );
      store.add(onDidGrantTrust(look));
      look();
    },
    getSources: () => loaded?.getSources() ?? [],
    getSourceOf: (file: string) => loaded?.getSourceOf(file),
    getOriginOf: (ref: string) => loaded?.getOriginOf(ref) ?? WORKSPACE,
    getSettingProblems: () => loaded?.getSettingProblems() ?? [],
    getPlaceOf: (file: string) => loaded?.getPlaceOf(file),
    fetchEntity: async (...request: Parameters<LazySources['fetchEntity']>) =>
      hasSources() ? (await load()).fetchEntity(...request) : false,
    findEntities: async (...request: Parameters<LazySources['findEntities']>) => {
      if (hasSources()) await (await load()).findEntities(...request);
    },
    getInstances: async () => (hasSources() ? (await load()).getInstances() : []),
    getInstance: async (id: string) => (hasSources() ? (await load()).getInstance(id) : undefined),
    dispose: () => store.dispose(),
  });
}
