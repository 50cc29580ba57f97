import {
  type ProviderAnswer,
  type MarkedText,
  type SearchCompletion,
  type SearchResult,
  type SearchResults,
  type SearchService,
  type SearchState,
  shortOwnerRef,
  type Translate,
} from '../../../api';

/** In UTF-16 code units: the editor may truncate long lines, so text before the first match is shortened. */
const MAX_LEAD = 40;
const SHORT_LEAD = 20;

/**
 * Returns a text for a list that can't style parts: matches are enclosed in ‹ ›, unless the editor highlights them,
 * which it does if the text contains the query literally.
 */
export function matchedText({ text, marks }: MarkedText, typed: string): string {
  const wanted = typed.trim().toLowerCase();
  const found = wanted ? text.toLowerCase().indexOf(wanted) : -1;
  let end = leadUpTo(found < 0 ? (marks[0]?.[0] ?? 0) : found, text);
  let shown = end ? '… ' : '';
  for (const [from, to] of found < 0 ? joined(text, marks) : []) {
    shown += `${text.slice(end, from)}‹${text.slice(from, to)}›`;
    end = to;
  }
  return onOneLine(shown + text.slice(end));
}

/** Returns where the shown text starts for a match at an offset: at the offset, or at a word before it. */
function leadUpTo(offset: number, text: string): number {
  if (offset <= MAX_LEAD) return 0;
  const from = offset - SHORT_LEAD;
  const space = text.slice(from, offset).search(/\s/);
  return space < 0 ? offset : from + space + 1;
}

/** Joins marks that are separated by spaces only. */
function joined(text: string, marks: MarkedText['marks']): MarkedText['marks'] {
  const all: [from: number, to: number][] = [];
  for (const [from, to] of marks) {
    const last = all.at(-1);
    if (last && !text.slice(last[1], from).trim()) last[1] = to;
    else all.push([from, to]);
  }
  return all;
}

const onOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** A row of the list. Texts come from untrusted files. */
export type SearchRow = {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** Id of a codicon. */
  readonly icon?: string;
} & (
  | { readonly type: 'heading' | 'message' }
  | { readonly type: 'completion'; readonly completion: SearchCompletion }
  /** A recent or saved search. */
  | { readonly type: 'query'; readonly query: string; readonly isSaved: boolean }
  | { readonly type: 'result'; readonly result: SearchResult }
  /** Opens the search page. */
  | { readonly type: 'all' }
  /** Rebuilds the index. */
  | { readonly type: 'rebuild' }
);

/** Maximum number of results in the list; the search page has all. */
export const MAX_RESULTS = 50;
/** Maximum number of suggestions below recent and saved searches. */
const MAX_SUGGESTIONS = 15;
const MAX_RECENT = 5;
/** Maximum number of results of each provider. */
export const MAX_ELSEWHERE = 10;
/** Limited so that results stay visible. */
const MAX_COMPLETIONS = 8;

export interface SearchRowsInput {
  /** Query text as typed. */
  readonly query: string;
  /** Undefined if there are none yet. */
  readonly results: SearchResults | undefined;
  /** Completions at the end of the query. */
  readonly completions: readonly SearchCompletion[];
  /** Results of providers so far. */
  readonly providerAnswers: readonly ProviderAnswer[];
  readonly recent: readonly string[];
  readonly saved: readonly string[];
  readonly collators: SearchService['collators'];
  readonly state: SearchState;
  readonly translate: Translate;
}

/** Returns the rows for a query: completions, then results; for an empty query, previous searches. */
export function searchRows(input: SearchRowsInput): readonly SearchRow[] {
  const rows = input.query.trim() ? foundRows(input) : offeredRows(input);
  return [...failureRows(input), ...rows];
}

/**
 * Returns the row that Enter accepts by default: a result, because a word that could start a filter is more likely
 * a word.
 */
export function firstRow(rows: readonly SearchRow[], query: string): SearchRow | undefined {
  const takes = (row: SearchRow): boolean =>
    row.type === 'result' || (row.type === 'completion' && endsInFilter(query));
  const first = query.trim() ? rows.find(takes) : undefined;
  return first ?? rows.find(({ type }) => type !== 'heading');
}

/** Returns the query after accepting a completion. */
export function completed(query: string, { text, replaces }: SearchCompletion): string {
  const [from, to] = replaces;
  return `${query.slice(0, from)}${text}${query.slice(to)}`;
}

/** Whether the last word is a filter with a field: `owner:`, `-tag:ja`. */
function endsInFilter(query: string): boolean {
  return /(^|\s)-?[a-z]+:("[^"]*|\S*)$/i.test(query);
}

function failureRows({ state, translate }: SearchRowsInput): readonly SearchRow[] {
  if (state.type !== 'failed') return [];
  const row: SearchRow = {
    type: 'rebuild',
    icon: 'warning',
    label: translate('Rebuild Search Index'),
    description: translate('Not enough memory for full-text search. Searching names only.'),
  };
  return [row];
}

function foundRows(input: SearchRowsInput): readonly SearchRow[] {
  const { query, results, translate } = input;
  const completions = completionRows(input);
  if (!results) return completions;
  const rows: SearchRow[] = results.results.map(result => resultRow(result, input));
  if (results.total > rows.length) {
    rows.push({
      type: 'all',
      icon: 'list-flat',
      label: translate('Show All Results'),
      description: translate('on the search page'),
    });
  }
  const others = providerRows(input);
  const isFound = others.some(({ type }) => type === 'result');
  if (!rows.length && !completions.length && !isFound) {
    rows.push({
      type: 'message',
      label: translate('No results for {0}', query.trim()),
      detail: results.isPartial
        ? translate('Indexing is in progress, so results may be missing.')
        : translate('Try fewer words, or remove filters and quotes.'),
    });
  }
  const ignored = ignoredRows(input);
  if (!completions.length || !rows.length) return [...completions, ...ignored, ...rows, ...others];
  return [
    { type: 'heading', label: translate('filters') },
    ...completions,
    { type: 'heading', label: translate('results') },
    ...ignored,
    ...rows,
    ...others,
  ];
}

/** Names the words that the results don't have. */
function ignoredRows({ results, translate }: SearchRowsInput): readonly SearchRow[] {
  const ignored = results?.ignored ?? [];
  if (ignored.length === 0) return [];
  return [
    {
      type: 'message',
      icon: 'info',
      label: translate('No results for all words'),
      description: translate('Showing results without: {0}', ignored.join(', ')),
    },
  ];
}

/** Returns results of providers below local ones, each under the provider's title, with a message if it failed. */
function providerRows(input: SearchRowsInput): readonly SearchRow[] {
  const { providerAnswers, translate } = input;
  return providerAnswers.flatMap(({ provider, results, failure }): readonly SearchRow[] => {
    const { title } = provider;
    if (failure !== undefined) {
      const label = translate("Can't search {0}", title);
      return [{ type: 'message', icon: 'warning', label, detail: failure }];
    }
    if (!results.length) return [];
    return [
      { type: 'heading', label: translate('on {0}', title) },
      ...results.map(result => resultRow(result, input)),
    ];
  });
}

function completionRows({ query, completions }: SearchRowsInput): readonly SearchRow[] {
  const offered = completions.filter(
    completion => completed(query, completion).trim() !== query.trim(),
  );
  return offered.slice(0, MAX_COMPLETIONS).map(completion => ({
    type: 'completion',
    icon: 'filter',
    completion,
    label: completion.label,
    ...(completion.detail !== undefined && { description: completion.detail }),
  }));
}

function offeredRows(input: SearchRowsInput): readonly SearchRow[] {
  const { results, recent, saved, translate } = input;
  const queries = (
    label: string,
    icon: string,
    all: readonly string[],
    isSaved: boolean,
  ): readonly SearchRow[] => [
    ...(all.length ? [{ type: 'heading' as const, label }] : []),
    ...all.map(query => ({ type: 'query' as const, icon, label: query, query, isSaved })),
  ];
  const others = recent.filter(query => !saved.includes(query)).slice(0, MAX_RECENT);
  const suggestions = results?.results.slice(0, MAX_SUGGESTIONS) ?? [];
  const rows: readonly SearchRow[] = [
    ...queries(translate('saved searches'), 'star-full', saved, true),
    ...queries(translate('recent searches'), 'history', others, false),
    ...(suggestions.length ? [{ type: 'heading' as const, label: translate('suggested') }] : []),
    ...suggestions.map(result => resultRow(result, input)),
  ];
  if (rows.length || !results) return rows;
  return [
    {
      type: 'message',
      label: results.isPartial
        ? translate('Type to search. Indexing is in progress.')
        : translate('This workspace has nothing to search yet.'),
    },
  ];
}

function resultRow(result: SearchResult, { query, ...input }: SearchRowsInput): SearchRow {
  const { title, snippet, icon } = result;
  const described = [whatItIs(result, input), ...ownersOf(result), placeOf(result)];
  return {
    type: 'result',
    result,
    icon,
    label: title.text,
    description: described.filter(Boolean).join(' · '),
    ...(snippet && { detail: matchedText(snippet, query) }),
  };
}

/** Returns the kind of an entity, or the type of another document, in words for screen readers. */
export function whatItIs(
  { type, target, facets }: SearchResult,
  { collators }: Pick<SearchRowsInput, 'collators'>,
): string {
  const kind = target.type === 'entity' ? facets.kind?.[0] : undefined;
  return kind ?? collators.find(({ id }) => id === type)?.title ?? type;
}

export function ownersOf({ facets }: SearchResult): readonly string[] {
  return (facets.owner ?? []).map(shortOwnerRef);
}

export function placeOf({ path }: SearchResult): string {
  return path.join(' › ');
}
