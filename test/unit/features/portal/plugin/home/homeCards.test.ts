import { expect, it } from 'vitest';
import type { HomeCard } from '../../../../../../src/api';
import { Emitter, english } from '../../../../../../src/base';
import {
  CatalogFacts,
  homeCards,
  type HomeCardsDeps,
} from '../../../../../../src/features/portal/plugin';
import { anEntity, aProblem, InMemoryCatalog } from '../../../../../support/inMemoryCatalog';
import { aSource } from '../../../../../support/sourceInfo';

const nothing = new Emitter<void>().event;

function cardsOf(deps: Partial<HomeCardsDeps>): readonly HomeCard[] {
  const catalog = deps.catalog ?? new InMemoryCatalog();
  return homeCards({
    catalog,
    facts: new CatalogFacts(catalog),
    getRecentChanges: async () => [],
    sources: {
      getSourceOf: file => (file.startsWith('callboard-source:') ? aSource() : undefined),
    },
    identity: { getOwnershipRefs: () => [], onDidChange: nothing },
    recent: { viewed: () => [], edited: () => [], onDidChange: nothing },
    starred: {
      all: () => [],
      has: () => false,
      set: async () => {},
      onDidChange: new Emitter<ReadonlySet<string>>().event,
    },
    translate: english,
    ...deps,
  });
}

const { signal } = new AbortController();

it('limits catalog health to the workspace', async () => {
  const catalog = new InMemoryCatalog({
    problems: [
      aProblem({ code: 'invalid-spec' }),
      aProblem({ code: 'yaml-syntax', file: 'callboard-source://acme/a.yaml' }),
      aProblem({ code: 'dangling-reference', file: undefined }),
    ],
  });
  const health = cardsOf({ catalog }).find(({ id }) => id === 'portal.health');
  const shown = JSON.stringify(await health?.load({ signal }));
  expect(shown).toContain('invalid-spec');
  expect(shown).toContain('dangling-reference');
  expect(shown).not.toContain('yaml-syntax');
});

it('leads to all problems if some codes have no bar', async () => {
  const load = async (codes: number): Promise<string> => {
    const problems = Array.from({ length: codes }, (_, at) => aProblem({ code: `code-${at}` }));
    const catalog = new InMemoryCatalog({ problems });
    const health = cardsOf({ catalog }).find(({ id }) => id === 'portal.health');
    return JSON.stringify(await health?.load({ signal }));
  };
  expect(await load(8)).not.toContain('All problems');
  expect(await load(9)).toContain('"label":"All problems","value":9');
});

it('omits cards without content', async () => {
  const contents = cardsOf({}).map(async card => await card.load({ signal }));
  expect((await Promise.all(contents)).filter(Boolean)).toEqual([]);
});

it('lists recently changed entities once with author and date', async () => {
  const file = 'file:///work/a.yaml';
  const shop = anEntity('Component:shop', {}, { title: 'The Shop' });
  const catalog = new InMemoryCatalog({
    entities: [shop],
    files: { 'component:default/shop': file },
  });
  const time = Date.parse('2026-01-02T12:00:00Z');
  const getRecentChanges = async () => [
    { file: 'file:///work/other.yaml', author: 'Bob', time },
    { file, author: 'Ada', time },
    { file, author: 'Eve', time: 0 },
  ];
  const card = cardsOf({ catalog, getRecentChanges }).find(({ id }) => id === 'portal.changes');
  expect(await card?.load({ signal })).toMatchObject({
    links: [{ text: 'The Shop', description: 'Ada · Jan 2, 2026' }],
  });
});

it('lists a starred template only if the catalog has it', () => {
  const starred = {
    all: () => ['component:default/a', 'template:default/shipped'],
    has: () => true,
    set: async () => {},
    onDidChange: new Emitter<ReadonlySet<string>>().event,
  };
  const card = cardsOf({ starred }).find(({ id }) => id === 'portal.starred');
  expect(card?.load({ signal })).toMatchObject({ entityRefs: ['component:default/a'] });
});
