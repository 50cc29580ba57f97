import { getOrInsert, type Logger, onDemand } from '../../../../base';
import { Slices } from '../../../../platform/core';
import type { Clock, FileChange, FileSystem } from '../../../../platform/core/ports';
import type { FileSelectorOptions } from '../discovery/fileSelector';
import { globMatcher } from '../discovery/globs';
import { type CatalogOptions, defaultCatalogOptions } from '../options';
import type { FileRecord } from '../records';
import type { Repository } from '../repository/repositories';
import type {
  CatalogRoot,
  IndexOptions,
  IndexSession,
  IndexState,
} from '../workspace/catalogIndex';
import { WorkspaceIndex } from '../workspace/workspaceIndex';

export interface SourceIndexDeps {
  /** The files, which all belong to the source. */
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What they lie in. */
  readonly root: CatalogRoot;
  /** What that is the top of. */
  readonly repository: () => Repository;
  /** Globs of the files to look into, of those that settings name. */
  readonly include: (globs: readonly string[]) => readonly string[];
}

/**
 * What discovery finds in the tree of a repository, as in a folder of the workspace, but that every file in it counts
 * that is there: `.gitignore` says something of files that are not.
 */
export class SourceIndex {
  readonly #deps: SourceIndexDeps;
  #index: WorkspaceIndex | undefined;
  #group: number | undefined;
  #options: CatalogOptions = defaultCatalogOptions;
  #sessions = new WeakMap<IndexSession, IndexSession>();

  constructor(deps: SourceIndexDeps) {
    this.#deps = deps;
  }

  /** See `CatalogSource.read`. */
  read(
    session: IndexSession,
    { group, ...options }: IndexOptions & { readonly group: number },
  ): Promise<IndexState> {
    if (!this.#index || this.#group !== group) this.#index = this.#newIndex();
    this.#group = group;
    this.#options = session.options;
    return this.#index.refresh([{ ...this.#deps.root, group }], this.#own(session), options);
  }

  /** See `CatalogSource.applyChanges`. */
  async applyChanges(
    changes: readonly FileChange[],
    session: IndexSession,
    options: IndexOptions,
  ): Promise<IndexState | undefined> {
    return this.#index?.applyChanges(changes, this.#own(session), options);
  }

  /** See `CatalogSource.readRecord`. */
  async readRecord(uri: string, session: IndexSession): Promise<FileRecord | undefined> {
    return this.#index?.readRecord(uri, this.#own(session));
  }

  /** Of paths below the root, those that it looks into, by the settings of the last reading. */
  wanted(paths: Iterable<string>): Promise<readonly string[]> {
    return selectPaths(paths, selectionOf(this.#ownOptions(this.#options)), this.#slices());
  }

  #slices(): Slices {
    return new Slices(this.#deps.clock);
  }

  #newIndex(): WorkspaceIndex {
    const { fileSystem, clock, logger, repository } = this.#deps;
    return new WorkspaceIndex({ fileSystem, clock, logger, repository });
  }

  #own(session: IndexSession): IndexSession {
    return getOrInsert(this.#sessions, session, () => {
      const options = this.#ownOptions(session.options);
      const { processors, kindSchemas } = session;
      const { fileSystem } = this.#deps;
      const reader = onDemand(async () => {
        const { DescriptorReader } = await import('../reading/descriptorReader');
        return DescriptorReader.open(options, { fileSystem, processors, kindSchemas });
      });
      return { options, processors, kindSchemas, reader };
    });
  }

  #ownOptions(options: CatalogOptions): CatalogOptions {
    return { ...options, include: this.#deps.include(options.include) };
  }
}

function selectionOf({ include, exclude, filesExclude }: CatalogOptions): {
  include: readonly string[];
  exclude: readonly string[];
} {
  return { include, exclude: [...exclude, ...filesExclude] };
}

/** Of paths of files, those that discovery looks into, whatever `.gitignore` files say. */
async function selectPaths(
  paths: Iterable<string>,
  { include, exclude }: FileSelectorOptions,
  slices: Slices,
): Promise<readonly string[]> {
  const isIncluded = globMatcher(include);
  const isExcluded = globMatcher(exclude);
  const selected: string[] = [];
  for (const path of paths) {
    if (slices.isOver) await slices.pause();
    const names = path.split('/');
    if (!isIncluded(path, names.at(-1) ?? '')) continue;
    const isLeftOut = names.some((name, at) => isExcluded(names.slice(0, at + 1).join('/'), name));
    if (!isLeftOut) selected.push(path);
  }
  return selected;
}
