/** Work of a refresh after the files are read. */
export type RefreshPhase = 'entities' | 'relations' | 'problems' | 'templates' | 'apis';

export interface RefreshProgress {
  /** The work whose items are counted; undefined while files are read. */
  readonly phase?: RefreshPhase;
  /** Items done so far. */
  readonly done: number;
  /** Undefined while folders are still being searched for files. */
  readonly total: number | undefined;
}

/** Stops and watches long work. */
export interface WorkOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: RefreshProgress) => void) | undefined;
}
