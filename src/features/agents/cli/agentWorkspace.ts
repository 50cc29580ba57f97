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
import { ownershipOfWhoAsks } from '../../../cli/catalog/whoAsks';
import type { CommandContext } from '../../../cli/command';
import { repositoryAround } from '../../../platform/core/files';
import type { Clock, FileChange, FileSystem } from '../../../platform/core/ports';
import {
  type BackstageSetup,
  type CatalogEngine,
  type CatalogOptions,
  openFileSelector,
} from '../../catalog/core';
import { getOwnershipRefs } from '../../catalog/core/identity';
import type { TechDocsSites } from '../../techdocs/core';
import type { AgentServices } from '../core';

export interface AgentWorkspaceDeps {
  readonly context: CommandContext;
  /** URI of the folder. */
  readonly root: string;
  /** Whose catalog it is, where it is not what is discovered. */
  readonly backstage: BackstageSetup | undefined;
  /** What is on other machines; its files are in the context. */
  readonly sources: FollowedSources;
}

interface OpenedWorkspace extends Pick<AgentServices, 'catalog' | 'search'> {
  readonly engine: CatalogEngine;
  readonly techdocs: TechDocsSites;
  readonly tree: TreeChanges;
}

/**
 * A folder for agents that ask for as long as they like: read once, and taken up before each answer as the files
 * are then. It does not watch, since between two questions anything may happen, and nobody wants to know.
 */
export class AgentWorkspace implements Disposable {
  #deps: AgentWorkspaceDeps;
  #store = new DisposableStore();
  /** Looks at the files now; and does so as soon as that is done. */
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(deps: AgentWorkspaceDeps) {
    this.#deps = deps;
  }

  /** Reads the folder. @throws AbortError, or what is in the way */
  open = onDemand(async (): Promise<OpenedWorkspace> => {
    const { context, root, backstage, sources } = this.#deps;
    const { fileSystem, clock, signal } = context;
    const options = await readOptions([root], context);
    const tree = new TreeChanges({ fileSystem, clock, root });
    // Before the catalog: what changes meanwhile is a change, and read twice at worst.
    await tree.next({ options, also: this.#watched }, signal);
    const engine = await openCatalog([root], context, { options, backstage, isJudged: true });
    this.#store.add(engine);
    await sources.connect(engine);
    // Whoever asks would take for missing what has not come yet.
    await raceAbort(sources.whenFetched(), signal);
    await engine.sourcesRead();
    let mine = await ownershipOfWhoAsks(root, { catalog: engine, context });
    this.#store.add(
      engine.onDidChange(() => {
        // Teams change as files do; whose they are does not while it serves.
        const [user] = mine;
        if (user !== undefined) mine = getOwnershipRefs(engine, user);
      }),
    );
    const { search, techdocs } = await openSearch({
      catalog: engine,
      context,
      store: this.#store,
      mine: () => mine,
      // What the environment holds is not for agents.
      environment: new Map(),
    });
    return { engine, catalog: engine, search, techdocs, tree };
  });

  /** What tools answer from, once the folder has been read. */
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
      // It has been, with all others.
      takeUp: () => Promise.resolve(),
      whenInspected: until => raceAbort(engine.whenInspected(), until),
    };
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Those who ask while it is done wait for the next time: what they mean may be newer than what was seen. */
  #update(): Promise<void> {
    const takeUp = async (): Promise<void> => {
      this.#next = undefined;
      this.#running = this.#takeUp();
      await this.#running;
    };
    this.#next ??= this.#running.then(takeUp, takeUp);
    return this.#next;
  }

  async #takeUp(): Promise<void> {
    const { context, root } = this.#deps;
    const { signal } = context;
    const { engine, techdocs, tree } = await this.open();
    const next = (): Promise<readonly FileChange[]> => {
      // Locations lead to files that are ignored otherwise.
      const files = engine.getFiles().map(({ uri }) => uri);
      const read = files.filter(uri => !engine.isOfSource(uri));
      return tree.next({ options: engine.options, also: [...this.#watched, ...read] }, signal);
    };
    let changes = await next();
    if (changes.some(({ uri }) => uri === this.#settings)) {
      engine.setOptions(await readOptions([root], context));
      await engine.refresh({ signal });
      // Others may be ignored now.
      changes = [...changes, ...(await next())];
    } else {
      await engine.applyChanges(changes, { signal });
    }
    await techdocs.applyChanges(changes);
  }

  /** Files that may lie elsewhere, or be ignored. */
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

/** The files to look at. */
export interface TreeSelection {
  readonly options: Pick<CatalogOptions, 'exclude' | 'filesExclude'>;
  /** URIs of files that count although they may be ignored. */
  readonly also: Iterable<string>;
}

/** Files that are looked at in one go. */
const AT_ONCE = 64;

/**
 * Finds out which files below a folder have changed since it was last asked, by looking at all that are not
 * ignored, and at some others: for a process that lives long, is asked seldom, and then must not answer with what was.
 */
export class TreeChanges {
  #deps: TreeChangesDeps;
  /** By URI, what a file looked like; undefined before the first time. */
  #known: ReadonlyMap<string, string> | undefined;

  constructor(deps: TreeChangesDeps) {
    this.#deps = deps;
  }

  /** All files are new the first time. @throws AbortError */
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
      repository: await repositoryAround(root, fileSystem),
      options: { include: ['**/*'], exclude: [...exclude, ...filesExclude] },
    });
    // A known file stays known when it's ignored or broken now.
    const found = new Set([...also, ...(this.#known?.keys() ?? [])]);
    await selector.findFiles([root], { signal, clock, onFile: uri => found.add(uri) });
    const uris = [...found];
    const stamps = new Map<string, string>();
    for (let at = 0; at < uris.length; at += AT_ONCE) {
      signal.throwIfAborted();
      await Promise.all(
        uris.slice(at, at + AT_ONCE).map(async uri => {
          // A file without a stat may be read again, and reading tells why.
          const stat = await fileSystem.stat(uri).catch(() => undefined);
          if (stat) stamps.set(uri, `${stat.mtime} ${stat.size}`);
        }),
      );
    }
    return stamps;
  }
}
