import type { EntityCard, HomeCard } from '../../../api';
import type { Disposable } from '../../../base';
import type { PluginFailures } from '../../plugins/core';

type Card = EntityCard | HomeCard;

/** Milliseconds to wait after a card fires, to batch cards that change together. */
const DELAY = 50;
/** Minimum milliseconds between two rounds. */
const INTERVAL = 500;

/** Subscribes to the cards that an editor shows. */
export class ShownCards implements Disposable {
  #failures: Pick<PluginFailures, 'report'>;
  #onDidChange: (ids: readonly string[]) => void;
  #subscriptions = new Map<Card, Disposable | undefined>();
  #changed = new Set<Card>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastRound = -Infinity;

  /** @param deps.onDidChange - called with the ids of the shown cards that fired */
  constructor(deps: {
    readonly failures: Pick<PluginFailures, 'report'>;
    readonly onDidChange: (ids: readonly string[]) => void;
  }) {
    this.#failures = deps.failures;
    this.#onDidChange = deps.onDidChange;
  }

  /** Replaces the cards that are shown. */
  show(cards: readonly Card[]): void {
    const shown = new Set(cards);
    for (const [card, subscription] of this.#subscriptions) {
      if (shown.has(card)) continue;
      this.#subscriptions.delete(card);
      this.#changed.delete(card);
      this.#attempt(card, () => subscription?.dispose());
    }
    for (const card of shown) {
      if (this.#subscriptions.has(card)) continue;
      // Added before subscribing, because the card may fire at once.
      this.#subscriptions.set(card, undefined);
      this.#attempt(card, () => {
        const subscription = card.onDidChange?.(() => this.#fired(card));
        this.#subscriptions.set(card, subscription);
      });
    }
  }

  dispose(): void {
    this.show([]);
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #fired(card: Card): void {
    // Ignore cards that fire after their subscription is disposed.
    if (!this.#subscriptions.has(card)) return;
    this.#changed.add(card);
    const wait = Math.max(DELAY, this.#lastRound + INTERVAL - performance.now());
    this.#timer ??= setTimeout(() => this.#notify(), wait);
  }

  #notify(): void {
    this.#timer = undefined;
    this.#lastRound = performance.now();
    const ids = [...this.#changed].map(({ id }) => id);
    this.#changed.clear();
    if (ids.length) this.#onDidChange(ids);
  }

  #attempt(card: Card, action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#failures.report(card, `onDidChange of the card "${card.id}"`, error);
    }
  }
}
