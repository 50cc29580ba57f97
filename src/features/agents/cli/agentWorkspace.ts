import {
  basenameUri,
  type Disposable,
  DisposableStore,
  joinUri,
  onDemand,
  unlessAborted,
} from '../../../base';
import type { FollowedSources } from '../../../cli/catalog/followedSources';
import { openCatalog, readOptions } from '../../../cli/catalog/openCatalog';
import { openSearch } from '../../../cli/catalog/openSearch';
import { ownershipOfWhoAsks } from '../../../cli/catalog/whoAsks';
import type { CommandContext } from '../../../cli/command';
import type { FileChange } from '../../../platform/core/ports';
import type { BackstageSetup, CatalogEngine } from '../../catalog/core';
import { getOwnershipRefs } from '../../catalog/core/identity';
import type { TechDocsSites } from '../../techdocs/core';
import type { AgentServices } from '../core';
import { TreeChanges } from './treeChanges';

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
    await unlessAborted(sources.whenFetched(), signal);
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
    const { engine, catalog, search } = await unlessAborted(this.open(), signal);
    return {
      catalog,
      search,
      fileSystem: context.fileSystem,
      addressOf: file => sources.addressOf(file),
      roots: () => [{ uri: root, name: basenameUri(root) }],
      codeownersOwners: () => engine.options.codeownersOwners,
      update: until => unlessAborted(this.#update(), until),
      // It has been, with all others.
      takeUp: () => Promise.resolve(),
      whenInspected: until => unlessAborted(engine.whenInspected(), until),
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
