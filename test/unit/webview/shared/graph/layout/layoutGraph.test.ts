import { describe, expect, it } from 'vitest';
import { layoutGraph } from '../../../../../../webview/shared/graph/layout/layoutGraph';
import type {
  Box,
  LayoutEdge,
  Place,
} from '../../../../../../webview/shared/graph/layout/layoutTypes';

const size: Box = { width: 160, height: 36 };
const rooms: readonly (readonly [string, Box])[] = [
  ['wide', { width: 1_800, height: 700 }],
  ['square', { width: 800, height: 800 }],
  ['high', { width: 450, height: 900 }],
];
const [, [, square]] = rooms as [unknown, readonly [string, Box]];

interface Case {
  readonly count: number;
  readonly edges: readonly LayoutEdge[];
  readonly roots?: readonly number[];
}

function layOut({ count, edges, roots }: Case, room: Box) {
  return layoutGraph({ nodes: Array.from({ length: count }, () => size), edges, roots, room });
}

const drawings = new Map<Case, Map<Box, ReturnType<typeof layOut>>>();

/** Lays out a graph in a room once for all tests: large ones take seconds. */
function drawingOf(graph: Case, room: Box): ReturnType<typeof layOut> {
  const ofGraph = drawings.get(graph) ?? new Map<Box, ReturnType<typeof layOut>>();
  drawings.set(graph, ofGraph);
  const drawing = ofGraph.get(room) ?? layOut(graph, room);
  ofGraph.set(room, drawing);
  return drawing;
}

/** Pairs of nodes that lie over each other. */
function overlaps(places: readonly Place[]): number {
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

/** Size of a drawing. */
function extentOf(places: readonly Place[]): Box {
  const extent = (axis: 0 | 1): number => {
    const values = places.map(place => place[axis]);
    return Math.max(...values) - Math.min(...values);
  };
  return { width: extent(0) + size.width, height: extent(1) + size.height };
}

/** Aspect ratio of a drawing relative to that of the room: 1 for the same shape. */
function shape(places: readonly Place[], room: Box): number {
  const { width, height } = extentOf(places);
  return width / room.width / (height / room.height);
}

/** Every node has edges to earlier ones, so that edges cross many ranks. */
function tangled(count: number): Case {
  return {
    count,
    edges: Array.from({ length: count * 4 }, (_, index) => {
      const source = 1 + (index % (count - 1));
      return [source, (index * 7919) % source] as const;
    }),
  };
}

function chain(count: number): Case {
  return { count, edges: Array.from({ length: count - 1 }, (_, index) => [index, index + 1]) };
}

function star(count: number, roots?: readonly number[]): Case {
  const edges = Array.from({ length: count - 1 }, (_, index): LayoutEdge => {
    return index % 3 ? [index + 1, 0] : [0, index + 1];
  });
  return { count, edges, roots };
}

/** Pairs of nodes without other relations. */
function pairs(count: number): Case {
  return {
    count,
    edges: Array.from({ length: count / 2 }, (_, index) => [2 * index, 2 * index + 1]),
  };
}

const small: readonly (readonly [string, Case])[] = [
  ['nothing', { count: 0, edges: [] }],
  ['one that is related to itself', { count: 1, edges: [[0, 0]] }],
  [
    'a cycle',
    {
      count: 3,
      edges: [
        [0, 1],
        [1, 2],
        [2, 0],
      ],
    },
  ],
  [
    'edges in both directions',
    {
      count: 4,
      edges: [
        [0, 1],
        [1, 0],
        [0, 1],
      ],
    },
  ],
  [
    'two parts and singles',
    {
      count: 9,
      edges: [
        [0, 1],
        [1, 2],
        [3, 4],
      ],
    },
  ],
];
const large: readonly (readonly [string, Case])[] = [
  ['a chain', chain(60)],
  ['one with many', star(200)],
  ['one with many that is the root', star(60, [0])],
  ['many pairs', pairs(120)],
  ['nodes without edges', { count: 300, edges: [] }],
  ['a part and many nodes without edges', { ...chain(12), count: 150 }],
  ['60 nodes with too many edges to order', tangled(60)],
  ['300 nodes with too many edges to order', tangled(300)],
  ['2,000 nodes with too many edges to order', tangled(2_000)],
];

describe('layout', () => {
  it.each([...small, ...large])('of %s has no overlapping nodes', (_, graph) => {
    const { places } = drawingOf(graph, square);
    expect(places).toHaveLength(graph.count);
    expect(places.flat().every(Number.isFinite)).toBe(true);
    expect(overlaps(places)).toBe(0);
  });

  it.each(large)('of %s has the shape of the room', (_, graph) => {
    for (const [name, room] of rooms) {
      const ratio = shape(drawingOf(graph, room).places, room);
      expect(ratio, name).toBeGreaterThan(0.4);
      expect(ratio, name).toBeLessThan(2.5);
    }
  });

  it.each(large.filter(([, { count }]) => count <= 300))(
    'of %s is the same for the same graph',
    (_, graph) => {
      expect(layOut(graph, square)).toEqual(drawingOf(graph, square));
    },
  );

  it('flows right in a wide room and down in a high one', () => {
    const graph = chain(4);
    const [, [, high]] = [rooms[0], rooms[2]] as [unknown, readonly [string, Box]];
    const right = layOut(graph, { width: 1_800, height: 700 });
    expect(right.flow).toBe('right');
    expect(right.places.map(([x]) => x)).toEqual(
      right.places.map(([x]) => x).sort((a, b) => a - b),
    );
    const down = layOut(graph, high);
    expect(down.flow).toBe('down');
    expect(down.places.map(([, y]) => y)).toEqual(
      down.places.map(([, y]) => y).sort((a, b) => a - b),
    );
  });

  it('fits the room if wrapped ranks make it fit, even if it nearly fits without', () => {
    const graph = star(60);
    for (const height of [1_850, 1_900]) {
      const drawn = extentOf(layOut(graph, { width: 1_800, height }).places);
      expect(drawn.width, `${height}`).toBeLessThanOrEqual(1_800);
      expect(drawn.height, `${height}`).toBeLessThanOrEqual(height);
    }
  });

  it('narrows the gaps if only then all names are legible', () => {
    const chain: Case = { count: 5, edges: [0, 1, 2, 3].map(node => [node, node + 1] as const) };
    const heightIn = (height: number): number => {
      const { places } = layOut(chain, { width: 200, height });
      expect(overlaps(places)).toBe(0);
      return extentOf(places).height;
    };
    const loose = heightIn(1_000);
    expect(loose).toBe(heightIn(loose));
    const narrow = heightIn(loose - 30);
    expect(narrow).toBeLessThanOrEqual(loose - 30);
    expect(narrow).toBeGreaterThan(loose - 60);
    // Narrower gaps don't help.
    expect(heightIn(loose / 2)).toBe(loose);
  });

  it('places sources of a root before it and targets after it', () => {
    const graph = star(60, [0]);
    for (const [, room] of rooms) {
      const { flow, places } = layOut(graph, room);
      const axis = flow === 'right' ? 0 : 1;
      for (const [source, target] of graph.edges) {
        expect(places[source]?.[axis] ?? 0).toBeLessThan(places[target]?.[axis] ?? 0);
      }
    }
  });

  it('groups related nodes if there are too many edges to order', () => {
    // Two groups with edges between all their nodes, and one edge between the groups.
    const within = (from: number): LayoutEdge[] =>
      Array.from({ length: 30 * 30 }, (_, index): LayoutEdge => {
        return [from + (index % 30), from + Math.floor(index / 30)];
      });
    const { places } = layOut(
      { count: 60, edges: [...within(0), ...within(30), [0, 30]] },
      { width: 1_800, height: 700 },
    );
    const mean = (from: number): number =>
      places.slice(from, from + 30).reduce((sum, [x]) => sum + x, 0) / 30;
    const spread = (from: number): number =>
      places.slice(from, from + 30).reduce((sum, [x]) => sum + Math.abs(x - mean(from)), 0) / 30;
    expect(Math.abs(mean(0) - mean(30))).toBeGreaterThan(spread(0));
  });
});
