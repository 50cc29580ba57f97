import type { RemoteRepository } from '../../../../scm/core/forgeFiles';
import type { UrlFile } from '../../../../scm/core/urlReaders';
import type { PatternQuestion } from '../urlRequests';

/** Asks git for what matches wildcards: each repository once whether its branch has moved. */
export interface WildcardRound {
  /**
   * The files that match, in the order of their paths.
   *
   * @param known - those of the last time, which are given again where nothing has changed
   * @returns undefined where the archive is to be asked for, whose host knows why there is nothing
   * @throws SourceError where the host has been waited for already; TaskLimitError; AbortError
   */
  find(
    question: PatternQuestion,
    known: readonly UrlFile[] | undefined,
  ): Promise<readonly UrlFile[] | undefined>;
}

/**
 * Repositories that addresses with wildcards are of, as git has them. A copy is kept of each branch for as long as somebody
 * wants it, whoever that is.
 */
export interface Wildcards {
  /** For one fetch of one owner. */
  round(asking: {
    readonly owner: string;
    readonly signal: AbortSignal;
    readonly traffic: { requests: number; bytes: number };
  }): WildcardRound;
  /** Says that somebody wants repositories, besides those that they wanted before. */
  hold(owner: string, repositories: readonly RemoteRepository[]): void;
  /** Says which repositories somebody wants, and no others: those that nobody wants any more are deleted. */
  keep(owner: string, repositories: readonly RemoteRepository[]): Promise<void>;
  /** Says that somebody is gone, who may come back for what is kept. */
  release(owner: string): void;
}

/** Loads them where there is something with wildcards; undefined where there is no git. */
export type LoadWildcards = () => Promise<Wildcards | undefined>;
