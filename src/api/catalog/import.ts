/** A file or repository that shows that a folder contains a component. */
export interface ImportEvidence {
  /** Kind of evidence, such as `npm`, `go`, `docker`, `openapi` or `git`. */
  readonly type: string;
  /** URI of the file, or of the repository. */
  readonly uri: string;
}

/** A folder that looks like a component. */
export interface ImportCandidate {
  /** URI of the folder. */
  readonly folder: string;
  /** Path relative to the workspace folder; `.` for the workspace folder itself. */
  readonly path: string;
  /** Reasons for the candidate; never empty. */
  readonly evidence: readonly ImportEvidence[];
  /** URI of a descriptor above or below the folder that may already describe it. */
  readonly coveredBy: string | undefined;
  /**
   * Whether the candidate is selected by default: not covered, not a fixture, and not just the
   * parent of other candidates.
   */
  readonly isSuggested: boolean;
}

/** A descriptor that can be created. */
export interface DescriptorDraft {
  /** URI of the described folder. */
  readonly folder: string;
  /** URI of the new file. */
  readonly file: string;
  /** Content of the new file. */
  readonly text: string;
  /** Full refs of its entities, the component first. */
  readonly entityRefs: readonly string[];
  /** Owner as written; undefined if it couldn't be determined and `unknown` was written. */
  readonly owner: string | undefined;
  /** Sentences about omitted parts and the reasons. */
  readonly notes: readonly string[];
}

/** Result of `ImportService.findCandidates`. */
export interface ImportSearch {
  /** Folders that could get a descriptor. */
  readonly candidates: readonly ImportCandidate[];
  /** Number of folders with a descriptor of their own, which are not candidates. */
  readonly described: number;
}

/** Options for drafts of descriptors. */
export interface DraftOptions {
  readonly signal?: AbortSignal;
  /** Value of `spec.lifecycle`, such as `production`; default: derived from the evidence. */
  readonly lifecycle?: string;
  /** Entity ref of the owner of folders without an owner in CODEOWNERS. */
  readonly owner?: string;
  /** Called with the number of drafted candidates. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/** Finds folders without a descriptor and drafts descriptors for them. Never writes; callers do. */
export interface ImportService {
  /**
   * Finds folders that look like components.
   *
   * @throws AbortError if the signal is aborted
   */
  findCandidates(options?: { readonly signal?: AbortSignal }): Promise<ImportSearch>;
  /**
   * Drafts descriptors with names that are unique in the catalog and among the drafts. Candidates
   * whose file exists meanwhile are omitted.
   *
   * @throws AbortError if the signal is aborted
   */
  draft(
    candidates: readonly ImportCandidate[],
    options?: DraftOptions,
  ): Promise<readonly DescriptorDraft[]>;
}
