import { Graph, layout } from '@dagrejs/dagre';
import type { LayoutEdge, Ranks } from './layoutTypes';

/**
 * `dagre` orders whatever stands in the ranks, and edges stand in each rank that they cross. Up to this number of
 * both, ranks make for the shortest edges.
 */
const MAX_TIDY = 600;
/** Up to this number, `dagre` takes less than a second; beyond, it takes longer than a reader waits. */
const MAX_ORDERED = 1_500;
/** Distance between rows that `dagre` is asked for: all rows are the same to it. */
const ROW = 10;

/** Ranks along the edges; undefined if there are too many of them for ranks to mean anything. */
export function layeredRanks(
  nodes: readonly number[],
  edges: readonly LayoutEdge[],
): Ranks | undefined {
  const crossings = countCrossings(nodes, edges);
  if (crossings > MAX_ORDERED) return undefined;
  const graph = new Graph();
  graph.setGraph({
    rankdir: 'LR',
    nodesep: 0,
    edgesep: 0,
    ranksep: ROW,
    ranker: crossings <= MAX_TIDY ? 'network-simplex' : 'longest-path',
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(`${node}`, { width: ROW, height: ROW });
  for (const [source, target] of edges) graph.setEdge(`${source}`, `${target}`);
  layout(graph);
  const ranks = new Map<number, { node: number; row: number }[]>();
  for (const node of nodes) {
    const { x = 0, y = 0 } = graph.node(`${node}`) as { x?: number; y?: number };
    const rank = ranks.get(x);
    if (rank) rank.push({ node, row: y / ROW });
    else ranks.set(x, [{ node, row: y / ROW }]);
  }
  return [...ranks].sort(([a], [b]) => a - b).map(([, rank]) => rank.sort((a, b) => a.row - b.row));
}

/**
 * Ranks by distance from the roots: what leads to them before them, what they lead to behind them. Direct neighbors
 * stand next to their root, however the neighbors are related to each other.
 */
export function distanceRanks(
  nodes: readonly number[],
  edges: readonly LayoutEdge[],
  roots: readonly number[],
): Ranks {
  const related = new Map<number, { readonly next: number; readonly step: 1 | -1 }[]>(
    nodes.map(node => [node, []]),
  );
  for (const [source, target] of edges) {
    related.get(source)?.push({ next: target, step: 1 });
    related.get(target)?.push({ next: source, step: -1 });
  }
  const rankOf = new Map(roots.map(root => [root, 0]));
  // A map grows while it is iterated, which makes this a breadth-first search.
  for (const [node, rank] of rankOf) {
    for (const { next, step } of related.get(node) ?? []) {
      // Beyond the first step, a rank only grows away from the roots.
      if (!rankOf.has(next)) rankOf.set(next, rank === 0 ? step : rank + Math.sign(rank));
    }
  }
  const ranks = new Map<number, number[]>();
  for (const node of nodes) {
    const rank = rankOf.get(node) ?? 0;
    const members = ranks.get(rank);
    if (members) members.push(node);
    else ranks.set(rank, [node]);
  }
  const rowOf = new Map<number, number>();
  const outward = [...ranks].sort(([a], [b]) => Math.abs(a) - Math.abs(b));
  for (const [, members] of outward) {
    const mean = new Map(
      members.map(node => {
        const rows = (related.get(node) ?? []).flatMap(({ next }) => rowOf.get(next) ?? []);
        return [node, rows.reduce((sum, row) => sum + row, 0) / Math.max(rows.length, 1)];
      }),
    );
    members
      .sort((a, b) => (mean.get(a) ?? 0) - (mean.get(b) ?? 0))
      .forEach((node, index) => rowOf.set(node, index - (members.length - 1) / 2));
  }
  return [...ranks]
    .sort(([a], [b]) => a - b)
    .map(([, members]) => members.map(node => ({ node, row: rowOf.get(node) ?? 0 })));
}

/** Places in ranks that nodes and edges take at most. */
function countCrossings(nodes: readonly number[], edges: readonly LayoutEdge[]): number {
  const ranks = longestPaths(nodes, edges);
  const crossed = edges.map(([source, target]) => {
    return Math.abs((ranks.get(target) ?? 0) - (ranks.get(source) ?? 0)) - 1;
  });
  return crossed.reduce((sum, count) => sum + Math.max(0, count), nodes.length);
}

/** Length of the longest path to each node; edges that close a cycle don't count. */
function longestPaths(
  nodes: readonly number[],
  edges: readonly LayoutEdge[],
): ReadonlyMap<number, number> {
  const outgoing = new Map<number, number[]>(nodes.map(node => [node, []]));
  for (const [source, target] of edges) outgoing.get(source)?.push(target);
  const state = new Map<number, 'open' | 'done'>();
  const order: number[] = [];
  const back = new Set<string>();
  for (const start of nodes) {
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
