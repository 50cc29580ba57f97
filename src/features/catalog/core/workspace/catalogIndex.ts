import type { CatalogProcessor } from '../../../../api';
import type { FileChange, OutsideFolder } from '../../../../platform/core/ports';
import type { KindSchemas } from '../customKinds/kindSchemas';
import type { CatalogOptions } from '../options';
import type { DescriptorReader } from '../reading/descriptorReader';
import type { FileRecord } from '../records';
import type { LocationTarget } from '../targets';
import type { IndexedFile } from './files/indexedFile';
import type { KnownFile } from './files/knownFiles';
import type { FileLookup } from './files/orderedFiles';
import type { UnreadTarget } from './locations/locationReach';
import type { WorkOptions } from './refreshProgress';

/** A folder of the workspace. */
export interface CatalogRoot {
  readonly uri: string;
  readonly name: string;
  /** Its place in the order of conflicts; default: among the folders. */
  readonly group?: number;
}

export interface IndexOptions extends WorkOptions {
  /** By URI, files that need not be read again as long as they look the same. */
  readonly known?: ReadonlyMap<string, KnownFile>;
}

/** What the catalog makes of the index after a change. */
export interface IndexState {
  /** Files whose entities count, in the order of conflicts; those in skeletons left out. */
  readonly files: FileLookup;
  readonly origins: ReadonlyMap<string, string>;
  /** By URI of a file that a Location leads to: the file whose Location leads to it first. */
  readonly reachedBy: ReadonlyMap<string, string>;
  /** Whether a target is a file, or a pattern that matches it; in the state, as patterns are loaded with the index. */
  readonly leadsTo: (target: LocationTarget, file: string) => boolean;
  readonly unreadTargets: readonly UnreadTarget[];
  /**
   * Where only files with these URIs can be others than in the state before: what they were then.
   * Undefined where any file can be another.
   */
  readonly before?: ReadonlyMap<string, IndexedFile | undefined>;
  /** Lets go of the state before, from which no one reads any more. */
  readonly commit?: (() => void) | undefined;
}

export const emptyIndexState: IndexState = {
  files: new Map(),
  origins: new Map(),
  reachedBy: new Map(),
  leadsTo: () => false,
  unreadTargets: [],
};

/** What every file of one refresh or change is read with. */
export interface IndexSession {
  readonly options: CatalogOptions;
  readonly processors: readonly CatalogProcessor[];
  readonly kindSchemas: KindSchemas;
  /** Reads on this thread. Made when it is first asked for, since much must be loaded for it. */
  readonly reader: () => Promise<DescriptorReader>;
}

/** Whether the same files give the same in both sessions. */
export function isSameReading(a: IndexSession, b: IndexSession | undefined): boolean {
  return (
    a.options === b?.options && a.processors === b.processors && a.kindSchemas === b.kindSchemas
  );
}

/**
 * Knows which files make the catalog and what each gives. There is one for the workspace as it is
 * discovered; another way to come by files is another implementation. One change or refresh at a
 * time; the caller queues them.
 */
export interface CatalogIndex {
  /** Finds and reads everything. When it rejects, the index is as it was before. */
  refresh(
    roots: readonly CatalogRoot[],
    session: IndexSession,
    options?: IndexOptions,
  ): Promise<IndexState>;
  /**
   * Takes up changes of files and folders. Undefined where a change can have any effect and
   * everything must be read again.
   */
  applyChanges(
    changes: readonly FileChange[],
    session: IndexSession,
    options?: IndexOptions,
  ): Promise<IndexState | undefined>;
  /** Reads one of its files again, with long texts; only for indexes that shorten them. */
  readRecord?(uri: string, session: IndexSession): Promise<FileRecord | undefined>;
  /** What has to be watched besides the roots; only for indexes that read outside of them. */
  outsideFolders?(): Promise<readonly OutsideFolder[]>;
  /** URIs of its files that another one is read for. */
  filesReading(uri: string): readonly string[];
  /** The path of a file as people know it. */
  displayPath(uri: string): string;
}

/** An index that can start from what it knew before. */
export interface RestorableIndex extends CatalogIndex {
  /** Takes the files for what they were, without looking at them. */
  restore(
    roots: readonly CatalogRoot[],
    session: IndexSession,
    files: Iterable<KnownFile>,
  ): Promise<IndexState>;
  /** Reads some of its files again. */
  reread(uris: Iterable<string>, session: IndexSession, options: IndexOptions): Promise<IndexState>;
  /** All files that were looked into. */
  known(): readonly KnownFile[];
}

export function isRestorable(index: CatalogIndex): index is RestorableIndex {
  return 'restore' in index;
}
