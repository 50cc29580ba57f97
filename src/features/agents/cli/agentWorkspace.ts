import {
  basenameUri,
  type Disposable,
  DisposableStore,
  joinUri,
  onDemand,
  raceAbort,
} from '../../../base';
import type { FollowedSources } from '../../../cli/catalog/followedSources';
import { openCatalog, readOptions } from '../../../cli/catalog/openCatalog';
import { openSearch } from '../../../cli/catalog/openSearch';
import { ownershipOfCurrentUser } from '../../../cli/catalog/currentUser';
import type { CommandContext } from '../../../cli/command';
import type { JsonObject } from '../../../model';
import { enclosingRepository } from '../../../platform/core/files';
import type { Clock, FileChange, FileSystem } from '../../../platform/core/ports';
import {
  type BackstageSetup,
  type CatalogEngine,
  type CatalogOptions,
  openFileSelector,
} from '../../catalog/core';
import { getOwnershipRefs } from '../../catalog/core/identity';
import type { HeadlessPlugins } from '../../plugins/core/headless';
import type { TechDocsSites } from '../../techdocs/core';
import type { AgentServices, PluginTool } from '../core';

export interface AgentWorkspaceDeps {
  readonly context: CommandContext;
  /** URI of the folder. */
  readonly root: string;
  /** Backstage to read instead of a discovered one. */
  readonly backstage: BackstageSetup | undefined;
  /** Remote sources. Their files are in the context. */
  readonly sources: FollowedSources;
}

interface OpenedWorkspace extends Pick<AgentServices, 'catalog' | 'search'> {
  readonly engine: CatalogEngine;
  readonly techdocs: TechDocsSites;
  readonly plugins: HeadlessPlugins | undefined;
  readonly tree: TreeChanges;
}

/**
 * A folder that is read once and updated before each answer. It isn't watched: nobody needs updates between two
 * questions.
 */
export class AgentWorkspace implements Disposable {
  #deps: AgentWorkspaceDeps;
  #store = new DisposableStore();
  /** The running update, and the next one that waits for it. */
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(deps: AgentWorkspaceDeps) {
    this.#deps = deps;
  }

  /** Reads the folder. @throws AbortError, or why the folder can't be read */
  open = onDemand(async (): Promise<OpenedWorkspace> => {
    const { context, root, backstage, sources } = this.#deps;
    const { fileSystem, clock, signal } = context;
    const options = await readOptions([root], context);
    const tree = new TreeChanges({ fileSystem, clock, root });
    // Before the catalog opens: a file that changes meanwhile is read twice at worst.
    await tree.next({ options, also: this.#watched }, signal);
    const engine = await openCatalog([root], context, {
      options,
      backstage,
      reportsProblems: true,
    });
    this.#store.add(engine);
    await sources.connect(engine);
    // Entities of sources that aren't fetched yet would look missing.
    await raceAbort(sources.whenFetched(), signal);
    await engine.sourcesRead();
    let mine = await ownershipOfCurrentUser(root, { catalog: engine, context });
    this.#store.add(
      engine.onDidChange(() => {
        // Groups change with the files. The user stays the same.
        const [user] = mine;
        if (user !== undefined) mine = getOwnershipRefs(engine, user);
      }),
    );
    const { search, techdocs, plugins } = await openSearch({
      catalog: engine,
      context,
      store: this.#store,
      mine: () => mine,
      // Variables of the environment aren't for agents.
      environment: new Map(),
    });
    return { engine, catalog: engine, search, techdocs, plugins, tree };
  });

  /** Services for the tools, once the folder is read. */
  async services(signal: AbortSignal): Promise<AgentServices> {
    const { context, root, sources } = this.#deps;
    const { engine, catalog, search } = await raceAbort(this.open(), signal);
    return {
      catalog,
      search,
      fileSystem: context.fileSystem,
      addressOf: file => sources.addressOf(file),
      roots: () => [{ uri: root, name: basenameUri(root) }],
      codeownersOwners: () => engine.options.codeownersOwners,
      update: until => raceAbort(this.#update(), until),
      // `update` already applied it.
      applyFile: () => Promise.resolve(),
      whenInspected: until => raceAbort(engine.whenInspected(), until),
    };
  }

  /** Tools of plugins with code, once the folder is read. None, without waiting, if no code can run. */
  async pluginTools(signal: AbortSignal): Promise<readonly PluginTool[]> {
    const { plugins: named, trustsPlugins = false } = this.#deps.context;
    if (!named?.length && !trustsPlugins) return [];
    const { plugins } = await raceAbort(this.open(), signal);
    return (plugins?.code?.threads ?? []).flatMap(thread =>
      thread.tools.map(tool => ({
        ...tool,
        run: (input: JsonObject, until: AbortSignal) => thread.runTool(tool.id, input, until),
      })),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }

  /**
   * Applies changes on disk. A caller during an update waits for the next one, because the files may have changed
   * since.
   */
  #update(): Promise<void> {
    const update = async (): Promise<void> => {
      this.#next = undefined;
      this.#running = this.#applyTreeChanges();
      await this.#running;
    };
    this.#next ??= this.#running.then(update, update);
    return this.#next;
  }

  async #applyTreeChanges(): Promise<void> {
    const { context, root } = this.#deps;
    const { signal } = context;
    const { engine, techdocs, plugins, tree } = await this.open();
    const next = (): Promise<readonly FileChange[]> => {
      // Locations may refer to files that are otherwise ignored.
      const files = engine.getFiles().map(({ uri }) => uri);
      const read = files.filter(uri => !engine.isOfSource(uri));
      return tree.next({ options: engine.options, also: [...this.#watched, ...read] }, signal);
    };
    let changes = await next();
    // Before the catalog is inspected, because they report problems.
    await plugins?.applyChanges(changes);
    if (changes.some(({ uri }) => uri === this.#settings)) {
      engine.setOptions(await readOptions([root], context));
      await engine.refresh({ signal });
      // The ignored files may differ now.
      const others = await next();
      await plugins?.applyChanges(others);
      changes = [...changes, ...others];
    } else {
      await engine.applyChanges(changes, { signal });
    }
    await techdocs.applyChanges(changes);
  }

  /** URIs of files that may be ignored or outside the folder. */
  get #watched(): readonly string[] {
    return [this.#settings, ...(this.#deps.backstage?.configs ?? [])];
  }

  get #settings(): string {
    return joinUri(this.#deps.root, '.vscode/settings.json');
  }
}

export interface TreeChangesDeps {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  /** URI of a folder. */
  readonly root: string;
}

export interface TreeSelection {
  readonly options: Pick<CatalogOptions, 'exclude' | 'filesExclude'>;
  /** URIs of files to include even if they are ignored. */
  readonly also: Iterable<string>;
}

/** Number of files to stat at a time. */
const AT_ONCE = 64;

/**
 * Finds the files below a folder that changed since the last call, by comparing modification times and sizes. For a
 * process that gets few requests and must not use stale files.
 */
export class TreeChanges {
  #deps: TreeChangesDeps;
  /** Modification time and size by URI; undefined before the first call. */
  #known: ReadonlyMap<string, string> | undefined;

  constructor(deps: TreeChangesDeps) {
    this.#deps = deps;
  }

  /** Returns the changes since the last call. The first call reports all files as created. @throws AbortError */
  async next(selection: TreeSelection, signal: AbortSignal): Promise<readonly FileChange[]> {
    const before = this.#known ?? new Map<string, string>();
    const now = await this.#look(selection, signal);
    this.#known = now;
    const changes: FileChange[] = [];
    for (const [uri, stamp] of now) {
      const known = before.get(uri);
      if (known !== stamp) changes.push({ type: known === undefined ? 'created' : 'changed', uri });
    }
    for (const uri of before.keys()) if (!now.has(uri)) changes.push({ type: 'deleted', uri });
    return changes;
  }

  async #look(
    { options: { exclude, filesExclude }, also }: TreeSelection,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, string>> {
    const { fileSystem, clock, root } = this.#deps;
    const selector = await openFileSelector({
      fileSystem,
      root,
      repository: await enclosingRepository(root, fileSystem),
      options: { include: ['**/*'], exclude: [...exclude, ...filesExclude] },
    });
    // A known file stays known even if it's ignored or broken now.
    const found = new Set([...also, ...(this.#known?.keys() ?? [])]);
    await selector.findFiles([root], { signal, clock, onFile: uri => found.add(uri) });
    const uris = [...found];
    const stamps = new Map<string, string>();
    for (let at = 0; at < uris.length; at += AT_ONCE) {
      signal.throwIfAborted();
      await Promise.all(
        uris.slice(at, at + AT_ONCE).map(async uri => {
          // A file without a stat is read again, and reading reports the error.
          const stat = await fileSystem.stat(uri).catch(() => undefined);
          if (stat) stamps.set(uri, `${stat.mtime} ${stat.size}`);
        }),
      );
    }
    return stamps;
  }
}
