import type {
  CardContent,
  Disposable,
  Entity,
  EntityCell,
  EntityDecoration,
  JsonObject,
  JsonValue,
  PluginInfo,
  PortalApi,
  PortalPlugin,
  Problem,
  SearchResults,
} from '../api';

/** An entity of a test. Missing parts get defaults: `apiVersion: backstage.io/v1alpha1` and kind `Component`. */
export interface TestEntity {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: { readonly name: string; readonly [key: string]: unknown };
  readonly spec?: { readonly [key: string]: unknown };
}

/** Contents of a test portal. */
export interface TestPortalOptions {
  /** Texts of files by path in the workspace: `services/shop/catalog-info.yaml`. */
  readonly files?: { readonly [path: string]: string };
  /** Entities, each in a descriptor of its own: `entities/<kind>-<name>/catalog-info.yaml`. */
  readonly entities?: readonly TestEntity[];
  /** Settings by name, without `callboard.`: `catalog.exclude`. */
  readonly settings?: { readonly [key: string]: unknown };
}

/** A card with its content. */
export interface TestCard {
  readonly id: string;
  readonly title: string;
  /** Content as the portal renders it. Undefined if the card failed. */
  readonly content?: CardContent;
  /** Message of a card that failed or whose content isn't valid. */
  readonly error?: string;
}

/** A tab with its badge. */
export interface TestTab {
  readonly id: string;
  readonly title: string;
  readonly badge?: number;
}

/** A message that the portal or a plugin logged. */
export interface TestLogEntry {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
}

/** Output of an action of software templates. */
export interface TestActionResult {
  readonly output: { readonly [name: string]: unknown };
  /** Texts of the files in the action's workspace, by path. */
  readonly files: { readonly [path: string]: string };
  readonly log: readonly string[];
}

/** A software template of a plugin. */
export interface TestTemplate {
  readonly ref: string;
  readonly title: string;
  readonly type: string;
  /** Title of the provider. */
  readonly from: string;
}

/** An error that a plugin caused. */
export interface TestPluginError {
  /** Id of the plugin. */
  readonly plugin: string;
  /** The part that failed, such as `load() of Coverage`. */
  readonly what: string;
  readonly message: string;
}

/**
 * The real engine without an editor: its catalog, problems, search and plugin host on files in
 * memory. Methods that take an entity accept a full ref, such as `component:default/shop`.
 */
export interface TestPortal extends Disposable {
  /** The same object as in the editor. */
  readonly api: PortalApi;
  /** URI of the workspace folder. */
  readonly root: string;
  /** Everything that was logged, oldest first. */
  readonly log: readonly TestLogEntry[];
  readonly plugins: readonly PluginInfo[];
  /** Errors of plugins, as the Plugins view lists them, newest first for each plugin. */
  readonly pluginErrors: readonly TestPluginError[];
  /**
   * Registers a plugin and waits until it is active. Dispose the result to remove it.
   *
   * @throws Error with the reason if the plugin fails or waits for a dependency
   */
  register(plugin: PortalPlugin): Promise<Disposable>;
  /** Writes files, or removes those whose text is undefined, and waits until the catalog has read them. */
  write(files: { readonly [path: string]: string | undefined }): Promise<void>;
  /** Changes settings. */
  configure(settings: { readonly [key: string]: unknown }): Promise<void>;
  /** Waits until pending changes of providers and problem sources have been applied. */
  settle(): Promise<void>;
  /** Returns the URI of a path in the workspace. */
  uri(path: string): string;
  /** Returns an entity with its relations. */
  entity(ref: string): Entity | undefined;
  /** Returns problems of the catalog and of plugins, with severities and comments applied. */
  problems(request?: {
    /** Path in the workspace. */
    readonly file?: string;
    readonly entityRef?: string;
    readonly code?: string;
  }): Promise<readonly Problem[]>;
  /** Returns the cards of a tab of an entity's page; default: the first tab. */
  cards(ref: string, options?: { readonly tab?: string }): Promise<readonly TestCard[]>;
  /** Returns the tabs of an entity's page. */
  tabs(ref: string): readonly TestTab[];
  /** Returns the cards of the home page. */
  homeCards(): Promise<readonly TestCard[]>;
  /** Returns the values of columns that plugins add to the catalog table, by the column's id. */
  cells(ref: string): { readonly [column: string]: EntityCell };
  /** Returns the decorations that plugins give an entity in the Catalog view. */
  decorations(ref: string): readonly EntityDecoration[];
  /** Returns the paths of group labels that a grouping of the Catalog view gives an entity. */
  groups(ref: string, grouping: string): readonly (readonly string[])[];
  /** Returns the ids of the commands that are available for an entity. */
  entityCommands(ref: string): readonly string[];
  /** Runs a command on an entity. Rejects if the command isn't available for it. */
  runEntityCommand(id: string, ref: string): Promise<unknown>;
  /** Runs a command that a plugin registered. */
  runCommand(id: string, ...args: readonly unknown[]): Promise<unknown>;
  /** Searches for a query as typed, after everything is indexed. */
  search(query: string): Promise<SearchResults>;
  /** Runs a tool for coding agents. */
  runAgentTool(id: string, input?: JsonObject): Promise<JsonValue>;
  /** Runs an action of software templates with an input. */
  runAction(
    id: string,
    options?: {
      readonly input?: { readonly [name: string]: unknown };
      readonly isDryRun?: boolean;
    },
  ): Promise<TestActionResult>;
  /** Returns the software templates of plugins. */
  templates(): Promise<readonly TestTemplate[]>;
}

/** Opens a portal on files in memory, for tests of plugins. Dispose it at the end of the test. */
export declare function createTestPortal(options?: TestPortalOptions): Promise<TestPortal>;
