import type { CatalogProcessor } from '../../../../api';
import type { FileChange, OutsideFolder } from '../../../../platform/core/ports';
import type { ModelData } from '../modelLayers/modelData';
import type { CatalogOptions } from '../options';
import type { DescriptorReader } from '../reading/descriptorReader';
import type { FileRecord } from '../records';
import type { LocationTarget } from '../locations';
import type { IndexedFile } from './files/indexedFile';
import type { KnownFile } from './files/knownFiles';
import type { FileLookup } from './files/orderedFiles';
import type { UnreadTarget } from './locations/locationReach';
import type { WorkOptions } from './refreshProgress';

/** A workspace folder. */
export interface CatalogRoot {
  readonly uri: string;
  readonly name: string;
  /** Position in conflict order; default: the index of the folder. */
  readonly group?: number;
}

export interface IndexOptions extends WorkOptions {
  /** Files by URI that need not be read again while unchanged. */
  readonly known?: ReadonlyMap<string, KnownFile>;
}

/** Data of files of sources, in one version of the catalog. */
export interface SourceFiles {
  /** Whether a file is of a partly loaded source. */
  isPartial(uri: string): boolean;
  /** Location ref of a file; undefined to derive it from the URI. */
  locationOf(uri: string): string | undefined;
}

/** State of an index after a change. */
export interface IndexState {
  /** Files with effective entities, in conflict order, without those in skeletons. */
  readonly files: FileLookup;
  readonly origins: ReadonlyMap<string, string>;
  /** File with the first Location that references a file, by the URI of the latter. */
  readonly reachedBy: ReadonlyMap<string, string>;
  /**
   * Whether a target is a file, or a pattern that matches it. A function, because the code for
   * patterns is loaded with the index.
   */
  readonly leadsTo: (target: LocationTarget, file: string) => boolean;
  readonly unreadTargets: readonly UnreadTarget[];
  /** Undefined if all files are the workspace's. */
  readonly sourceFiles?: SourceFiles;
  /** Previous state of the files that may have changed; undefined if any file may have. */
  readonly before?: ReadonlyMap<string, IndexedFile | undefined>;
  /** Releases the previous state, when it is no longer read. */
  readonly commit?: (() => void) | undefined;
}

export const emptyIndexState: IndexState = {
  files: new Map(),
  origins: new Map(),
  reachedBy: new Map(),
  leadsTo: () => false,
  unreadTargets: [],
};

/** Settings for reading the files of one refresh or change. */
export interface IndexSession {
  readonly options: CatalogOptions;
  readonly processors: readonly CatalogProcessor[];
  readonly model: ModelData;
  /** Returns a reader on this thread, created on first use, because it loads much code. */
  readonly reader: () => Promise<DescriptorReader>;
}

/** Whether files give the same result in both sessions. */
export function isSameReading(a: IndexSession, b: IndexSession | undefined): boolean {
  return a.options === b?.options && a.processors === b.processors && a.model === b.model;
}

/**
 * Files of a catalog with their content: of the discovered workspace, or from another origin.
 * Callers must run one change or refresh at a time.
 */
export interface CatalogIndex {
  /** Finds and reads all files. When it rejects, the index is unchanged. */
  refresh(
    roots: readonly CatalogRoot[],
    session: IndexSession,
    options?: IndexOptions,
  ): Promise<IndexState>;
  /** Applies changes of files and folders. Returns undefined if everything must be read again. */
  applyChanges(
    changes: readonly FileChange[],
    session: IndexSession,
    options?: IndexOptions,
  ): Promise<IndexState | undefined>;
  /** Reads a file again with long texts in full; only for indexes that shorten them. */
  readRecord?(uri: string, session: IndexSession): Promise<FileRecord | undefined>;
  /** Returns changes of the roots' files since they were read, for when they may not have been reported. */
  unreportedChanges(signal?: AbortSignal): Promise<readonly FileChange[]>;
  /** Returns folders to watch besides the roots; only for indexes that read outside of them. */
  outsideFolders?(): Promise<readonly OutsideFolder[]>;
  /** Returns the URIs of files that depend on another file. */
  filesReading(uri: string): readonly string[];
  /** Returns a file's path as shown to users. */
  displayPath(uri: string): string;
}

/** An index that can be restored from a saved state. */
export interface RestorableIndex extends CatalogIndex {
  /** Restores files without checking them. */
  restore(
    roots: readonly CatalogRoot[],
    session: IndexSession,
    files: Iterable<KnownFile>,
  ): Promise<IndexState>;
  /** Reads some files again. */
  reread(uris: Iterable<string>, session: IndexSession, options: IndexOptions): Promise<IndexState>;
  /** Returns all read files. */
  known(): readonly KnownFile[];
}

export function isRestorable(index: CatalogIndex): index is RestorableIndex {
  return 'restore' in index;
}
