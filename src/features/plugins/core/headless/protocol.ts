import type {
  CatalogProcessor,
  EntityProviderMutation,
  PluginAgentTool,
  SearchDocument,
  SearchFilter,
  SearchSource,
} from '../../../../api';
import type { Entity, JsonObject, JsonValue } from '../../../../model';
import type { CatalogRows } from './catalogRows';
import type { ActionAnswer, ActionCall, ActionRow } from './threadActions';

/** Parameters to open a plugin. */
export interface OpenPlugin {
  /** Id of the declaration. */
  readonly id: string;
  /** URL of the module. */
  readonly module: string;
  /** Workspace folders. */
  readonly roots: readonly { readonly uri: string; readonly name: string }[];
  /** Globs of files that `FilesService.list` leaves out. */
  readonly exclude: readonly string[];
  readonly catalog: CatalogRows;
}

/** A collator of the plugin. */
export interface CollatorRow {
  readonly id: string;
  readonly title: string;
  readonly icon: string;
  readonly weight: number | undefined;
}

/** A tool for agents. */
export type AgentToolRow = Pick<PluginAgentTool, 'id' | 'title' | 'description' | 'inputSchema'>;

/** Method of a processor that works on an entity. */
export type ProcessorMethod = Exclude<keyof CatalogProcessor, 'getProcessorName'>;

/** A processor of entities, with the methods that it has. */
export interface ProcessorRow {
  readonly name: string;
  readonly methods: readonly ProcessorMethod[];
}

/** A question for a processor, which blocks the main thread, because the catalog processes entities synchronously. */
export interface ProcessorQuestion {
  /** Index in `PluginContributions.processors`. */
  readonly processor: number;
  readonly method: ProcessorMethod;
  readonly entity: Entity;
}

/** The answer to a {@link ProcessorQuestion}. */
export interface ProcessorAnswer {
  /** Return value of the method. */
  readonly value: unknown;
  /** Emitted relations and problems, unchecked. */
  readonly emitted: readonly { readonly what: 'relation' | 'problem'; readonly value: unknown }[];
  /** Message of the error that it threw. */
  readonly error: string | undefined;
}

/** Contributions of a plugin in another thread. */
export interface PluginContributions {
  readonly collators: readonly CollatorRow[];
  readonly filters: readonly Pick<SearchFilter, 'id' | 'title'>[];
  readonly tools: readonly AgentToolRow[];
  /** Names of the entity providers. */
  readonly providers: readonly string[];
  readonly processors: readonly ProcessorRow[];
  /** Actions of templates. */
  readonly actions: readonly ActionRow[];
  /** Whether it reports problems. */
  readonly reportsProblems: boolean;
}

/** Parameters of the call `mutate` of the plugin's thread. */
export interface ProviderMutation {
  /** Name of the entity provider. */
  readonly provider: string;
  readonly mutation: EntityProviderMutation;
}

/** Calls of the main thread, and their results. */
export interface PluginCalls {
  open: { params: OpenPlugin; result: PluginContributions };
  /** Applies changes before it answers. */
  update: { params: CatalogRows; result: undefined };
  /** Raw problems of files, in the order of the files. */
  problems: { params: readonly string[]; result: readonly (readonly unknown[])[] };
  sources: { params: string; result: readonly SearchSource[] };
  collate: {
    params: { readonly collator: string; readonly source: string };
    result: readonly SearchDocument[];
  };
  /** Values of a filter by entity ref. */
  filterValues: { params: string; result: ReadonlyMap<string, readonly string[]> };
  tool: { params: { readonly id: string; readonly input: JsonObject }; result: JsonValue };
  action: { params: ActionCall; result: ActionAnswer };
  /** Connects an entity provider, by its name. Answers when its first mutations are applied. */
  connectProvider: { params: string; result: undefined };
  settle: { params: undefined; result: undefined };
}
