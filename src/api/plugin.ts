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

/** A plugin, as `createPortalPlugin` returns it. */
export interface PortalPlugin {
  readonly $$type: 'portal-plugin';
  readonly id: string;
  register(env: PluginEnvironment): void;
}

/**
 * Declares a plugin. Built-in plugins and plugins of other extensions work the same way.
 *
 * @param options.id - lowercase words joined by `-`; unique among all plugins
 * @throws TypeError if the id is invalid
 */
export function createPortalPlugin(options: {
  id: string;
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
 * `init` threw or the plugin is part of a cycle; it is inactive until it is registered again.
 */
export type PluginStatus = 'waiting' | 'initializing' | 'active' | 'failed';

export interface PluginInfo {
  readonly id: string;
  /** Id of the extension that registered the plugin; undefined for built-in plugins, and if unknown. */
  readonly extension?: string;
  readonly status: PluginStatus;
  /** Reason of the failure, or the missing dependencies. */
  readonly error: string | undefined;
}
