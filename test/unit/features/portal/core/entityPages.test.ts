import { describe, expect, it, vi } from 'vitest';
import type {
  CardContent,
  EntityCard,
  EntityOrigin,
  EntityTab,
  HomeCard,
} from '../../../../../src/api';
import { type Logger, silentLogger } from '../../../../../src/base';
import { StarredEntities } from '../../../../../src/features/catalog/core/identity';
import { PortalContributions } from '../../../../../src/features/plugins/core';
import { EntityPages, type EntityPagesDeps } from '../../../../../src/features/portal/core';
import { cardDeps } from '../../../../support/cardDeps';
import { aFailedEntity, anEntity, InMemoryCatalog } from '../../../../support/inMemoryCatalog';
import { inMemoryState } from '../../../../support/inMemoryState';
import { noSources } from '../../../../support/noSources';
import { aSource } from '../../../../support/sourceInfo';

const { signal } = new AbortController();
const ORDERS = 'component:default/orders';

describe('EntityPages', () => {
  it('shows the cards of the first tab in their order', () => {
    const pages = pagesOf({ cards: [aCard('late', { order: 9 }), aCard('early', { order: 1 })] });
    const page = pages.getPage({ entityRef: ORDERS }, signal);
    expect(page.tab).toBe('overview');
    expect(page.cards.map(({ id }) => id)).toEqual(['early', 'late']);
  });

  it('names the source of an entity and other sources with it', () => {
    const acme = aSource({ name: 'Acme', color: 'charts.blue' });
    const markedAs = (origin: EntityOrigin) => {
      const sources = { ...noSources, getOriginOf: () => origin };
      const { from, alsoIn } = pagesOf({ cards: [], sources }).getPage(
        { entityRef: ORDERS },
        signal,
      );
      return { from, alsoIn };
    };
    expect(markedAs({ from: acme, alsoIn: [] })).toEqual({ from: { name: 'Acme', color: 'blue' } });
    expect(markedAs({ from: undefined, alsoIn: [aSource({ name: 'Old' }), acme] })).toEqual({
      alsoIn: [{ name: 'Old' }, { name: 'Acme', color: 'blue' }],
    });
    expect(markedAs({ from: undefined, alsoIn: [] })).toEqual({});
    // An outdated source has the time of its last fetch.
    const failure = {
      message: 'Nobody answers',
      advice: undefined,
      needsToken: false,
      canSignIn: false,
      since: 2,
      retryAt: undefined,
    };
    const old = aSource({ name: 'Old', fetchedAt: 1, failure });
    expect(markedAs({ from: old, alsoIn: [] })).toEqual({ from: { name: 'Old', asOf: 1 } });
  });

  it('names Backstages that may have a missing entity and fetches it', async () => {
    const acme = aSource({ name: 'Acme', type: 'backstage' });
    const requests: string[] = [];
    const sources = {
      ...noSources,
      getSources: () => [aSource({ name: 'Git' }), acme],
      async fetchEntity(ref: string) {
        requests.push(ref);
        if (ref.endsWith('/a')) throw new Error('Acme cannot be reached.');
        return true;
      },
    };
    const pages = pagesOf({ cards: [], sources });
    const refs = ['component:default/a', 'component:default/b', ORDERS];
    expect([
      refs.map(entityRef => pages.getPage({ entityRef }, signal).mayBeIn),
      requests,
      await pages.fetchEntity({ entityRef: 'component:default/a' }, signal),
      await pages.fetchEntity({ entityRef: 'component:default/b' }, signal),
    ]).toEqual([
      [['Acme'], ['Acme'], undefined],
      ['component:default/a', 'component:default/b'],
      { isThere: false, problem: 'Acme cannot be reached.' },
      { isThere: true },
    ]);
  });

  it("shows another tab, or the first if it doesn't exist", () => {
    const pages = pagesOf({
      cards: [aCard('about'), aCard('todos', { tab: 'todo' })],
      tabs: [
        { id: 'overview', title: 'Overview' },
        { id: 'todo', title: 'To-dos' },
      ],
    });
    const cardsOf = (tab: string): readonly string[] =>
      pages.getPage({ entityRef: ORDERS, tab }, signal).cards.map(({ id }) => id);
    expect(cardsOf('todo')).toEqual(['todos']);
    expect(cardsOf('gone')).toEqual(['about']);
  });

  it('omits tabs without cards and cards for other entities', () => {
    const pages = pagesOf({
      cards: [aCard('about'), aCard('members', { tab: 'members', isShownFor: () => false })],
      tabs: [
        { id: 'overview', title: 'Overview' },
        { id: 'members', title: 'Members' },
      ],
    });
    const page = pages.getPage({ entityRef: ORDERS }, signal);
    expect(page.tabs.map(({ id }) => id)).toEqual(['overview']);
  });

  it('omits cards and tabs with a non-matching predicate', () => {
    const pages = pagesOf({
      cards: [
        aCard('about', { where: { kind: 'component' } }),
        aCard('definition', { where: { kind: 'API' } }),
        aCard('both', { where: { kind: 'component' }, isShownFor: () => false }),
        aCard('wrong', { where: { kind: { $new: 'Component' } } as never }),
        aCard('members', { tab: 'members' }),
      ],
      tabs: [
        { id: 'overview', title: 'Overview', where: { 'metadata.name': { $exists: true } } },
        { id: 'members', title: 'Members', where: { $not: { kind: 'Component' } } },
      ],
    });
    const { tabs, cards } = pages.getPage({ entityRef: ORDERS }, signal);
    expect([tabs.map(({ id }) => id), cards.map(({ id }) => id)]).toEqual([
      ['overview'],
      ['about'],
    ]);
  });

  it('omits a card without content', () => {
    const pages = pagesOf({ cards: [aCard('about'), aCard('empty', { load: () => undefined })] });
    const { cards } = pages.getPage({ entityRef: ORDERS }, signal);
    expect(cards.map(({ id }) => id)).toEqual(['about']);
  });

  it('limits plugin errors to their own card', () => {
    const broken = (): never => {
      throw new Error('No such table');
    };
    const pages = pagesOf({
      cards: [
        aCard('about'),
        aCard('throws', { load: broken }),
        aCard('asks', { isShownFor: broken }),
        aCard('acts', { actionsFor: broken }),
      ],
    });
    const { cards } = pages.getPage({ entityRef: ORDERS }, signal);
    expect(cards.map(({ id, state, error }) => ({ id, state, error }))).toEqual([
      { id: 'about', state: 'ready', error: undefined },
      { id: 'throws', state: 'failed', error: 'No such table' },
      { id: 'acts', state: 'ready', error: undefined },
    ]);
  });

  it("includes glances of the entity's owner and systems and their owners", () => {
    const pages = pagesOf({
      cards: [
        aCard('related', { load: () => ({ type: 'entities', entityRefs: ['api:default/a'] }) }),
      ],
    });
    const { glances } = pages.getPage({ entityRef: ORDERS }, signal);
    expect(Object.keys(glances).sort()).toEqual([
      'api:default/a',
      ORDERS,
      'group:default/shop',
      'group:default/web',
    ]);
    expect(glances['group:default/shop']?.exists).toBe(false);
  });

  it('returns referrers and failures for a missing entity', () => {
    const pages = pagesOf({ cards: [aCard('about')] });
    expect(pages.getPage({ entityRef: 'group:default/shop' }, signal)).toMatchObject({
      glance: { exists: false, title: 'shop' },
      referredToBy: [ORDERS],
      tabs: [],
      cards: [],
    });
    expect(pages.getPage({ entityRef: 'component:default/broken' }, signal).failed).toHaveLength(1);
  });

  it('validates and copies card content', () => {
    const content = (value: unknown): Partial<EntityCard> => ({ load: () => value as CardContent });
    const cyclic: Record<string, unknown> = { type: 'text', text: 'Around' };
    cyclic['self'] = cyclic;
    const endless: Record<string, unknown> = { type: 'sections' };
    endless['sections'] = [{ content: endless }];
    const logged: string[] = [];
    const logger: Logger = {
      ...silentLogger,
      error: (message, error) => logged.push(`${message}: ${(error as Error).message}`),
    };
    const pages = pagesOf({
      logger,
      cards: [
        aCard('hologram', content({ type: 'hologram' })),
        aCard('shapeless', content({ type: 'fields' })),
        aCard('text', content('Hello')),
        aCard('null', content(null)),
        aCard('cyclic', content(cyclic)),
        aCard('endless', content(endless)),
        aCard('throws', {
          load: () =>
            Object.defineProperty({} as CardContent, 'type', {
              enumerable: true,
              get() {
                throw new Error('Not for you');
              },
            }),
        }),
        aCard('acts', { actionsFor: () => [{ title: 'Go' }] as never }),
      ],
    });
    const show = () => pages.getPage({ entityRef: ORDERS }, signal).cards;
    expect(show().map(({ id, plugin, refusal }) => [id, plugin, refusal])).toEqual([
      ['hologram', 'todo', 'Can\'t show this card: unknown content type "hologram".'],
      ['shapeless', 'todo', "Can't show this card: its content isn't valid at fields."],
      ['text', 'todo', "Can't show this card: its content isn't valid."],
      ['cyclic', 'todo', undefined],
      ['endless', 'todo', "Can't show this card: its content isn't valid."],
      ['throws', 'todo', "Can't show this card: its content isn't valid."],
      ['acts', 'todo', undefined],
    ]);
    expect(show().find(({ id }) => id === 'cyclic')?.content).toEqual({
      type: 'text',
      text: 'Around',
    });
    expect(show().find(({ id }) => id === 'acts')?.actions).toEqual([]);
    // Each cause once, regardless of how often the page is shown.
    expect(logged).toEqual([
      'Plugin "todo": load() of the card "hologram" failed: type is unknown: hologram',
      'Plugin "todo": load() of the card "shapeless" failed: fields must be an array',
      'Plugin "todo": load() of the card "text" failed: The value must be an object',
      'Plugin "todo": load() of the card "endless" failed: It is too deeply nested',
      'Plugin "todo": load() of the card "throws" failed: Error: Not for you',
      'Plugin "todo": actionsFor() of the card "acts" failed: [0].icon must be a string',
    ]);
  });

  it('reloads a card on request even while it is loading', async () => {
    const answers: ((content: CardContent) => void)[] = [];
    const pages = pagesOf({
      cards: [aCard('slow', { load: () => new Promise(resolve => answers.push(resolve)) })],
    });
    const request = { entityRef: ORDERS, card: 'slow' };
    pages.getPage({ entityRef: ORDERS }, signal);
    const first = pages.getCard(request, signal);
    expect(answers).toHaveLength(1);
    pages.getPage({ entityRef: ORDERS }, signal);
    const second = pages.getCard({ ...request, again: true }, signal);
    expect(answers).toHaveLength(3);
    for (const [index, answer] of answers.entries()) answer({ type: 'text', text: `${index}` });
    expect((await first).card?.content).toMatchObject({ text: '0' });
    expect((await second).card?.content).toMatchObject({ text: '2' });
  });

  it('lists the cards of all tabs, including empty ones', () => {
    const empty = aCard('empty', { load: () => undefined });
    const pages = pagesOf({ cards: [aCard('about'), empty, aCard('todo', { tab: 'todo' })] });
    const shown: string[] = [];
    const show = (entityRef: string): void => {
      pages.getPage({ entityRef }, signal, cards => shown.push(cards.map(({ id }) => id).join()));
    };
    show(ORDERS);
    show('component:default/gone');
    expect(shown).toEqual(['about,empty,todo', '']);
  });

  it.each([
    ["a value that isn't an object", null, 'must be an object'],
    ['a number as title', { id: 'a', title: 1 }, 'must have a string "title"'],
    ['no load()', { id: 'a', title: 'A' }, 'must have load()'],
    [
      'an invalid width',
      { id: 'a', title: 'A', load() {}, width: 'huge' },
      'has an invalid "width"',
    ],
  ])('rejects cards with %s', (_, card, message) => {
    const contributions = new PortalContributions();
    expect(() => contributions.addEntityCard(card as EntityCard)).toThrow(message);
    expect(() => contributions.addHomeCard(card as unknown as HomeCard)).toThrow(message);
  });

  it('returns slow content and its failure', async () => {
    const pages = pagesOf({
      cards: [
        aCard('slow', { load: async () => ({ type: 'text', text: 'At last' }) }),
        aCard('lost', { load: () => Promise.reject(new Error('No connection')) }),
      ],
    });
    const page = pages.getPage({ entityRef: ORDERS }, signal);
    expect(page.cards.map(({ state }) => state)).toEqual(['pending', 'pending']);
    const slow = await pages.getCard({ entityRef: ORDERS, card: 'slow' }, signal);
    expect(slow.card).toMatchObject({ state: 'ready', content: { text: 'At last' } });
    const lost = await pages.getCard({ entityRef: ORDERS, card: 'lost' }, signal);
    expect(lost.card).toMatchObject({ state: 'failed', error: 'No connection' });
    const removed = await pages.getCard({ entityRef: ORDERS, card: 'gone' }, signal);
    expect(removed).toMatchObject({ glances: {}, tabs: [{ id: 'overview' }] });
    expect(removed).not.toHaveProperty('card');
    const missing = { entityRef: 'component:default/gone', card: 'slow' };
    expect(await pages.getCard(missing, signal)).toEqual({ glances: {} });
  });
});

describe('Reloaded card', () => {
  it('includes the tabs with updated badges', async () => {
    let count = 1;
    const pages = pagesOf({
      cards: [aCard('a')],
      tabs: [{ id: 'overview', title: 'Overview', badgeFor: () => count }],
    });
    expect(pages.getPage({ entityRef: ORDERS }, signal).tabs[0]?.badge).toBe(1);
    count = 2;
    const { tabs } = await pages.getCard({ entityRef: ORDERS, card: 'a', again: true }, signal);
    expect(tabs).toMatchObject([{ id: 'overview', badge: 2 }]);
  });

  it('is logged with its plugin when it never answers', async () => {
    vi.useFakeTimers();
    try {
      const lines: string[] = [];
      const logger = {
        ...silentLogger,
        error: (line: string, error?: unknown) => void lines.push(`${line}: ${String(error)}`),
      };
      let answer = (_: CardContent): void => {};
      const load = (): Promise<CardContent> => new Promise(resolve => (answer = resolve));
      const pages = pagesOf({ cards: [aCard('slow', { load })], logger });
      const pending = pages.getCard({ entityRef: ORDERS, card: 'slow' }, signal);
      vi.advanceTimersByTime(4999);
      expect(lines).toEqual([]);
      vi.advanceTimersByTime(1);
      expect(lines).toEqual([
        'Plugin "todo": load() of the card "slow" failed: Error: No content after 5 seconds',
      ]);
      answer({ type: 'text', text: 'At last' });
      expect((await pending).card).toMatchObject({ state: 'ready' });
      vi.advanceTimersByTime(10_000);
      expect(lines).toHaveLength(1);
    } finally {
      vi.useRealTimers();
    }
  });
});

function pagesOf(parts: {
  readonly cards: readonly EntityCard[];
  readonly tabs?: readonly EntityTab[];
  readonly sources?: EntityPagesDeps['sources'];
  readonly logger?: Logger;
}): EntityPages {
  const { cards, sources = noSources, tabs = [{ id: 'overview', title: 'Overview' }] } = parts;
  const contributions = new PortalContributions();
  for (const card of cards) contributions.addEntityCard(card);
  for (const tab of tabs) contributions.addEntityTab(tab);
  const catalog = new InMemoryCatalog({
    entities: [
      anEntity('Component:orders', { type: 'service', owner: 'shop' }),
      anEntity('API:a', { type: 'openapi', owner: 'web' }),
    ],
    failed: [aFailedEntity({ kind: 'Component', name: 'broken' })],
  });
  const starred = new StarredEntities(inMemoryState());
  return new EntityPages({
    catalog,
    contributions,
    sources,
    starred,
    cards: cardDeps(parts.logger),
    logger: silentLogger,
  });
}

function aCard(id: string, card: Partial<EntityCard> = {}): EntityCard {
  return { id, title: id, load: () => ({ type: 'text', text: id }), ...card };
}
