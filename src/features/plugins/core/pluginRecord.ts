import type { PluginDeps, PluginInit, PluginStatus, PortalPlugin } from '../../../api';
import { DisposableStore } from '../../../base';

/** State of a registered plugin. */
export class PluginRecord {
  readonly plugin: PortalPlugin;
  /** Id of the extension that registered the plugin, if known. */
  readonly extension: string | undefined;
  status: PluginStatus = 'waiting';
  error: string | undefined;
  init: PluginInit<PluginDeps> | undefined;
  /** Ids of the services and extension points that the plugin offers. */
  readonly offers = new Set<string>();
  /** Contributions of the current `init`. Each run has a new store. */
  contributions = new DisposableStore();
  /** Number of the current `init` run, to recognize the end of an abandoned one. */
  run = 0;

  constructor(plugin: PortalPlugin, extension?: string) {
    this.plugin = plugin;
    this.extension = extension;
  }

  get id(): string {
    return this.plugin.id;
  }

  /** Ids of dependencies, without those that the plugin offers itself. */
  get needs(): readonly string[] {
    const ids = Object.values(this.init?.deps ?? {}).map(ref => ref.id);
    return [...new Set(ids)].filter(id => !this.offers.has(id));
  }

  get isRunning(): boolean {
    return this.status === 'active' || this.status === 'initializing';
  }
}
