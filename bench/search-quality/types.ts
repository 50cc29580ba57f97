import type { SearchPreferences } from '../../src/features/search/core';

/** What is searched: the demo organization of this repository, or an invented one of a few thousand documents. */
export type CorpusName = 'demo' | 'invented';

/**
 * Names a document whoever made it, so that what is expected can be stated before there is an index:
 *
 * - `component:default/tide-ui`: an entity, a template, a person or a team, by its full ref;
 * - `docs:booking/docs/index.md#neighbours`: a section of docs, by the file below the folder of the organization
 *   and the id of its heading; without an id what stands under the title of the page;
 * - `apis:api:default/booking-api#POST /bookings`: a part of a definition, by its API and its bare name: method and path of an
 *   operation, name of a schema, message, channel, field, type, method or procedure.
 */
export type AnswerId = string;

/** Something that is expected; where it may be found as one of several documents, these. */
export type Answer = AnswerId | readonly AnswerId[];

/** What a person types, and what a person would want to see for it. */
export interface QualityCase {
  readonly query: string;
  /**
   * What belongs among the first ten, in any order, the first of all being one of these. Where there are more than ten,
   * these are all that is right, and any ten of them will do.
   */
  readonly expected: readonly Answer[];
  /** Each of these has to stand before the next, wherever that is. */
  readonly order?: readonly AnswerId[];
  /** What the query rules out. */
  readonly never?: readonly AnswerId[];
  readonly preferences?: Partial<SearchPreferences>;
  readonly why: string;
}

/** Cases of one intent over one corpus. */
export interface QualityGroup {
  readonly intent: string;
  readonly corpus: CorpusName;
  readonly cases: readonly QualityCase[];
}
