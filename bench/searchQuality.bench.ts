import { join } from 'node:path';
import { DefaultSearchIndex, type IndexedSource, parseQuery } from '../src/features/search/core';
import { pathToFileUri } from '../src/platform/node';
import { answerIdOf } from './search-quality/answerId';
import { type Candidate, indexCandidate } from './search-quality/candidates';
import { qualityGroups } from './search-quality/cases';
import { demoSources } from './search-quality/demoDocuments';
import {
  entityGroups,
  entitySearchCandidate,
  entitySources,
  prefixGroups,
} from './search-quality/entityFinders';
import { inventedSources } from './search-quality/invented/inventedOrganization';
import { peers } from './search-quality/peers';
import { refinedMiniSearch } from './search-quality/refinedMiniSearch';
import { type CaseScore, meanOf, scoreCase } from './search-quality/scoring';
import type { CorpusName, QualityCase, QualityGroup } from './search-quality/types';

/*
 * Quality of the search: mean reciprocal rank and recall among the first ten results, over all queries of
 * search-quality/cases, by corpus and by intent, compared with libraries on the same documents. BENCH_MISSES=1 lists
 * expected results that weren't found, or weren't first; BENCH_MISSES=NAME lists those of one candidate.
 */

interface Outcome {
  readonly group: QualityGroup;
  readonly case: QualityCase;
  readonly found: readonly string[];
  readonly score: CaseScore;
}

/** The weights of the collators. */
const WEIGHTS = { people: 0.9, docs: 0.85, apis: 0.85 };

const callboard = indexCandidate('callboard', { create: createIndex, parse: parseQuery });
const candidates: readonly Candidate[] = [
  callboard,
  refinedMiniSearch(WEIGHTS, false),
  refinedMiniSearch(WEIGHTS, true),
  ...peers,
];
const demo = join(process.cwd(), 'demo');

function createIndex(): DefaultSearchIndex {
  const index = new DefaultSearchIndex();
  index.setWeights(WEIGHTS);
  return index;
}

async function main(): Promise<void> {
  const corpora = { demo: await demoSources(demo), invented: inventedSources() };
  for (const [name, sources] of Object.entries(corpora)) {
    const documents = sources.reduce((sum, source) => sum + source.documents.length, 0);
    const cases = casesOf(name as CorpusName).length;
    console.log(`${name}: ${documents} documents, ${cases} queries`);
  }
  printAll(candidates, corpora, qualityGroups);
  const entities = {
    demo: entitySources(corpora.demo),
    invented: entitySources(corpora.invented),
  };
  const finders = [callboard, entitySearchCandidate];
  const groups = entityGroups(qualityGroups);
  console.log('\nEntities alone, by words');
  printAll(finders, entities, groups);
  console.log('\nEntities alone, letter by letter');
  printAll(finders, entities, prefixGroups(groups));
}

function printAll(
  some: readonly Candidate[],
  corpora: Readonly<Record<CorpusName, readonly IndexedSource[]>>,
  groups: readonly QualityGroup[],
): void {
  const wanted = process.env['BENCH_MISSES'];
  for (const candidate of some) {
    const search = {
      demo: candidate.open(corpora.demo),
      invented: candidate.open(corpora.invented),
    };
    const outcomes = groups.flatMap(group =>
      group.cases.map(one => {
        const nobody = { mine: [], starred: [], recent: [] };
        const root = pathToFileUri(demo);
        const found = search[group.corpus](one.query, { ...nobody, ...one.preferences }).map(hit =>
          answerIdOf(hit, root),
        );
        return { group, case: one, found, score: scoreCase(one, found) };
      }),
    );
    console.log(`\n${candidate.name}`);
    printMeans(outcomes);
    if (wanted === '1' || wanted === candidate.name) printMisses(outcomes);
  }
}

function casesOf(corpus: CorpusName): readonly QualityCase[] {
  return qualityGroups.filter(group => group.corpus === corpus).flatMap(group => group.cases);
}

function printMeans(outcomes: readonly Outcome[]): void {
  const row = (name: string, some: readonly Outcome[]): void => {
    const { cases, reciprocalRank, recall } = meanOf(some.map(({ score }) => score));
    const queries = `${cases}`.padStart(4);
    console.log(
      `  ${name.padEnd(32)} ${queries} queries  MRR ${reciprocalRank.toFixed(3)}  recall@10 ${recall.toFixed(3)}`,
    );
  };
  row('all', outcomes);
  for (const by of ['corpus', 'intent'] as const) {
    for (const value of new Set(outcomes.map(({ group }) => group[by]))) {
      const some = outcomes.filter(({ group }) => group[by] === value);
      row(`${by} ${value}`, some);
    }
  }
}

function printMisses(outcomes: readonly Outcome[]): void {
  for (const { group, case: one, found, score } of outcomes) {
    const { reciprocalRank, recall } = score;
    if (reciprocalRank === 1 && recall === 1) continue;
    const figures = `RR ${reciprocalRank.toFixed(2)}, recall ${recall.toFixed(2)}`;
    console.log(`  ${group.corpus}, ${group.intent}: ${one.query} (${one.why}): ${figures}`);
    console.log(`    expected ${one.expected.slice(0, 5).flat().join(', ')}`);
    if (one.order) console.log(`    in order ${one.order.join(', ')}`);
    if (one.never) console.log(`    without  ${one.never.join(', ')}`);
    console.log(`    found    ${found.slice(0, 5).join(', ') || 'nothing'}`);
  }
}

void main();
