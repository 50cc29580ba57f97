import type { Event, Logger } from '../../../../base';
import type { Problem } from '../../../../model';
import type { FileChange } from '../../../../platform/core/ports';
import type { FileRecord } from '../records';
import type {
  IndexOptions,
  IndexSession,
  IndexState,
  SourceFiles,
} from '../workspace/catalogIndex';

/** Entities that the catalog needs from partly loaded sources; full refs. */
export interface WantedRefs {
  /** Entities of the workspace and plugins: a source should load its own versions, and related entities. */
  readonly own: ReadonlySet<string>;
  /** Missing entities that they, and entities of complete sources, refer to. */
  readonly missing: ReadonlySet<string>;
}

/**
 * Finds the needed entities.
 *
 * @throws AbortError
 */
export type FindWantedRefs = (signal?: AbortSignal) => Promise<WantedRefs>;

/**
 * A source of entities outside the workspace, read from a local copy: reading makes no requests and
 * doesn't fail. The catalog reads sources one at a time.
 */
export interface CatalogSource {
  /** Constant id of the source, which also starts the URIs of its files. */
  readonly id: string;
  /** Name as shown to users. */
  readonly name: string;
  /**
   * Kinds that the source may provide: names, `*` for all, and `!Kind` for exceptions. Others are
   * reported and left out.
   */
  readonly allow: readonly string[];
  /** Whether problems of its files are reported; false if another program has already checked them. */
  readonly reportsProblems: boolean;
  /**
   * Whether the copy is partial, so that references of its entities may be valid despite missing
   * targets; default: false.
   */
  readonly isPartial?: boolean;
  /** Fires after the copy changed, with the changed files; undefined: all may have changed. */
  readonly onDidChange: Event<readonly FileChange[] | undefined>;

  /**
   * Reads the whole copy. All its files must be in the given conflict group.
   *
   * @throws AbortError only
   */
  read(
    session: IndexSession,
    options: IndexOptions & { readonly group: number },
  ): Promise<IndexState>;
  /** Applies changes. Returns undefined if everything must be read again. */
  applyChanges?(
    changes: readonly FileChange[],
    session: IndexSession,
    options: IndexOptions,
  ): Promise<IndexState | undefined>;
  /** Reads a file again with long texts in full, if the source shortens them. */
  readRecord?(uri: string, session: IndexSession): Promise<FileRecord | undefined>;
  /** Returns a file's path as shown to users. */
  displayPath(uri: string): string;
  /**
   * Returns the location ref that a Backstage has for a file, such as `url:https://…`; undefined if
   * the record contains it.
   */
  locationOf?(uri: string): string | undefined;
  /**
   * Called when the source is added and after each change of the catalog, which may need other
   * entities. Must be fast: implementations call `find` later.
   */
  onCatalogChange?(find: FindWantedRefs): void;
}

export interface CatalogSourcesDeps {
  readonly logger: Logger;
  /** Called when a source must be read. */
  readonly onStale: () => void;
}

/** Data of files outside the workspace. */
export interface SourcesContext extends Pick<SourceFiles, 'isPartial'> {
  /** Problems of sources that couldn't be read. */
  problems(): readonly Problem[];
  has(uri: string): boolean;
  /** Whether problems of a file are reported. */
  reportsProblems(uri: string): boolean;
}
