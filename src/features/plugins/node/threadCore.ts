import {
  type CatalogProcessor,
  type CatalogService,
  coreServices,
  createPortalPlugin,
  type EntityProvider,
  type EntityProviderMutation,
  extensionPoints,
  type PluginAgentTool,
  type PortalPlugin,
  type ProblemSource,
  type ReportedProblem,
  type ScaffolderAction,
  type SearchCollator,
  type SearchFilter,
  type ServiceRef,
  type TaskWorkspace,
} from '../../../api';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  errorMessage,
  type Event,
  type Logger,
  Registry,
  toDisposable,
} from '../../../base';
import type { JsonValue } from '../../../model';
import type { Clock, FileChange, FileSystem } from '../../../platform/core/ports';
import { defaultCatalogOptions, EntityFilesService } from '../../catalog/core';
import {
  assertIsAgentTool,
  assertIsSearchFilter,
  missingService,
  PluginFailures,
  type PluginOf,
} from '../core';
import {
  type ActionAnswer,
  type ActionCall,
  type ActionEvent,
  applyRows,
  ignored,
  type ProcessorAnswer,
  type ProcessorMethod,
  type ProcessorQuestion,
  type ProcessorRow,
  registerViewPoints,
  workspaceRows,
} from '../core/headless';

const HERE = 'The command line and servers';
/** Maximum number of relations and problems that a processor emits for an entity. */
const MAX_EMITTED = 10_000;
const PROCESSOR_METHODS: readonly ProcessorMethod[] = [
  'preProcessEntity',
  'validateEntityKind',
  'postProcessEntity',
];

/** Environment of an action, besides its input. */
export interface ActionDeps {
  /** @param path - absolute, with `/` */
  readonly createWorkspace: (path: string) => TaskWorkspace;
  readonly signal: AbortSignal;
}

/** Contributions that the other thread uses. */
export class ThreadContributions {
  readonly #failures: PluginFailures;
  readonly #sources = new Set<ProblemSource>();
  /** In the order in which they were added; undefined for removed ones. */
  readonly #processors: (CatalogProcessor | undefined)[] = [];
  readonly #providers = new Map<string, EntityProvider>();
  readonly #problemsChanged = new Emitter<void>();
  readonly #changedFiles = new Set<string>();

  readonly collators = new Registry<SearchCollator>();
  readonly filters = new Registry<SearchFilter>();
  readonly tools = new Registry<PluginAgentTool>();
  readonly actions = new Registry<ScaffolderAction>();
  readonly onDidChangeProblems: Event<void> = this.#problemsChanged.event;

  constructor(deps: { readonly logger: Logger; readonly pluginOf: PluginOf }) {
    this.#failures = new PluginFailures(deps);
  }

  get reportsProblems(): boolean {
    return this.#sources.size > 0;
  }

  /** The processors, with the methods that each has. */
  get processors(): readonly ProcessorRow[] {
    return this.#processors.map(processor => ({
      name: String(processor?.getProcessorName()),
      methods: PROCESSOR_METHODS.filter(method => typeof processor?.[method] === 'function'),
    }));
  }

  /** Runs a method of a processor. Its errors are part of the answer. */
  process({ processor: index, method, entity }: ProcessorQuestion): ProcessorAnswer {
    const processor = this.#processors[index];
    if (!processor) return { value: entity, emitted: [], error: undefined };
    const emitted: ProcessorAnswer['emitted'][number][] = [];
    const emit = (what: 'relation' | 'problem') => (value: unknown) => {
      if (emitted.push({ what, value }) > MAX_EMITTED) {
        throw new RangeError(`It emitted more than ${MAX_EMITTED} relations and problems`);
      }
    };
    const both = { relation: emit('relation'), problem: emit('problem') };
    try {
      return { value: processor[method]?.(entity, both), emitted, error: undefined };
    } catch (error) {
      return { value: undefined, emitted, error: errorMessage(error) };
    }
  }

  /** @throws Error if there is no such collator */
  collator(id: string): SearchCollator {
    const collator = this.collators.get(id);
    if (!collator) throw new Error(`There is no collator "${id}"`);
    return collator;
  }

  /** Returns the values of a filter by entity ref. @throws Error if there is no such filter, or its own error */
  valuesOf(id: string, catalog: CatalogService): ReadonlyMap<string, readonly string[]> {
    const filter = this.filters.get(id);
    if (!filter) throw new Error(`There is no search filter "${id}"`);
    const values = new Map<string, readonly string[]>();
    for (const ref of catalog.getEntityRefs()) {
      const entity = catalog.getEntityByRef(ref);
      const found = entity ? filter.valuesOf(entity).map(String) : [];
      if (found.length) values.set(ref, found);
    }
    return values;
  }

  /** Returns the files whose problems changed since the last call. */
  takeChangedFiles(): readonly string[] {
    const files = [...this.#changedFiles];
    this.#changedFiles.clear();
    return files;
  }

  addProblemSource(source: ProblemSource): Disposable {
    const store = new DisposableStore();
    store.add(
      source.onDidChangeProblems(files => {
        for (const file of files) if (typeof file === 'string') this.#changedFiles.add(file);
        this.#problemsChanged.fire();
      }),
    );
    this.#sources.add(source);
    store.add(toDisposable(() => this.#sources.delete(source)));
    return store;
  }

  addProcessor(processor: CatalogProcessor): Disposable {
    const index = this.#processors.push(processor) - 1;
    return toDisposable(() => (this.#processors[index] = undefined));
  }

  /** Names of the entity providers. */
  get providers(): readonly string[] {
    return [...this.#providers.keys()];
  }

  /** @throws Error if there is a provider of that name */
  addEntityProvider(provider: EntityProvider): Disposable {
    const name = String(provider.getProviderName());
    if (this.#providers.has(name)) throw new Error(`There are two entity providers "${name}"`);
    this.#providers.set(name, provider);
    return toDisposable(() => this.#providers.delete(name));
  }

  /**
   * Connects an entity provider. Resolves when its first mutations are applied.
   *
   * @throws Error if there is no such provider, or its own error
   */
  async connectProvider(
    name: string,
    mutate: (mutation: EntityProviderMutation) => Promise<void>,
  ): Promise<void> {
    const provider = this.#providers.get(name);
    if (!provider) throw new Error(`There is no entity provider "${name}"`);
    const first = new Set<Promise<void>>();
    await provider.connect({
      applyMutation(mutation) {
        const applied = mutate(mutation);
        first.add(applied);
        return applied;
      },
    });
    // The provider gets the errors.
    await Promise.allSettled(first);
    first.clear();
  }

  /** Runs an action of templates on a copy of the workspace. Its errors are part of the answer. */
  async runAction(
    { id, context, path, rows }: ActionCall,
    { createWorkspace, signal }: ActionDeps,
  ): Promise<ActionAnswer> {
    const action = this.actions.get(id);
    if (!action) throw new Error(`There is no action "${id}"`);
    const workspace = createWorkspace(path);
    applyRows(workspace, { before: [], after: rows });
    const events: ActionEvent[] = [];
    const tell = (type: 'info' | 'warn' | 'error' | 'skip') => (text: string) => {
      events.push({ type, text });
    };
    const logger = { info: tell('info'), warn: tell('warn'), error: tell('error') };
    const output = (name: string, value: JsonValue): void => {
      events.push({ type: 'output', name, value });
    };
    try {
      await action.handler({ ...context, workspace, logger, output, skip: tell('skip'), signal });
      return { events, rows: workspaceRows(workspace), error: undefined };
    } catch (error) {
      const name = error instanceof Error ? error.name : 'Error';
      return { events, rows: [], error: { name, message: errorMessage(error) } };
    }
  }

  /** Returns problems of a file, unchecked. Sources that fail are logged. */
  problemsOf(file: string): readonly ReportedProblem[] {
    return [...this.#sources].flatMap(source => {
      try {
        return source.getProblems(file);
      } catch (error) {
        this.#failures.report(source, 'getProblems()', error);
        return [];
      }
    });
  }
}

export interface ThreadCoreDeps {
  readonly catalog: CatalogService;
  readonly contributions: ThreadContributions;
  readonly fileSystem: FileSystem;
  readonly changes: Event<readonly FileChange[]>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly roots: readonly { readonly uri: string; readonly name: string }[];
  readonly exclude: readonly string[];
}

/** Creates the plugin that offers services and extension points in a thread without an editor. */
export function createThreadCore(deps: ThreadCoreDeps): PortalPlugin {
  const { catalog, contributions, fileSystem, changes, clock, logger, roots, exclude } = deps;
  const never: Event<never> = () => toDisposable(() => {});
  const options = { ...defaultCatalogOptions, exclude };
  const files = new EntityFilesService({
    engine: { roots, options, getEntitySource: ref => catalog.getEntitySource(ref) },
    fileSystem,
    clock,
    changes: [changes],
  });
  const state = new Map<string, unknown>();
  const implementations: Partial<Record<keyof typeof coreServices, object>> = {
    catalog,
    files,
    logger,
    config: { get: () => undefined, onDidChange: never },
    state: {
      get: (key: string) => state.get(key),
      set: async (key: string, value: unknown) => void state.set(key, value),
    },
    identity: { getOwnershipRefs: () => [], onDidChange: never },
    actions: missingService('core.actions', HERE, {
      registerCommand: () => toDisposable(() => {}),
    }),
  };
  const points = extensionPoints;
  return createPortalPlugin({
    id: 'core',
    register(env) {
      for (const [name, ref] of Object.entries(coreServices) as [
        keyof typeof coreServices,
        ServiceRef<object>,
      ][]) {
        env.registerService(ref, implementations[name] ?? missingService(ref.id, HERE));
      }
      env.registerExtensionPoint(points.problemSources, {
        addProblemSource: source => contributions.addProblemSource(source),
      });
      env.registerExtensionPoint(points.catalogProcessors, {
        addProcessor: processor => contributions.addProcessor(processor),
      });
      env.registerExtensionPoint(points.searchCollators, {
        addCollator: collator => contributions.collators.add(collator),
      });
      env.registerExtensionPoint(points.searchFilters, {
        addSearchFilter(filter) {
          assertIsSearchFilter(filter);
          return contributions.filters.add(filter);
        },
      });
      env.registerExtensionPoint(points.agentTools, {
        addAgentTool(tool) {
          assertIsAgentTool(tool);
          return contributions.tools.add(tool);
        },
      });
      env.registerExtensionPoint(points.entityProviders, {
        addEntityProvider: provider => contributions.addEntityProvider(provider),
      });
      registerViewPoints(env);
      env.registerExtensionPoint(points.scaffolderActions, {
        addAction: action => contributions.actions.add(action),
      });
      env.registerExtensionPoint(points.scaffolderTemplates, { addTemplateProvider: ignored() });
      env.registerExtensionPoint(points.searchProviders, { addProvider: ignored() });
    },
  });
}
