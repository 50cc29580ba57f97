import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { answerIdOf } from '../../../../bench/search-quality/answerId';
import { qualityGroups } from '../../../../bench/search-quality/cases';
import { demoSources } from '../../../../bench/search-quality/demoDocuments';
import { inventedSources } from '../../../../bench/search-quality/invented/inventedOrganization';
import type { CorpusName } from '../../../../bench/search-quality/types';
import type { IndexedSource } from '../../../../src/features/search/core';

const cases = qualityGroups.flatMap(({ corpus, intent, cases }) =>
  cases.map(one => ({ ...one, corpus, intent })),
);

function idsOf(sources: readonly IndexedSource[], root = 'file:///none'): readonly string[] {
  return sources.flatMap(({ type, documents }) =>
    documents.map(document => answerIdOf({ type, document }, root)),
  );
}

const known = new Map<CorpusName, ReadonlySet<string>>();
beforeAll(async () => {
  const demo = resolve('demo');
  known.set('demo', new Set(idsOf(await demoSources(demo), pathToFileURL(demo).href)));
  known.set('invented', new Set(idsOf(inventedSources())));
});

describe('search quality cases', () => {
  it('cover many queries in both organizations', () => {
    const count = (corpus: CorpusName): number => cases.filter(one => one.corpus === corpus).length;
    expect(cases.length).toBeGreaterThanOrEqual(160);
    expect(Math.min(count('demo'), count('invented'))).toBeGreaterThanOrEqual(50);
  });

  it('state each query of a person once', () => {
    const keys = cases.map(({ corpus, query, preferences }) =>
      JSON.stringify([corpus, query.toLowerCase(), preferences]),
    );
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it('name existing documents only', () => {
    const missing = cases.flatMap(one => {
      const ids = known.get(one.corpus);
      const { expected, order = [], never = [], preferences = {}, query } = one;
      const { mine = [], starred = [], recent = [] } = preferences;
      const answers = [...expected, ...order, ...never, ...mine, ...starred, ...recent];
      return answers
        .filter(answer => ![answer].flat().some(id => ids?.has(id)))
        .map(answer => `${one.corpus}, ${query}: ${String(answer)}`);
    });
    expect(missing).toEqual([]);
  });

  it('expect answers for each query, without duplicates or excluded ones', () => {
    const wrong = cases.filter(({ expected, never = [] }) => {
      const names = expected.flat();
      return !names.length || new Set([...names, ...never]).size < names.length + never.length;
    });
    expect(wrong).toEqual([]);
  });

  it('state a reason', () => {
    expect(cases.filter(({ why }) => why.trim() === '')).toEqual([]);
  });
});

describe('invented organization', () => {
  it('is the same each time', () => {
    expect(inventedSources()).toEqual(inventedSources());
  });

  it('has unique document ids', () => {
    const ids = idsOf(inventedSources());
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(ids.length).toBeGreaterThan(2000);
  });
});
