import type { Event, Logger } from '../../../../base';
import type { Problem } from '../../../../model';
import type { FileChange } from '../../../../platform/core/ports';
import type { FileRecord } from '../records';
import type { IndexOptions, IndexSession, IndexState } from '../workspace/catalogIndex';

/** What the catalog would have of a source that holds a part of what there is; full refs. */
export interface WantedRefs {
  /** Entities of the workspace and of plugins: what a source has of the same names, and what that is related to. */
  readonly own: ReadonlySet<string>;
  /** What they, and entities of sources that hold all they have, refer to, and nobody has who holds all of it. */
  readonly missing: ReadonlySet<string>;
}

/** @throws AbortError */
export type FindWantedRefs = (signal?: AbortSignal) => Promise<WantedRefs>;

/**
 * Files with entities from elsewhere than the folders of the workspace, as the copy that is at hand has them: to read
 * it asks no other machine and does not fail. The catalog reads one after the other, in its own queue.
 */
export interface CatalogSource {
  /** The same for as long as it is the same source; the first part of the URIs of its files tells it, too. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  /**
   * What its files may bring: kinds as they are written, `*` for all, and `!Kind` for one that is not even among all.
   * Others are reported, and left out.
   */
  readonly allow: readonly string[];
  /** Whether what is wrong with its files is to be told: not of what another program has judged already. */
  readonly isJudged: boolean;
  /** Whether it holds a part of what there is, so that what its entities refer to may be there all the same; default: all. */
  readonly isPartial?: boolean;
  /** The copy has become another. Tells which files; undefined: all may be others. */
  readonly onDidChange: Event<readonly FileChange[] | undefined>;

  /**
   * Everything that the copy gives. Its files stand in the group of conflicts that is named, all of them.
   *
   * @throws AbortError alone
   */
  read(
    session: IndexSession,
    options: IndexOptions & { readonly group: number },
  ): Promise<IndexState>;
  /** The same after changes. Undefined where everything must be read again. */
  applyChanges?(
    changes: readonly FileChange[],
    session: IndexSession,
    options: IndexOptions,
  ): Promise<IndexState | undefined>;
  /** Reads one of its files again, with long texts; where it shortens them. */
  readRecord?(uri: string, session: IndexSession): Promise<FileRecord | undefined>;
  /** The path of one of its files as people know it. */
  displayPath(uri: string): string;
  /** Location refs that a Backstage has for a file, such as `url:https://…`; undefined where the record says so itself. */
  locationOf?(uri: string): string | undefined;
  /**
   * The catalog has become another, and may want other entities than before; called when it has the source, and after
   * each change. Takes no time: whoever wants to know asks later.
   */
  onCatalogChange?(find: FindWantedRefs): void;
}

export interface CatalogSourcesDeps {
  readonly logger: Logger;
  /** Called when something is to be read. */
  readonly onStale: () => void;
}

/** What is to be known of files that lie in no folder of the workspace. */
export interface SourcesContext {
  /** Problems of sources that could not be read. */
  problems(): readonly Problem[];
  has(uri: string): boolean;
  /** Whether what is wrong with a file is told. */
  isJudged(uri: string): boolean;
  /** Whether a file is of a source that holds a part of what there is. */
  isPartial(uri: string): boolean;
  /** Location ref of a file; undefined where its URI is its place. */
  locationOf(uri: string): string | undefined;
}
