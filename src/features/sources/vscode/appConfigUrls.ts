import { type Disposable, DisposableStore, Emitter, hashText } from '../../../base';
import type { FileSystem } from '../../../platform/core/ports';
import type { ServedUrls, UrlDemand } from '../../catalog/core';
import { ConfiguredUrls } from '../core';
import type { SourceWorld, UrlDeps } from './sourceWorld';

export interface AppConfigUrlsDeps {
  readonly world: Pick<SourceWorld, 'urlDeps'>;
  /** URI of the folder that contains the files. */
  readonly root: string;
  /** Whether the catalog still shows a Backstage. */
  readonly isWanted: () => boolean;
}

/** URLs that the configs of the window's Backstage lead to, for one Backstage at a time. */
export class AppConfigUrls implements Disposable {
  readonly #deps: AppConfigUrlsDeps;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new Emitter<void>());
  readonly #urlDeps: UrlDeps;
  #demand: Pick<UrlDemand, 'forges' | 'hosts'> = { forges: new Map(), hosts: [] };
  #current: { readonly identity: string; readonly urls: ConfiguredUrls } | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(deps: AppConfigUrlsDeps) {
    this.#deps = deps;
    this.#urlDeps = deps.world.urlDeps(() => this.#demand);
  }

  /** Undefined until URLs are opened. */
  get fileSystem(): FileSystem | undefined {
    return this.#current?.urls.fileSystem;
  }

  open(demand: UrlDemand): ServedUrls {
    this.#demand = demand;
    const identity = demand.configs.join('\n');
    if (this.#current?.identity !== identity) {
      this.#current?.urls.dispose();
      this.#current = { identity, urls: this.#make(identity) };
    }
    return this.#current.urls.open(demand);
  }

  /** Fetches all URLs. Never rejects. */
  async refresh(): Promise<void> {
    if (this.#deps.isWanted()) await this.#current?.urls.fetch();
  }

  /** Retries unreachable URLs. */
  retry(): void {
    this.#current?.urls.retry();
  }

  dispose(): void {
    this.#current?.urls.dispose();
    this.#store.dispose();
  }

  #make(identity: string): ConfiguredUrls {
    const { root, isWanted } = this.#deps;
    const { openStore, ...deps } = this.#urlDeps;
    const store = openStore(`app-config-${hashText(identity)}`);
    const urls = new ConfiguredUrls({ ...deps, store, identity, root, isWanted });
    urls.onDidChange(() => this.#changed.fire());
    return urls;
  }
}
