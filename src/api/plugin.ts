import type { Disposable } from '../base';
import type { ExtensionPoint } from './extensionPoints';
import type { ServiceRef } from './services';

/** Services and extension points that a plugin depends on, by names of its choice. */
export type PluginDeps = { readonly [name: string]: ServiceRef<unknown> | ExtensionPoint<unknown> };

/** Implementations of the refs in `PluginDeps`. */
export type ResolvedDeps<TDeps extends PluginDeps> = {
  readonly [K in keyof TDeps]: TDeps[K] extends ServiceRef<infer T>
    ? T
    : TDeps[K] extends ExtensionPoint<infer T>
      ? T
      : never;
};

/**
 * Disposables that `init` may return. They are disposed when the plugin is removed. Disposables of
 * extension points are disposed in any case, so disposing twice must be harmless.
 */
export type PluginContribution = Disposable | readonly Disposable[] | void;

/** Initialization of a plugin with its dependencies. */
export interface PluginInit<TDeps extends PluginDeps> {
  readonly deps: TDeps;
  /**
   * Runs when all dependencies are active, and after all plugins that register in the same turn
   * have registered. If a dependency is removed, the returned Disposables are disposed; `init` runs
   * again when it is back. A plugin whose `init` throws or rejects is listed as failed; the others
   * continue.
   */
  init(deps: ResolvedDeps<TDeps>): PluginContribution | Promise<PluginContribution>;
}

/** Registers a plugin's services, extension points and initialization. */
export interface PluginEnvironment {
  /**
   * Offers a service to other plugins.
   *
   * @throws Error if the id is taken
   */
  registerService<T>(ref: ServiceRef<T>, implementation: T): void;
  /**
   * Offers an extension point to other plugins.
   *
   * @throws Error if the id is taken
   */
  registerExtensionPoint<T>(point: ExtensionPoint<T>, implementation: T): void;
  /** Sets the initialization, at most once. Plugins are initialized after their dependencies. */
  registerInit<TDeps extends PluginDeps>(init: PluginInit<TDeps>): void;
}

/**
 * Actions of a plugin beyond showing something. Callboard asks the user once for each, and refuses what a plugin of
 * another extension doesn't declare.
 *
 * @beta
 */
export interface PluginCapabilities {
  /** Edits files, with `coreServices.edits`, `docsBuilder` and `scaffolder`. */
  readonly edits?: boolean | undefined;
  /** Contacts or changes sources, with `coreServices.sources` and `instances`. */
  readonly sources?: boolean | undefined;
  /** Hosts that it contacts with `coreServices.network`, such as `api.acme.dev` or `*.acme.dev`. */
  readonly network?: readonly string[] | undefined;
  /** Programs that it runs with `coreServices.programs`, such as `kubectl`. */
  readonly run?: readonly string[] | undefined;
  /** Stores secrets with `coreServices.secrets`. */
  readonly secrets?: boolean | undefined;
}

/** A plugin, as `createPortalPlugin` returns it. */
export interface PortalPlugin {
  readonly $$type: 'portal-plugin';
  readonly id: string;
  /**
   * Name as shown to users; default: the id.
   *
   * @beta
   */
  readonly title?: string;
  /** @beta */
  readonly capabilities?: PluginCapabilities;
  register(env: PluginEnvironment): void;
}

/**
 * Declares a plugin. Built-in plugins and plugins of other extensions use the same API; only the latter are measured
 * and need capabilities.
 *
 * @param options.id - lowercase words joined by `-`; unique among all plugins
 * @param options.title - name as shown to users; default: the id
 * @throws TypeError if the id is invalid
 */
export function createPortalPlugin(options: {
  id: string;
  title?: string;
  capabilities?: PluginCapabilities;
  register(env: PluginEnvironment): void;
}): PortalPlugin {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(options.id)) {
    throw new TypeError(
      `Plugin id "${options.id}" must be lower-case words joined by "-", such as "todo-list"`,
    );
  }
  return { $$type: 'portal-plugin', ...options };
}

/**
 * `waiting`: a dependency is missing. `initializing`: the asynchronous `init` is running. `failed`:
 * `init` threw or the plugin is part of a cycle; it is inactive until it is reloaded. `disabled`:
 * the user has disabled it.
 */
export type PluginStatus = 'waiting' | 'initializing' | 'active' | 'failed' | 'disabled';

/** A registered plugin and its status. */
export interface PluginInfo {
  readonly id: string;
  /** Id of the extension that registered the plugin; undefined for built-in plugins, and if unknown. */
  readonly extension?: string;
  readonly status: PluginStatus;
  /** Reason of the failure, or the missing dependencies. */
  readonly error: string | undefined;
}
