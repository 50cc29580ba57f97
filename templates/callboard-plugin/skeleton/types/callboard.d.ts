/**
 * The part of Callboard's plugin API, version 1, that this extension uses. Add to it what you need: `npm run api-types` in
 * a clone of Callboard writes the whole, and its docs/extending.md tells what there is.
 */

export interface Disposable {
  dispose(): void;
}

/** What `vscode.extensions.getExtension<PortalExports>('callboard.callboard')` exports. */
export interface PortalExports {
  getApi(version: 1): PortalApi;
}

export interface PortalApi {
  readonly extensionPoints: {
    readonly catalogProcessors: ExtensionPoint<CatalogProcessors>;
    readonly entityCommands: ExtensionPoint<EntityCommands>;
  };
  createPortalPlugin(options: {
    id: string;
    register(environment: PluginEnvironment): void;
  }): PortalPlugin;
  registerPlugin(plugin: PortalPlugin): Disposable;
}

export interface PortalPlugin {
  readonly $$type: 'portal-plugin';
  readonly id: string;
  register(environment: PluginEnvironment): void;
}

export interface PluginEnvironment {
  registerInit<Deps extends { readonly [name: string]: ExtensionPoint<unknown> }>(init: {
    readonly deps: Deps;
    init(deps: {
      readonly [Name in keyof Deps]: Deps[Name] extends ExtensionPoint<infer T> ? T : never;
    }): readonly Disposable[];
  }): void;
}

export interface ExtensionPoint<T> {
  readonly $$type: 'extension-point';
  readonly id: string;
  readonly T?: T;
}

export interface CatalogProcessors {
  addProcessor(processor: CatalogProcessor): Disposable;
}

/** Runs for each entity that is read, on the editor's thread: it must be quick. */
export interface CatalogProcessor {
  getProcessorName(): string;
  postProcessEntity?(entity: Entity, emit: CatalogProcessorEmit): void;
}

export interface CatalogProcessorEmit {
  problem(problem: {
    code: string;
    message: string;
    severity?: 'error' | 'warning' | 'info' | 'hint';
    /** Of the field that it is about. */
    path?: readonly (string | number)[];
  }): void;
}

export interface EntityCommands {
  addEntityCommand(command: EntityCommand): Disposable;
}

/** A command in the context menu of entities. */
export interface EntityCommand {
  readonly id: string;
  readonly title: string;
  readonly icon?: string;
  isEnabled?(entity: Entity): boolean;
  run(entity: Entity): unknown;
}

/** What is in it was written by people: its fields may be anything. */
export interface Entity {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly [field: string]: unknown };
  readonly spec?: { readonly [field: string]: unknown };
}
