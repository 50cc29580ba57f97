import { describe, expect, it } from 'vitest';
import { layoutGraph } from '../../../../../webview/shared/graph/layoutGraph';
import type { LayoutRequest, LayoutResult } from '../../../../../webview/shared/graph/layoutTypes';

const size = { width: 100, height: 30 };

function graph(count: number, edges: LayoutRequest['edges']): LayoutRequest {
  return { nodes: Array.from({ length: count }, (_, id) => ({ id: `${id}`, ...size })), edges };
}

/** Pairs of nodes that lie over each other. */
function overlaps(places: LayoutResult): number {
  return places.reduce(
    (sum, [x, y], index) =>
      sum +
      places
        .slice(index + 1)
        .filter(
          ([otherX, otherY]) =>
            Math.abs(x - otherX) < size.width - 0.01 && Math.abs(y - otherY) < size.height - 0.01,
        ).length,
    0,
  );
}

function extent(places: LayoutResult, axis: 0 | 1): number {
  const values = places.map(place => place[axis]);
  return Math.max(...values) - Math.min(...values);
}

/** Every node leads to some before it, so that edges cross many ranks. */
function tangled(count: number): LayoutRequest {
  return graph(
    count,
    Array.from({ length: count * 4 }, (_, index) => {
      const source = 1 + (index % (count - 1));
      return [source, (index * 7919) % source] as const;
    }),
  );
}

const cases: readonly (readonly [string, LayoutRequest])[] = [
  ['nothing', graph(0, [])],
  ['one that is related to itself', graph(1, [[0, 0]])],
  [
    'a circle',
    graph(3, [
      [0, 1],
      [1, 2],
      [2, 0],
    ]),
  ],
  [
    'two parts and singles',
    graph(9, [
      [0, 1],
      [1, 2],
      [3, 4],
    ]),
  ],
  [
    'one with many',
    graph(
      200,
      Array.from({ length: 199 }, (_, index) => [index + 1, 0] as const),
    ),
  ],
  ['too many edges to order', tangled(150)],
  [
    'edges to nowhere, both ways',
    graph(4, [
      [0, 1],
      [1, 0],
      [0, 1],
    ]),
  ],
];

describe('a layout', () => {
  it.each(cases)('of %s has each node in a place of its own', (_, request) => {
    const places = layoutGraph(request);
    expect(places).toHaveLength(request.nodes.length);
    expect(places.flat().every(Number.isFinite)).toBe(true);
    expect(overlaps(places)).toBe(0);
    expect(layoutGraph(request)).toEqual(places);
  });

  it('goes from left to right along the edges', () => {
    const [first = [0, 0], second = [0, 0], third = [0, 0]] = layoutGraph(
      graph(3, [
        [0, 1],
        [1, 2],
      ]),
    );
    expect(first[0]).toBeLessThan(second[0]);
    expect(second[0]).toBeLessThan(third[0]);
  });

  it('does so as well where there are too many edges to order', () => {
    const request = tangled(150);
    const places = layoutGraph(request);
    for (const [source, target] of request.edges) {
      if (source === target) continue;
      expect(places[source]?.[0] ?? 0).toBeLessThan(places[target]?.[0] ?? 0);
    }
  });

  it('of many that lead to one is not a column that nobody sees the ends of', () => {
    const [, request] = cases[4] ?? ['', graph(0, [])];
    const places = layoutGraph(request);
    expect(extent(places, 1) / extent(places, 0)).toBeLessThan(3);
  });
});
