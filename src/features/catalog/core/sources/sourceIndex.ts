import { getOrInsert, type Logger, onDemand } from '../../../../base';
import { TimeSlicer } from '../../../../platform/core';
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
  /** Files of the source. */
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Root folder of the files. */
  readonly root: CatalogRoot;
  /** Returns the repository of the root folder. */
  readonly repository: () => Repository;
  /** Selects globs of included files from those in settings. */
  readonly include: (globs: readonly string[]) => readonly string[];
}

/**
 * Index of the files in a repository's tree, discovered as in a workspace folder, but without
 * `.gitignore`, which only concerns files outside the tree.
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

  /** Selects paths below the root that discovery would include, with the settings of the last read. */
  wanted(paths: Iterable<string>): Promise<readonly string[]> {
    return selectPaths(paths, selectionOf(this.#ownOptions(this.#options)), this.#slices());
  }

  #slices(): TimeSlicer {
    return new TimeSlicer(this.#deps.clock);
  }

  #newIndex(): WorkspaceIndex {
    const { fileSystem, clock, logger, repository } = this.#deps;
    return new WorkspaceIndex({ fileSystem, clock, logger, repository });
  }

  #own(session: IndexSession): IndexSession {
    return getOrInsert(this.#sessions, session, () => {
      const options = this.#ownOptions(session.options);
      const { processors, model } = session;
      const { fileSystem } = this.#deps;
      const reader = onDemand(async () => {
        const { DescriptorReader } = await import('../reading/descriptorReader');
        return DescriptorReader.open(options, { fileSystem, processors, model });
      });
      return { options, processors, model, reader };
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

/** Selects paths that discovery would include, ignoring `.gitignore` files. */
async function selectPaths(
  paths: Iterable<string>,
  { include, exclude }: FileSelectorOptions,
  slices: TimeSlicer,
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
