/** Phases of a refresh after the files are read. */
export type RefreshPhase = 'entities' | 'relations' | 'problems' | 'templates' | 'apis';

export interface RefreshProgress {
  /** Phase whose items are counted; undefined while files are read. */
  readonly phase?: RefreshPhase;
  /** Number of finished items. */
  readonly done: number;
  /** Number of all items; undefined while folders are searched. */
  readonly total: number | undefined;
}

/** Cancellation and progress of long work. */
export interface WorkOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: RefreshProgress) => void) | undefined;
}
