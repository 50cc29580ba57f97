import { expect, it } from 'vitest';
import { Emitter, english } from '../../../../../../src/base';
import { CatalogFacts, homeCards } from '../../../../../../src/features/portal/plugin';
import { aProblem, InMemoryCatalog } from '../../../../../support/inMemoryCatalog';
import { aSource } from '../../../../../support/sourceInfo';

it('the health of the catalog is that of the workspace', async () => {
  const catalog = new InMemoryCatalog({
    problems: [
      aProblem({ code: 'invalid-spec' }),
      aProblem({ code: 'yaml-syntax', file: 'callboard-source://acme/a.yaml' }),
      aProblem({ code: 'dangling-reference', file: undefined }),
    ],
  });
  const nothing = new Emitter<void>().event;
  const cards = homeCards({
    catalog,
    facts: new CatalogFacts(catalog),
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
  });
  const { signal } = new AbortController();
  const health = await cards.find(({ id }) => id === 'portal.health')?.load({ signal });
  const shown = JSON.stringify(health);
  expect(shown).toContain('invalid-spec');
  expect(shown).toContain('dangling-reference');
  expect(shown).not.toContain('yaml-syntax');
});
