import { basenameUri, dirnameUri, isWithin, type Logger, relativePath } from '../../../base';
import type { Clock, FileChange, FileSystem } from '../../ports';
import { FileSelector } from '../discovery/fileSelector';
import { isDescriptorName } from '../ingest/classification';
import type { CatalogOptions } from '../options';
import type { FileRecord } from '../records';
import { Repositories } from '../repository/repositories';
import type {
  CatalogIndex,
  CatalogRoot,
  IndexOptions,
  IndexSession,
  IndexState,
} from './catalogIndex';
import { type FileReading, type FileRequest, readFileRecord } from './fileReader';
import { FileTable } from './fileTable';
import { type CatalogWorkers, IngestRun } from './ingestRun';
import { originsOf, reachOf, type TargetState } from './locationReach';

interface Root extends CatalogRoot {
  readonly index: number;
  readonly selector: FileSelector;
}

/**
 * The files of the workspace: which there are, what each gives by itself, and which Location leads
 * to which. One change or refresh at a time; the caller queues them.
 */
export class WorkspaceIndex implements CatalogIndex {
  #fileSystem: FileSystem;
  #clock: Clock;
  #logger: Logger;
  #workers: CatalogWorkers | undefined;
  #repositories: Repositories;
  #roots: readonly Root[] = [];
  #discovered = new Set<string>();
  #files = new FileTable();
  #targetStates = new Map<string, TargetState>();
  #reachedBy: ReadonlyMap<string, string> = new Map();

  constructor(deps: {
    fileSystem: FileSystem;
    clock: Clock;
    logger: Logger;
    workers?: CatalogWorkers;
  }) {
    this.#fileSystem = deps.fileSystem;
    this.#workers = deps.workers;
    this.#clock = deps.clock;
    this.#logger = deps.logger;
    this.#repositories = new Repositories(deps.fileSystem);
  }

  /** Finds and reads everything. When it rejects, the index is as it was before. */
  async refresh(
    roots: readonly CatalogRoot[],
    session: IndexSession,
    { signal, onProgress }: IndexOptions = {},
  ): Promise<IndexState> {
    const before = {
      roots: this.#roots,
      discovered: this.#discovered,
      files: this.#files,
      targetStates: this.#targetStates,
      reachedBy: this.#reachedBy,
    };
    try {
      this.#repositories.clear();
      this.#roots = await this.#openRoots(roots, session.options);
      this.#discovered = new Set();
      this.#files = new FileTable();
      this.#targetStates = new Map();
      this.#reachedBy = new Map();
      const walk = { isRunning: true };
      const run = this.#startRun(session, { signal, onProgress }, walk);
      for (const root of this.#roots) {
        await root.selector.findFiles({
          signal,
          clock: this.#clock,
          onFile: uri => {
            if (this.#rootOf(uri) !== root) return;
            this.#discovered.add(uri);
            run.add(uri);
          },
          onRepository: folder => this.#repositories.note(folder),
        });
      }
      walk.isRunning = false;
      await run.finish();
      return await this.#settle(session, signal);
    } catch (error) {
      this.#roots = before.roots;
      this.#discovered = before.discovered;
      this.#files = before.files;
      this.#targetStates = before.targetStates;
      this.#reachedBy = before.reachedBy;
      throw error;
    }
  }

  /**
   * Takes up changes of files and folders; reads what changed, and what depends on it, once each.
   * Undefined where a change can have any effect and everything must be read again.
   */
  async applyChanges(
    changes: readonly FileChange[],
    session: IndexSession,
    { signal }: IndexOptions = {},
  ): Promise<IndexState | undefined> {
    if (changes.some(({ uri }) => uri.endsWith('/.gitignore'))) return undefined;
    const toRead = new Set<string>();
    const touched = new Set<string>();
    for (const change of changes) {
      touched.add(change.uri);
      this.#forgetTargetStates(change.uri);
      if (change.type === 'deleted') {
        for (const uri of this.#removeBelow(change.uri)) touched.add(uri);
        toRead.delete(change.uri);
        continue;
      }
      for (const uri of await this.#filesOf(change, signal)) {
        touched.add(uri);
        this.#discovered.add(uri);
        toRead.add(uri);
      }
      if (this.#files.has(change.uri)) toRead.add(change.uri);
    }
    for (const { uri, record } of this.#files.files()) {
      if (record.dependencies.some(dependency => touched.has(dependency))) toRead.add(uri);
    }
    await this.#ingestAll(toRead, session, { signal });
    return this.#settle(session, signal);
  }

  /** The path of a file as people know it: relative to its folder, with its name where several are. */
  displayPath(uri: string): string {
    const root = this.#rootOf(uri);
    const path = root && relativePath(root.uri, uri);
    if (!root || path === undefined) return uri;
    return this.#roots.length > 1 ? `${root.name}/${path}` : path;
  }

  async #openRoots(
    roots: readonly CatalogRoot[],
    options: CatalogOptions,
  ): Promise<readonly Root[]> {
    return Promise.all(
      roots.map(async (root, index) => ({
        ...root,
        index,
        selector: new FileSelector({
          root: root.uri,
          repository: (await this.#repositories.find(root.uri))?.root,
          fileSystem: this.#fileSystem,
          options: {
            include: options.include,
            exclude: [...options.exclude, ...options.filesExclude],
          },
        }),
      })),
    );
  }

  /** What discovery finds of a created or changed file or folder. */
  async #filesOf({ type, uri }: FileChange, signal?: AbortSignal): Promise<readonly string[]> {
    const root = this.#rootOf(uri);
    const isFolder = type === 'created' && (await this.#typeOf(uri)) === 'directory';
    // A folder can be called `x.yaml` too.
    if (!isFolder) return (await root?.selector.selects(uri)) ? [uri] : [];
    const found: string[] = [];
    for (const other of this.#roots) {
      const isInside = other !== root && isWithin(uri, other.uri);
      if (!isInside && (other !== root || !(await other.selector.selectsFolder(uri)))) continue;
      const folder = isInside ? other.uri : uri;
      await other.selector.findFilesBelow(folder, {
        signal,
        clock: this.#clock,
        onFile: file => {
          if (this.#rootOf(file) === other) found.push(file);
        },
      });
    }
    return found;
  }

  async #typeOf(uri: string): Promise<string | undefined> {
    try {
      return (await this.#fileSystem.stat(uri))?.type;
    } catch {
      return undefined;
    }
  }

  /** Forgets a file, or all files of a folder. */
  #removeBelow(uri: string): readonly string[] {
    const gone = [...this.#discovered, ...this.#files.uris()].filter(file => isWithin(uri, file));
    for (const file of gone) {
      this.#discovered.delete(file);
      this.#files.delete(file);
    }
    return gone;
  }

  #forgetTargetStates(uri: string): void {
    for (const target of this.#targetStates.keys()) {
      if (isWithin(uri, target) || isWithin(target, uri)) this.#targetStates.delete(target);
    }
  }

  /** Where folders of the workspace lie in each other, the innermost has the say. */
  #rootOf(uri: string): Root | undefined {
    let innermost: Root | undefined;
    for (const root of this.#roots) {
      if (!isWithin(root.uri, uri)) continue;
      if (!innermost || root.uri.length > innermost.uri.length) innermost = root;
    }
    return innermost;
  }

  /** Reads what Locations lead to until nothing new turns up, and puts the whole in order. */
  async #settle(session: IndexSession, signal: AbortSignal | undefined): Promise<IndexState> {
    // Each file is read at most once as meant and once as not, so that Locations and Templates that
    // take turns in hiding each other come to an end too.
    const tried = new Map<string, boolean>();
    for (;;) {
      const files = this.#files.active();
      const { reachedBy, unread } = await reachOf(files.values(), {
        discovered: this.#discovered,
        stateOf: uri => this.#targetState(uri),
      });
      this.#reachedBy = reachedBy;
      const unreached = [...this.#files.uris()].filter(
        uri => !this.#discovered.has(uri) && !reachedBy.has(uri),
      );
      for (const uri of unreached) this.#files.delete(uri);
      // What such a file led to, or hid, is to be looked at again.
      if (unreached.length) continue;
      const stale = this.#filesToReadAnew(tried);
      if (!stale.size) {
        return { files, origins: originsOf([...files.keys()], reachedBy), unreadTargets: unread };
      }
      await this.#ingestAll(stale, session, { signal });
    }
  }

  /** Files that give something else now that Locations started or ceased to lead to them. */
  #filesToReadAnew(tried: Map<string, boolean>): ReadonlySet<string> {
    const stale = new Set<string>();
    const add = (uri: string, isMeant: boolean): void => {
      if (tried.get(uri) === isMeant) return;
      tried.set(uri, isMeant);
      stale.add(uri);
    };
    for (const uri of this.#reachedBy.keys()) {
      const file = this.#files.get(uri);
      if (!file || (!file.isMeant && file.record.passedOver)) add(uri, true);
    }
    for (const { uri, isMeant } of this.#files.files()) {
      if (isMeant && !this.#isMeant(uri)) add(uri, false);
    }
    return stale;
  }

  /** Whether a file is meant to hold descriptors: by its name, or because a Location says so. */
  #isMeant(uri: string): boolean {
    return isDescriptorName(basenameUri(uri)) || this.#reachedBy.has(uri);
  }

  async #targetState(uri: string): Promise<TargetState> {
    const known = this.#targetStates.get(uri);
    if (known) return known;
    const state = await this.#readTargetState(uri);
    this.#targetStates.set(uri, state);
    return state;
  }

  async #readTargetState(uri: string): Promise<TargetState> {
    const root = this.#rootOf(uri);
    if (!root) return 'outside';
    const type = await this.#typeOf(uri);
    if (type === undefined) return 'missing';
    if (type !== 'file') return 'folder';
    try {
      const [real, realRoot] = await Promise.all([
        this.#fileSystem.realPath(uri),
        this.#fileSystem.realPath(root.uri),
      ]);
      return isWithin(realRoot, real) ? 'file' : 'outside';
    } catch {
      return 'missing';
    }
  }

  /** Reads one of its files again, with long texts. */
  async readRecord(uri: string, session: IndexSession): Promise<FileRecord | undefined> {
    const file = await this.#requestOf(uri, { wasWalked: false });
    return file && (await readFileRecord(file, session.context, this.#clock.now()))?.record;
  }

  async #ingestAll(
    uris: Iterable<string>,
    session: IndexSession,
    options: IndexOptions,
  ): Promise<void> {
    const run = this.#startRun(session, options);
    for (const uri of uris) run.add(uri);
    await run.finish();
  }

  /** @param walk - the walk that finds the files, if they are found so */
  #startRun(
    session: IndexSession,
    { signal, onProgress }: IndexOptions,
    walk?: { readonly isRunning: boolean },
  ): IngestRun {
    let done = 0;
    const run: IngestRun = new IngestRun({
      session,
      workers: this.#workers,
      clock: this.#clock,
      logger: this.#logger,
      signal,
      requestOf: uri => this.#requestOf(uri, { wasWalked: walk !== undefined }),
      onReading: (request, reading) => {
        this.#take(request, reading);
        onProgress?.({ done: ++done, total: walk?.isRunning ? undefined : run.total });
      },
    });
    return run;
  }

  /** How a file is to be read; undefined where it lies in no folder of the workspace. */
  async #requestOf(
    uri: string,
    { wasWalked }: { wasWalked: boolean },
  ): Promise<FileRequest | undefined> {
    const root = this.#rootOf(uri);
    if (!root) return undefined;
    const repository = await this.#repositories.find(
      dirnameUri(uri),
      wasWalked ? root.uri : undefined,
    );
    return { uri, isMeant: this.#isMeant(uri), boundary: repository?.root ?? root.uri };
  }

  #take({ uri, isMeant, boundary }: FileRequest, reading: FileReading | undefined): void {
    const root = this.#rootOf(uri);
    const path = root && relativePath(root.uri, uri);
    const record = reading?.record;
    if (!root || path === undefined || !record || isNothing(record, isMeant)) {
      this.#files.delete(uri);
      return;
    }
    this.#files.set({
      uri,
      order: { group: root.index, path },
      repository: this.#repositories.at(boundary),
      record,
      isMeant,
      stamp: reading.stamp,
    });
  }
}

/** Whether a file that was looked into has nothing to do with the catalog. */
function isNothing({ documents, problems }: FileRecord, isMeant: boolean): boolean {
  return !isMeant && documents === 0 && problems.length === 0;
}
