import { type CatalogService, createPortalPlugin, type PortalExports } from '../../../api';
import { type Disposable, DisposableStore, joinUri, type Logger } from '../../../base';
import { isActivated, isCodeOnly, pluginOfModule, type PluginHost } from '../core';
import type { DeclaredPlugin } from '../core/declarative';
import { type DeclaringExtension, placeOfExtension } from './declaringExtensions';

/** Imports a module by its URL. */
export type ImportModule = (url: string) => Promise<unknown>;

export interface CodePluginsDeps {
  readonly host: Pick<PluginHost, 'register'>;
  readonly catalog: CatalogService;
  readonly exports: PortalExports;
  /** Undefined in a browser, where VS Code alone loads the code of extensions. */
  readonly importModule: ImportModule | undefined;
  readonly logger: Logger;
}

interface Candidate {
  readonly declared: DeclaredPlugin;
  readonly extension: DeclaringExtension;
}

/**
 * Starts the code of plugins that installed extensions declare: once the catalog is read, and with `activation`, once
 * the catalog contains what an event names. Code of workspaces never runs here.
 */
export class CodePlugins implements Disposable {
  readonly #deps: CodePluginsDeps;
  readonly #store = new DisposableStore();
  readonly #started = new Map<string, Disposable>();
  #waiting = new Map<string, Candidate>();
  #subscription: Disposable | undefined;

  constructor(deps: CodePluginsDeps) {
    this.#deps = deps;
  }

  /** Starts the plugins among these, and removes those that aren't declared anymore. */
  update(plugins: readonly DeclaredPlugin[], extensions: readonly DeclaringExtension[]): void {
    const candidates = new Map<string, Candidate>();
    for (const declared of plugins) {
      const extension = extensions.find(({ folder }) => folder === declared.folder);
      if (declared.origin !== 'extension' || !extension) continue;
      const { main } = declared.declaration;
      if (main === undefined && !extension.hasEntry) continue;
      candidates.set(JSON.stringify([declared.file, main]), { declared, extension });
    }
    for (const [key, registration] of this.#started) {
      if (candidates.has(key)) continue;
      registration.dispose();
      this.#started.delete(key);
    }
    this.#waiting = new Map([...candidates].filter(([key]) => !this.#started.has(key)));
    this.#startReady();
  }

  dispose(): void {
    this.#subscription?.dispose();
    this.#store.dispose();
    for (const registration of this.#started.values()) registration.dispose();
  }

  #startReady(): void {
    this.#subscription?.dispose();
    this.#subscription = undefined;
    if (this.#store.isDisposed || !this.#waiting.size) return;
    const { catalog } = this.#deps;
    if (catalog.status === 'ready') {
      for (const [key, candidate] of this.#waiting) {
        if (!isActivated(candidate.declared.declaration.activation, catalog)) continue;
        this.#waiting.delete(key);
        const registration = new DisposableStore();
        this.#started.set(key, registration);
        void this.#start(candidate, registration);
      }
    }
    if (!this.#waiting.size) return;
    const look = (): void => this.#startReady();
    const store = new DisposableStore();
    store.add(catalog.onDidChangeStatus(look));
    store.add(catalog.onDidChange(look));
    this.#subscription = store;
  }

  async #start({ declared, extension }: Candidate, store: DisposableStore): Promise<void> {
    const { host, importModule, logger, exports } = this.#deps;
    const { id, main } = declared.declaration;
    const place = { ...placeOfExtension(extension.id), origin: 'extension' } as const;
    try {
      if (main === undefined || (!importModule && extension.hasEntry)) {
        await extension.activate();
        return;
      }
      if (!importModule) {
        logger.info(`The code of the plugin ${id} doesn't run in a browser`);
        return;
      }
      const module = await importModule(joinUri(declared.folder, main));
      const plugin = pluginOfModule(module, exports.getApi(1, { extension: extension.id }));
      // The contributions of the manifest are a plugin of their own, with the id of the declaration.
      const isTaken = plugin.id === id && !isCodeOnly(declared.declaration);
      const named = isTaken ? { ...plugin, id: `${id}-code` } : plugin;
      if (!store.isDisposed) store.add(host.register(named, place));
    } catch (error) {
      // Listed with its error, as a plugin that fails later.
      const failed = createPortalPlugin({
        id: `${id}-code`,
        register() {
          throw error;
        },
      });
      if (!store.isDisposed) store.add(host.register(failed, place));
    }
  }
}
