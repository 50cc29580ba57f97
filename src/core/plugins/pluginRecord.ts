import { DisposableStore } from '../../base';
import type { PluginDeps, PluginInit, PortalPlugin } from '../../api';

/**
 * `waiting`: something that it depends on is not there (yet); `initializing`: its asynchronous
 * `init` runs; `failed`: it threw, or is part of a cycle, and is out until it is registered anew.
 */
export type PluginStatus = 'waiting' | 'initializing' | 'active' | 'failed';

/** A plugin as shown to people. */
export interface PluginInfo {
  readonly id: string;
  readonly status: PluginStatus;
  /** Why it failed, or what it waits for. */
  readonly error: string | undefined;
}

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
