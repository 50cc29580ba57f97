import MiniSearch, { type Query } from 'minisearch';
import { parseQuery } from '../../src/features/search/core';
import { EntityTitles, FilterTest } from '../../src/features/search/core/index/filters';
import { planOf, type QueryPlan } from '../../src/features/search/core/index/plan';
import { Lifts } from '../../src/features/search/core/index/scoring/candidates';
import { TermMatcher } from '../../src/features/search/core/index/scoring/matching';
import { refine } from '../../src/features/search/core/index/scoring/order';
import { emptyState } from '../../src/features/search/core/index/storage/writer';
import { Writer } from '../../src/features/search/core/index/storage/writer';
import { ExpansionCache } from '../../src/features/search/core/index/terms/expansions';
import { tokenize } from '../../src/features/search/core/index/text/tokenize';
import { type Candidate, finish, type Found } from './candidates';
import { readPeerQuery } from './peerQuery';
import { SEEN } from './scoring';

/** Number of documents to refine, as in the index. */
const REFINED = 100;

/**
 * minisearch as the retrieval of Callboard's search: minisearch finds and scores documents; filters, preferences,
 * weights and the refinement of the best results are Callboard's.
 */
export const refinedMiniSearch = (
  weights: Readonly<Record<string, number>>,
  hasTerms: boolean,
): Candidate => ({
  name: `minisearch, refined${hasTerms ? ', with the terms of the index' : ''}`,
  open(sources) {
    const state = emptyState();
    const writer = new Writer(state);
    const all: Found[] = [];
    const index = new MiniSearch<{ id: number }>({
      fields: ['title', 'names', 'keywords', 'path', 'text'],
      ...(hasTerms && { tokenize: termsOf, processTerm: term => term }),
      searchOptions: {
        prefix: true,
        fuzzy: 0.2,
        combineWith: 'AND',
        boost: { title: 3, names: 3 },
      },
    });
    for (const source of sources) {
      finish(writer.putting(source));
      for (const document of source.documents) {
        const { title, names, keywords, path, text } = document;
        index.add({
          id: all.length,
          title,
          names: names?.join(' '),
          keywords: keywords?.join(' '),
          path: path?.join(' '),
          text,
        } as { id: number });
        all.push({ type: source.type, document });
      }
    }
    const expansions = new ExpansionCache(state.dictionary);
    const titles = new EntityTitles(state);
    return (text, who) => {
      const query = parseQuery(text);
      const plan = planOf(query);
      const lifts = new Lifts(state, who);
      const filters = new FilterTest(state, { query, preferences: who }, titles);
      const { words, allows } = readPeerQuery(text, who);
      const weightOf = (id: number): number => weights[all[id]?.type ?? ''] ?? 1;
      const found = words
        ? index.search(hasTerms ? queryOf(plan) : words)
        : all.map((_, id) => ({ id, score: 1 })).sort((a, b) => a.id - b.id);
      const top = found[0]?.score ?? 1;
      const ranked = found
        .flatMap(({ id, score }) => {
          const number = Number(id);
          const one = all[number];
          if (!one || !allows(one) || !filters.passes(number)) return [];
          const worth = (score / top + lifts.of(number)) * weightOf(number);
          return [{ document: number, score: worth }];
        })
        .sort((a, b) => b.score - a.score)
        .slice(0, REFINED);
      const terms = state.dictionary.terms;
      const matcher = new TermMatcher({ plan, expansions, terms, isTolerant: () => true });
      const best = words ? finish(refine(ranked, { state, matcher, weightOf })) : ranked;
      return best.slice(0, SEEN).flatMap(({ document }) => all[document] ?? []);
    };
  },
});

function termsOf(text: string): string[] {
  return tokenize(text, 'name').map(({ term }) => term);
}

/** Returns the words of the query, and adjacent words joined to one. */
function queryOf({ words, joins, phrases }: QueryPlan): Query {
  const needed = words.flatMap(({ term, isOptional }, at) => {
    const joined = joins.filter(({ first, last }) => first <= at && at <= last);
    const terms = [term, ...joined.map(join => join.term)];
    return isOptional ? [] : [{ combineWith: 'OR', queries: terms.map(exactly) } as const];
  });
  return { combineWith: 'AND', queries: [...needed, ...phrases.flat().map(exactly)] };
}

function exactly(term: string): Query {
  return { queries: [term], tokenize: one => [one] };
}
