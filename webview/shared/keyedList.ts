import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

/**
 * Renders a list whose elements stay with their items when the list changes, so that neither the focus nor a click meets
 * another item. Items with equal keys are distinguished by their order.
 */
export function keyedList<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  render: (item: T, index: number) => TemplateResult,
): unknown {
  const counts = new Map<string, number>();
  const keys = items.map(item => {
    const key = keyOf(item);
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return `${count} ${key}`;
  });
  return repeat(items, (_, index) => keys[index], render);
}

/** The key of an item that is its own key, such as an entity ref. */
export function itself(key: string): string {
  return key;
}
