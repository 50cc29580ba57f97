import type { SearchPreferences } from '../../src/features/search/core';

/** Documents to search: the demo organization of this repository, or a generated one with a few thousand documents. */
export type CorpusName = 'demo' | 'invented';

/**
 * Id of a document, independent of the index, so that expectations can be written without one:
 *
 * - `component:default/tide-ui`: an entity, a template, a person or a team, by its full ref;
 * - `docs:booking/docs/index.md#neighbours`: a section of docs, by its file, relative to the folder of the organization,
 *   and the id of its heading; without an id, the text under the title of the page;
 * - `apis:api:default/booking-api#POST /bookings`: a part of a definition, by its API and its bare name: method and path of an
 *   operation, name of a schema, message, channel, field, type, method or procedure.
 */
export type AnswerId = string;

/** An expected result; alternatives if several documents are equally right. */
export type Answer = AnswerId | readonly AnswerId[];

/** A query, and the results that a user expects. */
export interface QualityCase {
  readonly query: string;
  /**
   * Results expected among the first ten, in any order; the first result is one of them. If there are more than ten, any
   * ten of them are right.
   */
  readonly expected: readonly Answer[];
  /** Results in their expected order, at any rank. */
  readonly order?: readonly AnswerId[];
  /** Results that the query excludes. */
  readonly never?: readonly AnswerId[];
  readonly preferences?: Partial<SearchPreferences>;
  readonly why: string;
}

/** Cases of one intent and one corpus. */
export interface QualityGroup {
  readonly intent: string;
  readonly corpus: CorpusName;
  readonly cases: readonly QualityCase[];
}
