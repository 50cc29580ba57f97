import type { GitRemote, PreparedCommit } from '../../../../platform/core/ports';
import { InputError } from '../../../scm/core/forgeFiles';
import type { ForgeRepository } from '../../../scm/core/forges';

/** A commit, and what is still to be done with it. */
export interface Pending {
  /** Id of the step that made it. */
  readonly step: string;
  readonly commit: PreparedCommit;
  readonly branch: string;
  /** The folder of the task that becomes a repository. */
  readonly initialize?: { readonly source: string; readonly remote?: string };
  readonly isCheckedOut?: boolean;
  readonly push?: GitRemote;
  /** What the commit is pushed to, where a forge made it. */
  readonly made?: ForgeRepository;
}

/** Commits of steps, in the order in which they were made. */
export class PendingCommits implements Iterable<Pending> {
  #all: readonly Pending[] = [];

  get isEmpty(): boolean {
    return this.#all.length === 0;
  }

  [Symbol.iterator](): Iterator<Pending> {
    return this.#all[Symbol.iterator]();
  }

  /** @throws InputError where its folder is published already */
  add(pending: Pending): void {
    const source = pending.initialize?.source;
    if (source !== undefined) this.refuseTaken(source);
    this.#all = [...this.#all, pending];
  }

  /** @param source - a folder of the task @throws InputError where it is published already, or one in or around it */
  refuseTaken(source: string): void {
    const isTaken = this.#all.some(
      ({ initialize }) => initialize && isNested(initialize.source, source),
    );
    if (isTaken)
      throw new InputError(`${shownFolder(source)} is published by another step already`);
  }

  /** @param steps - ids of those whose commits stay @returns the others, which are gone */
  takeAllBut(steps: ReadonlySet<string>): readonly Pending[] {
    const taken = this.#all.filter(({ step }) => !steps.has(step));
    this.#all = this.#all.filter(({ step }) => steps.has(step));
    return taken;
  }
}

function isNested(one: string, other: string): boolean {
  const contains = (outer: string, inner: string): boolean =>
    outer === '' || inner === outer || inner.startsWith(`${outer}/`);
  return contains(one, other) || contains(other, one);
}

/** @param source - `''` for all of the task */
export function shownFolder(source: string): string {
  return source === '' ? 'The folder' : `The folder ${source}`;
}
