/** What is to be asked of a host. */
export interface RemoteRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Hosts besides that of the URL which an answer may send on to: they are the forge's own. */
  readonly forgeHosts: readonly string[];
}

export interface RemoteArchive extends RemoteRequest {
  readonly format: 'tar.gz' | 'zip';
  /** Where in the archive that lies what was asked for, `''` for all of it. */
  readonly folder: string;
  /** Whether a folder that is named by the repository stands around all. */
  readonly isWrapped: boolean;
}

/** A repository as git is told of it. */
export interface RemoteRepository {
  /** As git takes it. */
  readonly url: string;
  /** Branch or tag; undefined: what its HEAD names. */
  readonly branch: string | undefined;
  /**
   * What a server reads where wildcards are to be matched: the tree; an archive of all, which may be made by attributes of
   * files (`export-ignore`); or one of a folder, so that the host has words for a folder that is not there.
   */
  readonly isReadAs: 'tree' | 'archive' | 'folder';
}

/** How files come out of a kind of forge. */
export interface RemoteForge {
  /** @throws Error where the address names no file of a repository */
  file(url: URL, token: string | undefined): RemoteRequest;
  /** @throws Error where it names no repository */
  archive(url: URL, token: string | undefined): RemoteArchive;
  /**
   * Missing where nobody asks for it.
   *
   * @returns undefined for what cannot be named to git alone: a commit, or a tag that a branch could be called as well
   * @throws Error where it names no repository
   */
  repository?(url: URL): RemoteRepository | undefined;
}

/** What an archive is taken apart by. */
export type ArchivePlace = Omit<RemoteArchive, 'headers' | 'forgeHosts'>;

/** A file or folder that was asked for with all that lies beside it. */
export interface SourceEntry {
  /** Relative to what was asked for; `''` where that is a file itself. */
  readonly path: string;
  /** Undefined for a folder. */
  readonly content: Uint8Array | undefined;
  readonly isExecutable: boolean;
  /** Where it was read from, as messages name it. */
  readonly origin: string;
}

/** What an archive may hold at most. */
export interface ArchiveLimits {
  /** In bytes, of all files together. */
  readonly size: number;
  /** Files and folders together. */
  readonly entries: number;
}
