import type { LayoutRequest, Ranks } from './layoutTypes';

/** Times that the order within ranks is improved. */
const SWEEPS = 6;

/**
 * Ranks for graphs with too many edges for anything better: each node stands behind all that lead to it, circles
 * left aside, and as near as may be to the mean of what it is related to.
 */
export function quickRanks(part: readonly number[], edges: LayoutRequest['edges']): Ranks {
  const related = new Map<number, number[]>(part.map(node => [node, []]));
  for (const [source, target] of edges) {
    related.get(source)?.push(target);
    related.get(target)?.push(source);
  }
  const rankOf = longestPaths(part, edges);
  const ranks: number[][] = [];
  for (const node of part) (ranks[rankOf.get(node) ?? 0] ??= []).push(node);
  const filled = ranks.filter(rank => rank.length);
  const place = new Map<number, number>();
  const note = (rank: readonly number[]): void =>
    // From 0 to 1, so that long and short ranks compare.
    rank.forEach((node, index) => place.set(node, (index + 0.5) / rank.length));
  filled.forEach(note);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const rank of sweep % 2 ? [...filled].reverse() : filled) {
      const means = new Map(rank.map(node => [node, meanOf(related.get(node) ?? [], place)]));
      rank.sort((a, b) => (means.get(a) ?? 0) - (means.get(b) ?? 0));
      note(rank);
    }
  }
  const longest = Math.max(...filled.map(({ length }) => length));
  return filled.map(rank => rank.map(node => ({ node, y: (place.get(node) ?? 0) * longest * 50 })));
}

/** By node, how many edges lead to it at most; edges back, which close a circle, do not count. */
export function longestPaths(
  part: readonly number[],
  edges: LayoutRequest['edges'],
): ReadonlyMap<number, number> {
  const outgoing = new Map<number, number[]>(part.map(node => [node, []]));
  for (const [source, target] of edges) outgoing.get(source)?.push(target);
  const state = new Map<number, 'open' | 'done'>();
  const order: number[] = [];
  const back = new Set<string>();
  for (const start of part) {
    const stack: { node: number; next: number }[] = state.has(start)
      ? []
      : [{ node: start, next: 0 }];
    if (stack.length) state.set(start, 'open');
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const target = outgoing.get(top.node)?.[top.next++];
      if (target === undefined) {
        state.set(top.node, 'done');
        order.push(top.node);
        stack.pop();
      } else if (state.get(target) === 'open') back.add(`${top.node} ${target}`);
      else if (!state.has(target)) {
        state.set(target, 'open');
        stack.push({ node: target, next: 0 });
      }
    }
  }
  const ranks = new Map<number, number>();
  for (const node of order.reverse()) {
    const rank = ranks.get(node) ?? 0;
    ranks.set(node, rank);
    for (const target of outgoing.get(node) ?? []) {
      if (back.has(`${node} ${target}`)) continue;
      ranks.set(target, Math.max(ranks.get(target) ?? 0, rank + 1));
    }
  }
  return ranks;
}

function meanOf(nodes: readonly number[], place: ReadonlyMap<number, number>): number {
  return nodes.reduce((sum, node) => sum + (place.get(node) ?? 0), 0) / Math.max(nodes.length, 1);
}
