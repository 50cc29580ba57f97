import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { EntityCard } from '../../../../../src/api';
import { Emitter, silentLogger } from '../../../../../src/base';
import { ShownCards } from '../../../../../src/features/portal/core';
import { cardDeps } from '../../../../support/cardDeps';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function opened() {
  const rounds: string[] = [];
  const logged: string[] = [];
  const logger = { ...silentLogger, error: (message: string) => logged.push(message) };
  const shown = new ShownCards({
    failures: cardDeps(logger).failures,
    onDidChange: ids => rounds.push(ids.join()),
  });
  return { shown, rounds, logged };
}

function aCard(id: string) {
  const changed = new Emitter<void>();
  let listeners = 0;
  const card: EntityCard = {
    id,
    title: id,
    load: () => undefined,
    onDidChange: listener => {
      listeners++;
      const subscription = changed.event(listener);
      return {
        dispose() {
          listeners--;
          subscription.dispose();
        },
      };
    },
  };
  return { card, fire: () => changed.fire(), listeners: () => listeners };
}

it('subscribes to cards while they are shown', () => {
  const { shown, rounds } = opened();
  const [a, b] = [aCard('a'), aCard('b')];
  shown.show([a.card, b.card]);
  shown.show([b.card]);
  expect([a.listeners(), b.listeners()]).toEqual([0, 1]);
  a.fire();
  b.fire();
  vi.runAllTimers();
  expect(rounds).toEqual(['b']);
  b.fire();
  shown.dispose();
  vi.runAllTimers();
  expect([b.listeners(), ...rounds]).toEqual([0, 'b']);
});

it('batches a burst of changes', () => {
  const { shown, rounds } = opened();
  const [a, b] = [aCard('a'), aCard('b')];
  shown.show([a.card, b.card]);
  for (let i = 0; i < 2000; i++) {
    a.fire();
    if (i % 3 === 0) b.fire();
    vi.advanceTimersByTime(1);
  }
  expect(rounds.length).toBeGreaterThan(2);
  expect(rounds.length).toBeLessThan(6);
  vi.advanceTimersByTime(1000);
  expect(rounds.at(-1)).toBe('a,b');
});

it('tolerates cards that fire during subscription, throw or never stop', () => {
  const { shown, rounds, logged } = opened();
  let fire = (): void => {};
  const load = (): undefined => undefined;
  const eager: EntityCard = {
    id: 'eager',
    title: 'Eager',
    load,
    onDidChange: listener => {
      fire = () => listener();
      listener();
      return {
        dispose() {
          throw new Error('I stay');
        },
      };
    },
  };
  const refusing: EntityCard = {
    id: 'refusing',
    title: 'Refusing',
    load,
    onDidChange: () => {
      throw new Error('Not to me');
    },
  };
  shown.show([eager, refusing]);
  vi.runAllTimers();
  expect(rounds).toEqual(['eager']);
  shown.show([]);
  fire();
  vi.runAllTimers();
  expect(rounds).toEqual(['eager']);
  expect(logged).toEqual([
    'Plugin "todo": onDidChange of the card "refusing" failed',
    'Plugin "todo": onDidChange of the card "eager" failed',
  ]);
});
