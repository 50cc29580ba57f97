import type { Disposable } from '../base';
import type { ExtensionPoint } from './extensionPoints';
import type { ServiceRef } from './services';

/** What a plugin may depend on, by the names that it gives them. */
export type PluginDeps = { readonly [name: string]: ServiceRef<unknown> | ExtensionPoint<unknown> };

/** The implementations behind the refs of `PluginDeps`. */
export type ResolvedDeps<TDeps extends PluginDeps> = {
  readonly [K in keyof TDeps]: TDeps[K] extends ServiceRef<infer T>
    ? T
    : TDeps[K] extends ExtensionPoint<infer T>
      ? T
      : never;
};

/**
 * What `init` may give back; it is disposed when the plugin is taken away. What an extension point
 * returned is disposed in any case, so that disposing twice must do no harm.
 */
export type PluginContribution = Disposable | readonly Disposable[] | void;

export interface PluginInit<TDeps extends PluginDeps> {
  readonly deps: TDeps;
  /**
   * Runs when every owner of what it depends on is active, and not before everything that registers
   * in the same turn has registered. Should an owner go away, what `init` returned is disposed, and
   * it runs again when the owner, or another, is back. A plugin whose `init` throws or rejects is
   * shown as failed; the others go on.
   */
  init(deps: ResolvedDeps<TDeps>): PluginContribution | Promise<PluginContribution>;
}

export interface PluginEnvironment {
  /** Offers a service to other plugins. @throws if the id is taken. */
  registerService<T>(ref: ServiceRef<T>, implementation: T): void;
  /** Opens an extension point to other plugins. @throws if the id is taken. */
  registerExtensionPoint<T>(point: ExtensionPoint<T>, implementation: T): void;
  /** At most once. Plugins are initialised in an order in which owners come before their users. */
  registerInit<TDeps extends PluginDeps>(init: PluginInit<TDeps>): void;
}

export interface PortalPlugin {
  readonly $$type: 'portal-plugin';
  readonly id: string;
  register(env: PluginEnvironment): void;
}

/**
 * Declares a plugin. Built-in plugins and those of other extensions are the same.
 *
 * @param options.id - lower-case words joined by `-`; unique among the plugins of a portal
 * @throws TypeError if the id is not of that form
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
