import type {
  CatalogService,
  EntityProvidersExtensionPoint,
  ProblemSource,
  ScaffolderAction,
  SearchCollator,
  SearchFilter,
} from '../../../../api';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  errorMessage,
  type Event,
  isRecord,
  type Logger,
  Registry,
  SerialQueue,
  singleLine,
} from '../../../../base';
import type { Entity, JsonObject, JsonValue, Problem } from '../../../../model';
import { refOf } from '../../../../model/presentation';
import type { Clock, FileChange, FileSystem, Thread } from '../../../../platform/core/ports';
import { type DeclaredPlugin, pluginProblem } from '../declarative';
import { allCatalogRows, catalogRows } from './catalogRows';
import type {
  AgentToolRow,
  CollatorRow,
  OpenPlugin,
  PluginCalls,
  ProcessorAnswer,
  ProcessorQuestion,
} from './protocol';
import { type ActionAnswer, type ActionCall, createThreadAction } from './threadActions';
import { DeadlineError, missedDeadline, ThreadCalls, type CallHandler } from './threadCalls';
import { type ProcessingCatalog, ThreadProcessors } from './threadProcessors';
import { ThreadProviders } from './threadProviders';

/** Maximum time of one answer of a plugin, in milliseconds. */
const DEADLINE = 10_000;
/** Maximum number of files per call, so that a plugin needn't check a whole catalog within the deadline. */
const FILES_AT_ONCE = 200;
/** Maximum number of problems, of messages in the log, and of documents of a source, per plugin. */
const MAX_PROBLEMS = 10_000;
const MAX_LOGGED = 200;
const MAX_DOCUMENTS = 10_000;

export interface PluginThreadDeps {
  readonly plugin: DeclaredPlugin;
  /** Returns the URL of the plugin's module. @throws Error if there is none */
  readonly moduleOf: (plugin: DeclaredPlugin) => Promise<string>;
  readonly startThread: () => Promise<Thread>;
  readonly catalog: CatalogService;
  /** Gets the entities of the plugin's providers; default: they aren't used. */
  readonly entityProviders?: EntityProvidersExtensionPoint | undefined;
  /** Processes entities with the plugin's processors; default: they aren't used. */
  readonly processing?: ProcessingCatalog | undefined;
  readonly roots: OpenPlugin['roots'];
  /** Globs of files that the catalog's settings exclude. */
  readonly exclude: readonly string[];
  readonly fileSystem: FileSystem;
  readonly clock: Pick<Clock, 'delay'>;
  readonly logger: Logger;
  /** In milliseconds; default: 10 s. */
  readonly deadline?: number | undefined;
}

/**
 * A plugin with code in a thread of its own. A plugin that throws, ends its thread or doesn't answer in time is stopped,
 * loses its contributions, and is reported as a problem of its manifest.
 */
export class PluginThread implements ProblemSource, Disposable {
  readonly #deps: PluginThreadDeps;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new Emitter<ReadonlySet<string>>());
  readonly #queue = new SerialQueue();
  #calls: ThreadCalls | undefined;
  #thread: Thread | undefined;
  readonly #problems = new Map<string, readonly Problem[]>();
  readonly #added = this.#store.add(new DisposableStore());
  readonly #collatorEvents = new Map<
    string,
    Emitter<{ sources: ReadonlySet<string> | undefined }>
  >();
  /** Values by filter and entity ref. */
  readonly #filterValues = new Map<string, ReadonlyMap<string, readonly string[]>>();
  readonly #providers: ThreadProviders;
  #failure: Problem | undefined;
  #count = 0;
  #logged = 0;
  #reportsProblems = false;

  readonly collators = new Registry<SearchCollator>();
  readonly filters = new Registry<SearchFilter>();
  /** Tools for agents. */
  tools: readonly AgentToolRow[] = [];
  /** Actions of templates. They fail once the plugin was stopped. */
  actions: readonly ScaffolderAction[] = [];
  readonly onDidChangeProblems: Event<ReadonlySet<string>> = this.#changed.event;

  constructor(deps: PluginThreadDeps) {
    this.#deps = deps;
    this.#providers = this.#added.add(
      new ThreadProviders({
        catalog: deps.entityProviders,
        connect: name => this.#connectProvider(name),
        warn: message => this.#log('warn', message),
      }),
    );
  }

  get id(): string {
    return this.#deps.plugin.declaration.id;
  }

  /** The failure that stopped the plugin. */
  get failure(): Problem | undefined {
    return this.#failure;
  }

  /** All problems that the plugin reported, and its own failure. */
  get problems(): readonly Problem[] {
    return [...this.#problems.values()].flat().concat(this.#failure ?? []);
  }

  /** Starts the plugin and reads its contributions. Never throws. */
  open(): Promise<void> {
    return this.#queue.run(() => this.#guard(() => this.#open()));
  }

  getProblems(file: string): readonly Problem[] {
    const reported = this.#problems.get(file) ?? [];
    return this.#failure?.file === file ? [...reported, this.#failure] : reported;
  }

  /** Fires `onDidChangeProblems` for all problems, for a listener that has just been added. */
  reportAll(): void {
    const files = new Set(this.#problems.keys());
    if (this.#failure?.file !== undefined) files.add(this.#failure.file);
    if (files.size) this.#changed.fire(files);
  }

  /** Tells the plugin about changes of files. */
  applyChanges(changes: readonly FileChange[]): void {
    if (!this.#failure) this.#calls?.notify('files', changes);
  }

  /** Runs a tool for agents. @throws Error with the plugin's message, or the signal's reason */
  async runTool(id: string, input: JsonObject, signal: AbortSignal): Promise<JsonValue> {
    signal.throwIfAborted();
    return this.#required(() => this.#call('tool', { id, input }, signal));
  }

  #runAction(call: ActionCall, signal: AbortSignal): Promise<ActionAnswer> {
    return this.#required(() => this.#call('action', call, signal));
  }

  /** Returns an answer. @throws Error of the plugin; a missed deadline stops it, too */
  async #required<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof DeadlineError) this.#fail(error);
      throw error;
    }
  }

  /** Resolves when the plugin has checked all changes. */
  async whenChecked(): Promise<void> {
    await this.#queue.run(() => this.#guard(() => this.#call('settle', undefined)));
    await this.#queue.run(() => Promise.resolve());
  }

  dispose(): void {
    this.#store.dispose();
  }

  #connect(thread: Thread): void {
    const { clock, fileSystem, catalog } = this.#deps;
    this.#store.add(thread);
    this.#thread = thread;
    const handlers = new Map<string, CallHandler>([
      ['readFile', uri => fileSystem.readFile(String(uri))],
      ['stat', uri => fileSystem.stat(String(uri))],
      ['readDirectory', uri => fileSystem.readDirectory(String(uri))],
      ['realPath', uri => fileSystem.realPath(String(uri))],
      ['loadEntity', ref => catalog.loadEntity(String(ref))],
      ['getDependents', params => getDependents(catalog, params)],
      ['mutate', params => this.#providers.mutate(params)],
    ]);
    this.#calls = this.#store.add(
      new ThreadCalls({
        port: thread,
        clock,
        handlers,
        onNotify: (method, params) => this.#notified(method, params),
      }),
    );
    this.#store.add(thread.onDidEnd(error => this.#fail(error)));
    const output = thread.onOutput?.(text => this.#log('debug', text));
    if (output) this.#store.add(output);
  }

  async #open(): Promise<void> {
    const { catalog, plugin, moduleOf, startThread, roots, exclude } = this.#deps;
    const module = await moduleOf(plugin);
    this.#connect(await startThread());
    const rows = allCatalogRows(catalog);
    const params = { id: this.id, module, roots, exclude, catalog: rows };
    const contributions = await this.#call('open', params);
    const { collators, filters, tools, providers, processors, reportsProblems } = contributions;
    for (const row of collators) this.#addCollator(row);
    for (const { id, title } of filters) {
      const valuesOf = (entity: Entity): readonly string[] =>
        this.#filterValues.get(id)?.get(refOf(entity)) ?? [];
      this.#added.add(this.filters.add({ id, title, valuesOf }));
    }
    this.tools = tools;
    this.actions = contributions.actions.map(row =>
      createThreadAction(row, (call, signal) => this.#runAction(call, signal)),
    );
    await this.#readFilters();
    this.#reportsProblems = reportsProblems;
    this.#store.add(
      catalog.onDidChange(({ entityRefs, files }) => {
        const changed = new Set(files);
        for (const ref of entityRefs) {
          const source = catalog.getEntitySource(ref);
          if (source) changed.add(source.file);
        }
        const change = catalogRows(catalog, { entityRefs, files });
        void this.#queue.run(() =>
          this.#guard(async () => {
            await this.#call('update', change);
            await this.#readFilters();
            await this.#check([...changed]);
          }),
        );
      }),
    );
    const { processing } = this.#deps;
    if (processing) {
      const added = new ThreadProcessors(processing, question => this.#askProcessor(question));
      await this.#added.add(added).add(processors);
    }
    await this.#check(rows.files.map(({ file }) => file));
    // Their entities arrive as changes of the catalog.
    await this.#providers.add(providers);
  }

  /** Blocks until a processor answers. One that doesn't answer in time stops the plugin. */
  #askProcessor(question: ProcessorQuestion): ProcessorAnswer | undefined {
    if (this.#failure || this.#store.isDisposed) return undefined;
    const { deadline = DEADLINE } = this.#deps;
    const reply = this.#thread?.ask?.(question, deadline);
    if (!reply) this.#fail(new DeadlineError(missedDeadline(deadline)));
    return reply?.answer as ProcessorAnswer | undefined;
  }

  /** Connects an entity provider. One that doesn't answer in time stops the plugin. */
  #connectProvider(name: string): Promise<undefined> {
    return this.#required(() => this.#call('connectProvider', name));
  }

  async #readFilters(): Promise<void> {
    for (const { id } of this.filters.all()) {
      this.#filterValues.set(id, await this.#call('filterValues', id));
    }
  }

  async #check(files: readonly string[]): Promise<void> {
    if (!this.#reportsProblems) return;
    for (let at = 0; at < files.length; at += FILES_AT_ONCE) {
      const batch = files.slice(at, at + FILES_AT_ONCE);
      const answers = await this.#call('problems', batch);
      batch.forEach((file, index) => this.#setProblems(file, answers[index] ?? []));
      this.#changed.fire(new Set(batch));
    }
  }

  #setProblems(file: string, problems: readonly unknown[]): void {
    this.#count += problems.length - (this.#problems.get(file)?.length ?? 0);
    if (this.#count > MAX_PROBLEMS)
      throw new Error(`It reported more than ${MAX_PROBLEMS} problems`);
    // `ContributedProblems` checks their types.
    if (problems.length) this.#problems.set(file, problems as readonly Problem[]);
    else this.#problems.delete(file);
  }

  #addCollator({ id, title, icon, weight }: CollatorRow): void {
    const changed = new Emitter<{ sources: ReadonlySet<string> | undefined }>();
    this.#collatorEvents.set(id, changed);
    const collator: SearchCollator = {
      id,
      title,
      icon,
      ...(weight !== undefined && { weight }),
      onDidChange: changed.event,
      getSources: () => this.#answer([], () => this.#call('sources', id)),
      collate: source =>
        this.#answer([], async () => {
          const documents = await this.#call('collate', { collator: id, source });
          return documents.slice(0, MAX_DOCUMENTS);
        }),
    };
    this.#added.add(this.collators.add(collator));
  }

  #notified(method: string, params: unknown): void {
    if (this.#failure || !isRecord(params)) return;
    if (method === 'log') {
      const { level, message } = params;
      if (typeof message === 'string') this.#log(level, message);
    } else if (method === 'problemsChanged' && Array.isArray(params['files'])) {
      const files = params['files'].filter(file => typeof file === 'string');
      void this.#queue.run(() => this.#guard(() => this.#check(files)));
    } else if (method === 'collatorChanged') {
      const { id, sources } = params;
      const ids = Array.isArray(sources) ? new Set(sources.map(String)) : undefined;
      this.#collatorEvents.get(String(id))?.fire({ sources: ids });
    }
  }

  #log(level: unknown, message: string): void {
    if (++this.#logged > MAX_LOGGED) return;
    const text = `Plugin "${this.id}": ${singleLine(message, 1_000)}`;
    if (level === 'error') this.#deps.logger.error(text);
    else if (level === 'warn') this.#deps.logger.warn(text);
    else this.#deps.logger.debug(text);
  }

  async #call<Name extends keyof PluginCalls>(
    method: Name,
    params: PluginCalls[Name]['params'],
    signal?: AbortSignal,
  ): Promise<PluginCalls[Name]['result']> {
    if (this.#failure) throw new Error(this.#failure.message);
    const { deadline = DEADLINE } = this.#deps;
    return (await this.#calls?.call(method, params, {
      deadline,
      ...(signal && { signal }),
    })) as PluginCalls[Name]['result'];
  }

  async #guard(work: () => Promise<unknown>): Promise<void> {
    if (this.#failure || this.#store.isDisposed) return;
    try {
      await work();
    } catch (error) {
      if (!this.#store.isDisposed) this.#fail(error);
    }
  }

  /** Returns an answer of the plugin, or a default if it failed. Only a missed deadline stops the plugin. */
  async #answer<T>(none: T, ask: () => Promise<T>): Promise<T> {
    if (this.#failure || this.#store.isDisposed) return none;
    try {
      return await ask();
    } catch (error) {
      if (error instanceof DeadlineError) this.#fail(error);
      if (this.#failure) return none;
      throw error;
    }
  }

  #fail(error: unknown): void {
    if (this.#failure || this.#store.isDisposed) return;
    const { file, locate } = this.#deps.plugin;
    const reason = singleLine(errorMessage(error), 500);
    const message = `The plugin ${this.id} was stopped: ${reason}. Results don't include it.`;
    this.#failure = pluginProblem('plugin-failed', message, { file, range: locate(['main']) });
    this.#deps.logger.warn(message);
    const files = new Set([file, ...this.#problems.keys()]);
    this.#problems.clear();
    this.tools = [];
    this.#calls?.dispose();
    // One that hangs would use the processor until the end of the server.
    this.#thread?.dispose();
    this.#added.dispose();
    this.#changed.fire(files);
  }
}

function getDependents(catalog: CatalogService, params: unknown): unknown {
  const { ref, depth } = isRecord(params) ? params : {};
  return catalog.getDependents(String(ref), typeof depth === 'number' ? { depth } : {});
}
