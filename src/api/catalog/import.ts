/** What in a folder says that there is something to describe. */
export interface ImportEvidence {
  /** Such as `npm`, `go`, `docker`, `openapi` or `git`. */
  readonly type: string;
  /** URI of the file, or of the repository. */
  readonly uri: string;
}

/** A folder that looks like a component. */
export interface ImportCandidate {
  /** URI of the folder. */
  readonly folder: string;
  /** The folder as people know it: relative to the workspace folder, `.` for itself. */
  readonly path: string;
  /** At least one. */
  readonly evidence: readonly ImportEvidence[];
  /** URI of the descriptor that may speak for the folder already: one above it, or below. */
  readonly coveredBy: string | undefined;
  /** Whether most people would want it: not covered, no fixture, not only the root of others. */
  readonly isSuggested: boolean;
}

/** A descriptor that could be written. */
export interface DescriptorDraft {
  /** URI of the folder that it describes. */
  readonly folder: string;
  /** URI of the file, where nothing is yet. */
  readonly file: string;
  readonly text: string;
  /** Full refs of the entities in it, the component first. */
  readonly entityRefs: readonly string[];
  /** As written; undefined where nobody is known, and `unknown` was written. */
  readonly owner: string | undefined;
  /** What was left out, and why, in sentences. */
  readonly notes: readonly string[];
}

export interface ImportSearch {
  readonly candidates: readonly ImportCandidate[];
  /** Folders that have a descriptor of their own, and are therefore not among the candidates. */
  readonly described: number;
}

export interface DraftOptions {
  readonly signal?: AbortSignal;
  /** Such as `production`; what the evidence says if not given. */
  readonly lifecycle?: string;
  /** An entity ref, for folders that nobody in CODEOWNERS owns. */
  readonly owner?: string;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/** Finds what has no descriptor yet, and drafts some. Reads only; writing is up to the caller. */
export interface ImportService {
  /** @throws AbortError if the signal is aborted */
  findCandidates(options?: { readonly signal?: AbortSignal }): Promise<ImportSearch>;
  /**
   * Drafts descriptors whose names are neither in the catalog nor in each other. What cannot be
   * drafted, because there is a file in the meantime, is left out.
   *
   * @throws AbortError if the signal is aborted
   */
  draft(
    candidates: readonly ImportCandidate[],
    options?: DraftOptions,
  ): Promise<readonly DescriptorDraft[]>;
}
