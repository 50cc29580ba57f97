import type { PluginDeps, PluginInit, PluginStatus, PortalPlugin } from '../../../api';
import { DisposableStore } from '../../../base';

/** What the host keeps of one registered plugin. */
export class PluginRecord {
  readonly plugin: PortalPlugin;
  status: PluginStatus = 'waiting';
  error: string | undefined;
  init: PluginInit<PluginDeps> | undefined;
  /** Ids of the services and extension points that it offers. */
  readonly offers = new Set<string>();
  /** The contributions of the current `init`; replaced for each run. */
  contributions = new DisposableStore();
  /** Grows with each run of `init`, so that the end of one that was given up is recognised. */
  run = 0;

  constructor(plugin: PortalPlugin) {
    this.plugin = plugin;
  }

  get id(): string {
    return this.plugin.id;
  }

  /** What it depends on, without what it offers itself. */
  get needs(): readonly string[] {
    const ids = Object.values(this.init?.deps ?? {}).map(ref => ref.id);
    return [...new Set(ids)].filter(id => !this.offers.has(id));
  }

  get isRunning(): boolean {
    return this.status === 'active' || this.status === 'initializing';
  }
}
