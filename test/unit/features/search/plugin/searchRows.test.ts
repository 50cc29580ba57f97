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
    elsewhere: [],
    recent: [],
    saved: [],
    collators: [{ id: 'docs', title: 'Docs', icon: 'book' }],
    state: { type: 'ready' },
    translate: english,
    ...input,
  });
}

/** As they read, one a line; the one that Enter takes begins with `>`. */
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
  it('say what was found, whose it is and where, in the order in which it was found', () => {
    expect(shown('faers', { results: someResults([page, fares]) })).toEqual([
      '> $(book) Refunds [Docs · Handbook › Tickets]',
      '$(chip) Fare Engine [component · pricing · user:ann] Works out ‹fares›',
    ]);
  });

  it('name the words that nothing has beside the others, above what was found', () => {
    const results = someResults([fares], { ignored: ['new', 'zeppelin'] });
    expect(shown('new zeppelin fares', { results })).toEqual([
      '$(info) No results for all words [Showing results without: new, zeppelin]',
      '> $(chip) Fare Engine [component · pricing · user:ann] Works out ‹fares›',
    ]);
  });

  it('of a type that nobody knows any more, its name is told', () => {
    const results = someResults([{ ...page, type: '__proto__', path: [] }]);
    expect(shown('x', { results })).toEqual(['> $(book) Refunds [__proto__]']);
  });

  it('lead to what there is besides', () => {
    expect(shown('fares', { results: someResults([fares], { total: 70 }) })[1]).toBe(
      '$(list-flat) Show All Results [on the search page]',
    );
  });

  it('say that nothing was found, and whether that is final', () => {
    expect(shown('xyz', { results: someResults([]) })).toEqual([
      '> No results for xyz Try fewer words, or remove filters and quotes.',
    ]);
    expect(shown('xyz', { results: someResults([], { isPartial: true }) })).toEqual([
      '> No results for xyz Indexing is in progress, so results may be missing.',
    ]);
  });

  it('are none as long as nothing is known', () => {
    expect(shown('xyz')).toEqual([]);
    expect(shown('')).toEqual([]);
  });
});

describe('what a filter can go on with', () => {
  const completion = (text: string, from: number, to: number): SearchCompletion => ({
    text,
    label: text,
    replaces: [from, to],
  });

  it('comes first, and first of all once it is a filter', () => {
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

  it('leaves Enter to what was found where it may be a word', () => {
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

  it('is not what stands there already', () => {
    const completions = [completion('api ', 5, 8)];
    expect(shown('kind:api', { completions, results: someResults([fares]) })).toHaveLength(1);
  });

  it.for([
    ['own', completion('owner:', 0, 3), 'owner:'],
    ['fare own', completion('owner:', 5, 8), 'fare owner:'],
    ['owner:pr', completion('pricing ', 6, 8), 'owner:pricing '],
    ['own fare', completion('owner:', 0, 3), 'owner: fare'],
  ] as const)('%s is completed', ([query, accepted, after]) => {
    expect(completed(query, accepted)).toBe(after);
  });
});

describe('an empty box', () => {
  it('offers saved searches, recent ones that are not, and what is likely to be wanted', () => {
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

  it('says that there is nothing, or nothing yet', () => {
    expect(shown('', { results: someResults([]) })).toEqual([
      '> This workspace has nothing to search yet.',
    ]);
    expect(shown('', { results: someResults([], { isPartial: true }) })).toEqual([
      '> Type to search. Indexing is in progress.',
    ]);
  });
});

it('offers to make another index where there can be none, below what Enter takes', () => {
  const state = { type: 'failed', message: 'No memory' } as const;
  const rows = rowsOf('fares', { results: someResults([aResult('Fares')]), state });
  expect([rows.map(({ type }) => type), firstRow(rows, 'fares')?.label]).toEqual([
    ['rebuild', 'result'],
    'Fares',
  ]);
});
