import { describe, expect, it } from 'vitest';
import type { SearchCompletion } from '../../../../../src/api';
import { english } from '../../../../../src/base';
import {
  completed,
  firstRow,
  type SearchRow,
  searchRows,
  type SearchRowsInput,
} from '../../../../../src/features/search/plugin/searchRows';
import { aResult, someResults } from '../../../../support/searchResults';

function rowsOf(query: string, input: Partial<SearchRowsInput> = {}): readonly SearchRow[] {
  return searchRows({
    query,
    results: undefined,
    completions: [],
    providerAnswers: [],
    recent: [],
    saved: [],
    collators: [{ id: 'docs', title: 'Docs', icon: 'book' }],
    state: { type: 'ready' },
    translate: english,
    ...input,
  });
}

/** Rows as text; the one that Enter accepts starts with `>`. */
function shown(query: string, input: Partial<SearchRowsInput> = {}): readonly string[] {
  const rows = rowsOf(query, input);
  const first = firstRow(rows, query);
  return rows.map(row => {
    const { type, icon, label, description, detail } = row;
    const text = [icon && `$(${icon})`, label, description && `[${description}]`, detail];
    const line = type === 'heading' ? `-- ${label}` : text.filter(Boolean).join(' ');
    return row === first ? `> ${line}` : line;
  });
}

const fares = aResult('Fare Engine', {
  facets: { kind: ['component'], owner: ['group:default/pricing', 'user:default/ann'] },
  snippet: { text: 'Works out fares', marks: [[10, 15]] },
});
const page = aResult('Refunds', {
  type: 'docs',
  icon: 'book',
  path: ['Handbook', 'Tickets'],
  facets: {},
  target: { type: 'page', page: { page: 'docs', site: 'file:///work', anchor: 'refunds' } },
});

describe('rows of a search', () => {
  it('show results with owner and place, in order', () => {
    expect(shown('faers', { results: someResults([page, fares]) })).toEqual([
      '> $(book) Refunds [Docs · Handbook › Tickets]',
      '$(chip) Fare Engine [component · pricing · user:ann] Works out ‹fares›',
    ]);
  });

  it('show ignored words above the results', () => {
    const results = someResults([fares], { ignored: ['new', 'zeppelin'] });
    expect(shown('new zeppelin fares', { results })).toEqual([
      '$(info) No results for all words [Showing results without: new, zeppelin]',
      '> $(chip) Fare Engine [component · pricing · user:ann] Works out ‹fares›',
    ]);
  });

  it('show the name of an unknown type', () => {
    const results = someResults([{ ...page, type: '__proto__', path: [] }]);
    expect(shown('x', { results })).toEqual(['> $(book) Refunds [__proto__]']);
  });

  it('link to more results on the search page', () => {
    expect(shown('fares', { results: someResults([fares], { total: 70 }) })[1]).toBe(
      '$(list-flat) Show All Results [on the search page]',
    );
  });

  it('report that nothing was found, and whether indexing is in progress', () => {
    expect(shown('xyz', { results: someResults([]) })).toEqual([
      '> No results for xyz Try fewer words, or remove filters and quotes.',
    ]);
    expect(shown('xyz', { results: someResults([], { isPartial: true }) })).toEqual([
      '> No results for xyz Indexing is in progress, so results may be missing.',
    ]);
  });

  it('are empty before the first result', () => {
    expect(shown('xyz')).toEqual([]);
    expect(shown('')).toEqual([]);
  });
});

describe('completion of a filter', () => {
  const completion = (text: string, from: number, to: number): SearchCompletion => ({
    text,
    label: text,
    replaces: [from, to],
  });

  it('comes first, and is active in a filter', () => {
    const completions = [completion('pricing ', 11, 13)];
    const results = someResults([fares]);
    expect(shown('fare owner:pr', { completions, results })).toEqual([
      '-- filters',
      '> $(filter) pricing ',
      '-- results',
      '$(chip) Fare Engine [component · pricing · user:ann] Works out ‹fares›',
    ]);
    expect(shown('fare -owner:"pr ic', { completions, results })[1]).toMatch(/^>/);
  });

  it('leaves the first result active if it may be a word', () => {
    const completions = ['owner:', 'own:'].map(text => completion(text, 0, 3));
    expect(shown('own', { completions, results: someResults([page]) })).toEqual([
      '-- filters',
      '$(filter) owner:',
      '$(filter) own:',
      '-- results',
      '> $(book) Refunds [Docs · Handbook › Tickets]',
    ]);
    expect(shown('own', { completions, results: someResults([]) })[0]).toBe('> $(filter) owner:');
  });

  it('is hidden if it is typed already', () => {
    const completions = [completion('api ', 5, 8)];
    expect(shown('kind:api', { completions, results: someResults([fares]) })).toHaveLength(1);
  });

  it.for([
    ['own', completion('owner:', 0, 3), 'owner:'],
    ['fare own', completion('owner:', 5, 8), 'fare owner:'],
    ['owner:pr', completion('pricing ', 6, 8), 'owner:pricing '],
    ['own fare', completion('owner:', 0, 3), 'owner: fare'],
  ] as const)('completes %s', ([query, accepted, after]) => {
    expect(completed(query, accepted)).toBe(after);
  });
});

describe('empty search', () => {
  it('shows saved and recent searches and suggestions', () => {
    const input = { saved: ['owner:me'], recent: ['refund', 'owner:me'] };
    const kept = [
      '-- saved searches',
      '> $(star-full) owner:me',
      '-- recent searches',
      '$(history) refund',
    ];
    expect(shown(' ', input)).toEqual(kept);
    expect(shown('', { ...input, results: someResults([page]) })).toEqual([
      ...kept,
      '-- suggested',
      '$(book) Refunds [Docs · Handbook › Tickets]',
    ]);
  });

  it('reports that there is nothing to search, or not yet', () => {
    expect(shown('', { results: someResults([]) })).toEqual([
      '> This workspace has nothing to search yet.',
    ]);
    expect(shown('', { results: someResults([], { isPartial: true }) })).toEqual([
      '> Type to search. Indexing is in progress.',
    ]);
  });
});

it('offers to rebuild a failed index, below the active result', () => {
  const state = { type: 'failed', message: 'No memory' } as const;
  const rows = rowsOf('fares', { results: someResults([aResult('Fares')]), state });
  expect([rows.map(({ type }) => type), firstRow(rows, 'fares')?.label]).toEqual([
    ['rebuild', 'result'],
    'Fares',
  ]);
});
