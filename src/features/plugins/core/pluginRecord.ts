import type { PluginDeps, PluginInit, PluginStatus, PortalPlugin } from '../../../api';
import { DisposableStore } from '../../../base';
import type { PluginIdentity, PluginOrigin } from './permissions/pluginIdentity';
import type { PluginActivity } from './pluginActivity';
import type { PluginFacade } from './pluginFacade';

/** Where a plugin is from. */
export interface PluginPlace {
  /** Default: built in, or an extension if that is known. */
  readonly origin?: PluginOrigin | undefined;
  /** Id of the extension that registers the plugin, if known. */
  readonly extension?: string | undefined;
  /** URI of the file that declares the plugin. */
  readonly manifest?: string | undefined;
  /** Capabilities in the manifest, not yet checked; they add to those of the plugin. */
  readonly capabilities?: unknown;
}

/** Maximum length of a plugin's title. */
const MAX_TITLE = 100;

/** State of a registered plugin. */
export class PluginRecord {
  readonly plugin: PortalPlugin;
  /** Without capabilities until the plugin starts; built-in plugins have none. */
  identity: PluginIdentity;
  /** Capabilities that the manifest and the plugin declare, as they are. */
  readonly declared: readonly unknown[];
  /** Undefined for built-in plugins. */
  activity: PluginActivity | undefined;
  readonly manifest: string | undefined;
  status: PluginStatus = 'waiting';
  error: string | undefined;
  /** Whether `register` has run since the last start. */
  isRegistered = false;
  init: PluginInit<PluginDeps> | undefined;
  /** Ids of the services and extension points that the plugin offers. */
  readonly offers = new Set<string>();
  /** Contributions of the current `init`. Each run has a new store. */
  contributions = new DisposableStore();
  /** Number of the current `init` run, to recognize the end of an abandoned one. */
  run = 0;
  /** The plugin's view of services and extension points; undefined for built-in plugins. */
  facade: PluginFacade | undefined;

  constructor(plugin: PortalPlugin, place: PluginPlace) {
    this.plugin = plugin;
    this.manifest = place.manifest;
    const { id, title } = plugin;
    this.identity = {
      id,
      title: typeof title === 'string' && title !== '' ? title.slice(0, MAX_TITLE) : id,
      origin: place.origin ?? (place.extension === undefined ? 'builtin' : 'extension'),
      extension: place.extension,
      capabilities: {},
    };
    this.declared = [place.capabilities, plugin.capabilities];
  }

  get id(): string {
    return this.identity.id;
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
