import type { TaskFile } from '..';

/** What the Template of today does to a file of a project. */
export interface FileUpdate {
  readonly path: string;
  /**
   * `updated` and `removed`: it was as the Template had made it. `merged`: what was changed in it stays.
   * `unchanged`: the Template makes what it made, or what is there. `conflict`: somebody has to decide.
   */
  readonly state: 'unchanged' | 'added' | 'updated' | 'merged' | 'removed' | 'conflict';
  /** Why somebody has to decide. */
  readonly conflict?: UpdateConflict;
  /** As the Template made it before, where it is still known. */
  readonly base: Uint8Array | undefined;
  /** Undefined where it is not there. */
  readonly mine: TaskFile | undefined;
  /** As the Template makes it now; undefined where it does not any more. */
  readonly next: TaskFile | undefined;
  /**
   * What it becomes; undefined where it is removed or stays. Of a conflict of lines: with markers around what
   * is to be decided.
   */
  readonly result: TaskFile | undefined;
}

export type UpdateConflict =
  /** Both changed the same lines. */
  | 'lines'
  /** Both changed it, and what it was before is not known any more. */
  | 'noBase'
  /** Both changed it, and it is no text, or too much of it is different. */
  | 'unmergeable'
  /** The Template makes it now, and there was another one already. */
  | 'exists'
  /** The Template does not make it any more, and it was changed here. */
  | 'changedHere'
  /** The Template changed it, and it was taken away here. */
  | 'removedHere'
  /** It is no file here, or a link that leads elsewhere. */
  | 'noFile';
