/** A request to a host. */
export interface RemoteRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The forge's other hosts that a redirect may lead to. */
  readonly forgeHosts: readonly string[];
  /** Whether the host answers in base64. */
  readonly isBase64?: boolean;
}

export interface RemoteArchive extends RemoteRequest {
  readonly format: 'tar.gz' | 'zip';
  /** Folder in the archive to read; `''` for all. */
  readonly folder: string;
  /** Whether the archive has a root folder named after the repository. */
  readonly isWrapped: boolean;
}

/** A repository for git. */
export interface RemoteRepository {
  /** In git's format. */
  readonly url: string;
  /** Branch or tag; undefined for its HEAD. */
  readonly branch: string | undefined;
  /**
   * Backstage's source for matching wildcards: the tree; an archive of the repository, which file attributes can
   * change (`export-ignore`); or an archive of a folder, so that the host reports a missing folder.
   */
  readonly isReadAs: 'tree' | 'archive' | 'folder';
}

/** Requests for files of a kind of forge. */
export interface RemoteForge {
  /** @throws Error if the address is not a file of a repository */
  file(url: URL, token: string | undefined): RemoteRequest;
  /** @throws Error if it is not a repository */
  archive(url: URL, token: string | undefined): RemoteArchive;
  /**
   * Missing if git is not used for this kind.
   *
   * @returns undefined for refs that git can't fetch unambiguously: a commit, or a tag that could also be a branch
   * @throws Error if it is not a repository
   */
  repository?(url: URL): RemoteRepository | undefined;
}

/** Properties needed to read an archive. */
export type ArchivePlace = Omit<RemoteArchive, 'headers' | 'forgeHosts'>;

/** A file or folder of a fetched folder. */
export interface SourceEntry {
  /** Relative to the fetched folder; `''` if a single file was fetched. */
  readonly path: string;
  /** Undefined for a folder. */
  readonly content: Uint8Array | undefined;
  readonly isExecutable: boolean;
  /** Source address for messages. */
  readonly origin: string;
}

/** Limits of an archive. */
export interface ArchiveLimits {
  /** Total bytes of files. */
  readonly size: number;
  /** Total number of files and folders. */
  readonly entries: number;
}
