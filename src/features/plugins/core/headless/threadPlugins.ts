import type { SearchCollator } from '../../../../api';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  errorMessage,
  type Event,
  Registry,
  SerialQueue,
} from '../../../../base';
import type { FileChange } from '../../../../platform/core/ports';
import type { DeclaredPlugin, DeclarativePlugins } from '../declarative';
import { PluginThread, type PluginThreadDeps } from './pluginThread';

export interface ThreadPluginsDeps extends Omit<PluginThreadDeps, 'plugin'> {
  readonly declarative: Pick<DeclarativePlugins, 'plugins' | 'onDidChangePlugins'>;
  /** Whether the user allows the code of a plugin to run. */
  readonly mayRun: (plugin: DeclaredPlugin) => boolean;
}

/** The plugins with code that are declared and allowed, each in a thread of its own. */
export class ThreadPlugins implements Disposable {
  readonly #deps: ThreadPluginsDeps;
  readonly #store = new DisposableStore();
  readonly #queue = new SerialQueue();
  readonly #running = new Map<
    string,
    { readonly thread: PluginThread; readonly store: Disposable }
  >();
  readonly #changed = this.#store.add(new Emitter<void>());
  readonly #refused = new Set<string>();

  /** Collators of all plugins. */
  readonly collators = new Registry<SearchCollator>();
  /** Fires when threads were started or stopped. */
  readonly onDidChangeThreads: Event<void> = this.#changed.event;

  constructor(deps: ThreadPluginsDeps) {
    this.#deps = deps;
    this.#store.add(deps.declarative.onDidChangePlugins(() => void this.update()));
  }

  get threads(): readonly PluginThread[] {
    return [...this.#running.values()].map(({ thread }) => thread);
  }

  /** Starts declared plugins, and stops those that aren't declared anymore. Never rejects. */
  update(): Promise<void> {
    return this.#queue.run(() => this.#update());
  }

  applyChanges(changes: readonly FileChange[]): void {
    for (const thread of this.threads) thread.applyChanges(changes);
  }

  /** Resolves when all plugins have checked all changes. */
  async whenChecked(): Promise<void> {
    await this.#queue.run(() => Promise.resolve());
    await Promise.all(this.threads.map(thread => thread.whenChecked()));
  }

  dispose(): void {
    for (const { store } of this.#running.values()) store.dispose();
    this.#running.clear();
    this.#store.dispose();
  }

  async #update(): Promise<void> {
    if (this.#store.isDisposed) return;
    const declared = new Map(
      this.#deps.declarative.plugins.flatMap(plugin => {
        const { main } = plugin.declaration;
        return main === undefined ? [] : [[JSON.stringify([plugin.file, main]), plugin]];
      }),
    );
    let isChanged = false;
    for (const [key, { store }] of this.#running) {
      if (declared.has(key)) continue;
      store.dispose();
      this.#running.delete(key);
      isChanged = true;
    }
    const started = [...declared].filter(([key]) => !this.#running.has(key));
    const opened = await Promise.all(started.map(([key, plugin]) => this.#start(key, plugin)));
    if (isChanged || opened.includes(true)) this.#changed.fire();
  }

  /** Returns whether the plugin may run. */
  async #start(key: string, plugin: DeclaredPlugin): Promise<boolean> {
    const { mayRun, logger } = this.#deps;
    const { id } = plugin.declaration;
    if (!mayRun(plugin)) {
      if (!this.#refused.has(id)) {
        logger.warn(
          `The code of the plugin ${id} doesn't run, because the workspace names it. --trust-plugins allows it.`,
        );
      }
      this.#refused.add(id);
      return false;
    }
    const store = new DisposableStore();
    const thread = store.add(new PluginThread({ ...this.#deps, plugin }));
    this.#running.set(key, { thread, store });
    await thread.open();
    for (const collator of thread.collators.all()) {
      try {
        store.add(this.collators.add(collator));
      } catch (error) {
        logger.warn(`Plugin "${id}": ${errorMessage(error)}`);
      }
    }
    return true;
  }
}
