import type { CardContent, EntityCard, HomeCard, Tone } from '../../../src/api';
import { Emitter } from '../../../src/base';
import type { PortalContributions } from '../../../src/features/plugins/core';

/** The API that tests use as `window.hostile`. */
export interface HostileCards {
  /** Number of loads of each card, by its id. */
  readonly requestCounts: Record<string, number>;
  /** Number of listeners to the counting card's event. */
  listeners: number;
  /** Fires the counting card's change event. */
  fire(): void;
  /** Answers for the card that hangs. */
  answer(): void;
  /** The content of the card that is empty at first. */
  text: string | undefined;
  /** Badge of the tab that isn't shown at first. */
  badge: number | undefined;
}

declare global {
  interface Window {
    hostile: HostileCards;
  }
}

const tones: readonly Tone[] = ['none', 'info', 'good', 'warning', 'bad'];

/** Adds cards that misbehave, beside some that behave. */
export function addHostileCards(contributions: PortalContributions): void {
  const counted = new Emitter<void>();
  const flooding = new Emitter<void>();
  const answers: ((content: CardContent) => void)[] = [];
  const text = (what: string): CardContent => ({ type: 'text', text: what });
  const hostile: HostileCards = (window.hostile = {
    requestCounts: {},
    listeners: 0,
    fire: () => counted.fire(),
    answer: () => {
      for (const answer of answers.splice(0)) answer(text('At last'));
    },
    text: undefined,
    badge: undefined,
  });
  const lie = (content: unknown): CardContent => content as CardContent;
  const endless: Record<string, unknown> = { id: 'a', label: 'a' };
  endless['children'] = [endless];
  const rows = Array.from({ length: 40 }, (_, index) => `row ${index}`);
  const cards: Readonly<Record<string, Omit<EntityCard, 'id' | 'title'>>> = {
    throws: {
      load() {
        throw new Error('No such table');
      },
    },
    rejects: { load: () => Promise.reject(new Error('No connection')) },
    hangs: { load: () => new Promise(resolve => answers.push(resolve)) },
    unknown: { load: () => lie({ type: 'hologram', beams: 3 }) },
    nested: { load: () => lie({ type: 'sections', sections: [{ content: { type: 'pie' } }] }) },
    shapeless: { load: async () => lie({ type: 'fields', fields: [{ label: 'A', value: 'B' }] }) },
    endless: { load: () => lie({ type: 'tree', label: 'a', items: [endless] }) },
    acts: { load: () => text('It acts'), actionsFor: () => [{ title: 1 }] as never },
    floods: {
      load() {
        flooding.fire();
        return text(`Flooded ${hostile.requestCounts['floods']}`);
      },
      onDidChange: listener => {
        // Keeps firing even without a subscription.
        setInterval(listener, 1);
        return flooding.event(listener);
      },
    },
    subscribes: {
      load: () => text('It subscribes'),
      onDidChange: () => {
        throw new Error('Not to me');
      },
    },
    tones: {
      load: () => ({
        type: 'fields',
        fields: tones.map(tone => ({
          label: tone,
          value: [{ type: 'text', text: `It is ${tone}`, tone }],
        })),
      }),
    },
    counts: {
      load: () => ({
        type: 'sections',
        sections: [
          { content: text(`Asked ${hostile.requestCounts['counts']}`) },
          {
            content: {
              type: 'links',
              links: rows.map(row => ({ text: row, target: { type: 'url', url: 'https://a.b' } })),
            },
          },
        ],
      }),
      onDidChange: listener => {
        hostile.listeners++;
        const subscription = counted.event(listener);
        return {
          dispose() {
            hostile.listeners--;
            subscription.dispose();
          },
        };
      },
    },
    hidden: {
      tab: 'hostile',
      load: () => text('Behind'),
      onDidChange: counted.event,
    },
    appears: {
      load: () => (hostile.text === undefined ? undefined : text(hostile.text)),
      onDidChange: counted.event,
    },
  };
  for (const [id, card] of Object.entries(cards)) {
    const load = (...params: Parameters<EntityCard['load']>): ReturnType<EntityCard['load']> => {
      hostile.requestCounts[id] = (hostile.requestCounts[id] ?? 0) + 1;
      return card.load(...params);
    };
    contributions.addEntityCard({ title: `Card ${id}`, order: -1, ...card, id, load });
  }
  contributions.addEntityTab({
    id: 'hostile',
    title: 'Hidden',
    badgeFor: () => hostile.badge,
  });
  const home: HomeCard = {
    id: 'home-counts',
    title: 'Card at home',
    load: () => {
      hostile.requestCounts['home-counts'] = (hostile.requestCounts['home-counts'] ?? 0) + 1;
      return text(`Home asked ${hostile.requestCounts['home-counts']}`);
    },
    onDidChange: counted.event,
  };
  contributions.addHomeCard(home);
}
