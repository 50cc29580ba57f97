import { describe, expect, it, onTestFinished } from 'vitest';
import type { HomeCard } from '../../../../../../src/api';
import { StarredEntities } from '../../../../../../src/features/catalog/core/identity';
import { PortalContributions } from '../../../../../../src/features/plugins/core';
import { HomePage, type HomePageDeps } from '../../../../../../src/features/portal/core';
import { cardDeps } from '../../../../../support/cardDeps';
import { anEntity, InMemoryCatalog } from '../../../../../support/inMemoryCatalog';
import { inMemoryState } from '../../../../../support/inMemoryState';

const { signal } = new AbortController();

describe('HomePage', () => {
  it('shows cards in their order', () => {
    expect(shown(homeOf(aCard('b', { order: 2 }), aCard('a', { order: 1 })))).toEqual(['a', 'b']);
  });

  it("stores the user's arrangement", async () => {
    const home = homeOf(aCard('a'), aCard('b'), aCard('c'));
    await home.arrange({ order: ['c', 'a', 'b'], hidden: ['b'] });
    expect(shown(home)).toEqual(['c', 'a']);
    expect(home.getPage(signal).hidden).toEqual([{ id: 'b', title: 'B' }]);
  });

  it('inserts a new card after its default predecessor', async () => {
    const home = homeOf(aCard('a'), aCard('b'), aCard('new'), aCard('c'));
    await home.arrange({ order: ['c', 'b', 'a'], hidden: [] });
    expect(shown(home)).toEqual(['c', 'b', 'new', 'a']);
  });

  it('remembers the position of a card without its plugin', async () => {
    const home = homeOf(aCard('a'), aCard('b'));
    await home.arrange({ order: ['away', 'b', 'a'], hidden: ['gone'] });
    expect(shown(home)).toEqual(['b', 'a']);
    expect(home.getPage(signal).hidden).toEqual([]);
  });

  it('shows the error of a failed card', () => {
    const home = homeOf(
      aCard('a', {
        load() {
          throw new Error('No such table');
        },
      }),
    );
    expect(home.getPage(signal).cards).toMatchObject([{ state: 'failed', error: 'No such table' }]);
  });

  it('returns slow content on request and loads it once', async () => {
    let requestCount = 0;
    const home = homeOf(
      aCard('slow', {
        load: async () => ({ type: 'text', text: `asked ${++requestCount} times` }),
      }),
    );
    expect(home.getPage(signal).cards).toMatchObject([{ id: 'slow', state: 'pending' }]);
    const { card } = await home.getCard({ card: 'slow' }, signal);
    expect(card?.content).toEqual({ type: 'text', text: 'asked 1 times' });
  });

  it.each([undefined, 'nonsense', { order: 3, hidden: [4] }])(
    'ignores %j as a stored arrangement',
    stored => {
      expect(shown(homeOf(aCard('a'), stored))).toEqual(['a']);
    },
  );
});

describe('User on the home page', () => {
  const jane = anEntity('User:jane');
  const unknownUser = (users: readonly string[], suggested?: string, entities = [jane]): unknown =>
    homeWith({
      catalog: new InMemoryCatalog({ entities }),
      identity: { getOwnershipRefs: () => users },
      suggestUser: () => suggested,
    }).getPage(signal).unknownUser;

  it('is suggested from git', () => {
    const suggestion = { ref: 'user:default/jane', title: 'jane' };
    expect(unknownUser([], suggestion.ref)).toEqual({ suggestion });
    expect(unknownUser(['user:default/gone'], suggestion.ref)).toEqual({ suggestion });
  });

  it('can be set without a suggestion', () => expect(unknownUser([])).toEqual({}));

  it("isn't requested when known or without users in the catalog", () => {
    expect(unknownUser(['user:default/jane'])).toBeUndefined();
    expect(unknownUser([], undefined, [])).toBeUndefined();
  });
});

function homeOf(...parts: readonly unknown[]): HomePage {
  const contributions = new PortalContributions();
  const state = inMemoryState();
  for (const part of parts) {
    if (isCard(part)) contributions.addHomeCard(part);
    else void state.set('portal.home', part);
  }
  return homeWith({ contributions, state });
}

function homeWith(deps: Partial<HomePageDeps>): HomePage {
  const state = inMemoryState();
  const starred = new StarredEntities(state);
  onTestFinished(() => starred.dispose());
  return new HomePage({
    contributions: new PortalContributions(),
    starred,
    state,
    catalog: new InMemoryCatalog(),
    cards: cardDeps(),
    identity: { getOwnershipRefs: () => [] },
    ...deps,
  });
}

function aCard(id: string, card: Partial<HomeCard> = {}): HomeCard {
  return { id, title: id.toUpperCase(), load: () => ({ type: 'text', text: id }), ...card };
}

function isCard(part: unknown): part is HomeCard {
  return typeof part === 'object' && part !== null && 'load' in part;
}

function shown(home: HomePage): readonly string[] {
  return home.getPage(signal).cards.map(({ id }) => id);
}
