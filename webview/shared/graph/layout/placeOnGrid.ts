import type { Block, Box, LayoutEdge, Place } from './layoutTypes';
import { COLUMN_GAP, ROW_GAP } from './placeRanks';

/** Number of passes that move nodes nearer to their neighbors. */
const SWEEPS = 4;

interface Cell {
  readonly x: number;
  readonly y: number;
}

export interface GridOptions {
  readonly nodes: readonly Box[];
  /** Width and height. Only the ratio counts unless a side is fixed. */
  readonly room: Box;
  /** Factor on the gaps between nodes; default: 1. */
  readonly spacing?: number;
  /** Fixed width or height of the grid. */
  readonly side?: { readonly width: number } | { readonly height: number };
}

/**
 * Places nodes on a grid in the shape of the room: the most related node in the middle, others as near as possible to
 * their neighbors. For graphs with too many edges for any order along them.
 */
export function placeOnGrid(
  part: readonly number[],
  edges: readonly LayoutEdge[],
  { nodes, room, side, spacing = 1 }: GridOptions,
): Block {
  const [columnGap, rowGap] = [COLUMN_GAP * spacing, ROW_GAP * spacing];
  const boxes = part.map((node): Box => nodes[node] ?? { width: 0, height: 0 });
  const width = Math.max(0, ...boxes.map(box => box.width)) + columnGap;
  const height = Math.max(0, ...boxes.map(box => box.height)) + rowGap;
  const columns = Math.max(1, Math.min(part.length, columnsFor()));
  const cells = part.map((_, index): Cell => ({
    x: (index % columns) * width,
    y: Math.floor(index / columns) * height,
  }));
  const cellOf = new Assignment(cells, relatedIn(part, edges)).cells();
  const places = part.map((node, index): [number, Place] => {
    const { x, y } = cells[cellOf[index] ?? 0] ?? { x: 0, y: 0 };
    return [node, [x + (boxes[index]?.width ?? 0) / 2, y + (height - rowGap) / 2]];
  });
  return {
    places: new Map(places),
    width: columns * width - columnGap,
    height: Math.ceil(part.length / columns) * height - rowGap,
  };

  function columnsFor(): number {
    if (side && 'width' in side) return Math.floor((side.width + columnGap) / width);
    if (side) {
      return Math.ceil(part.length / Math.max(1, Math.floor((side.height + rowGap) / height)));
    }
    return Math.round(Math.sqrt((part.length * room.width * height) / (room.height * width)));
  }
}

/** Neighbors of each node and the strength of the relation, by index in the part. */
type Related = readonly ReadonlyMap<number, number>[];

function relatedIn(part: readonly number[], edges: readonly LayoutEdge[]): Related {
  const indices = new Map(part.map((node, index) => [node, index]));
  const related = part.map(() => new Map<number, number>());
  for (const [source, target, weight = 1] of edges) {
    const [from, to] = [indices.get(source), indices.get(target)];
    if (from === undefined || to === undefined || from === to) continue;
    related[from]?.set(to, (related[from].get(to) ?? 0) + weight);
    related[to]?.set(from, (related[to].get(from) ?? 0) + weight);
  }
  const totals = related.map(others => [...others.values()].reduce((sum, value) => sum + value, 0));
  // Nodes that are related to everything say little about groups.
  return related.map((others, from) => {
    return new Map(
      [...others].map(([to, weight]) => {
        return [to, weight / Math.sqrt((totals[from] ?? 1) * (totals[to] ?? 1))];
      }),
    );
  });
}

/** Assigns nodes to cells. */
class Assignment {
  #cells: readonly Cell[];
  #related: Related;
  /** Cell index by node, and the inverse. */
  #cellOf: (number | undefined)[] = [];
  #nodeIn: (number | undefined)[] = [];

  constructor(cells: readonly Cell[], related: Related) {
    this.#cells = cells;
    this.#related = related;
  }

  cells(): readonly (number | undefined)[] {
    this.#construct();
    for (let sweep = 0; sweep < SWEEPS; sweep++) this.#improve();
    return this.#cellOf;
  }

  /** Places the node that is most related to the placed ones in the nearest free cell. */
  #construct(): void {
    const free = new Set(this.#cells.keys());
    const waiting = new Set(this.#related.keys());
    const pull = this.#related.map(() => 0);
    const last = this.#cells.at(-1) ?? { x: 0, y: 0 };
    const middle = {
      x: (this.#cells.length > 1 ? Math.max(...this.#cells.map(({ x }) => x)) : 0) / 2,
      y: last.y / 2,
    };
    while (waiting.size) {
      let next: number | undefined;
      for (const node of waiting) {
        if (next === undefined || this.#isBefore(node, next, pull)) next = node;
      }
      if (next === undefined) return;
      waiting.delete(next);
      const cell = this.#nearest(free, this.#center(next) ?? middle);
      free.delete(cell);
      this.#put(next, cell);
      for (const [other, weight] of this.#related[next] ?? [])
        pull[other] = (pull[other] ?? 0) + weight;
    }
  }

  #isBefore(node: number, other: number, pull: readonly number[]): boolean {
    const difference = (pull[node] ?? 0) - (pull[other] ?? 0);
    if (difference !== 0) return difference > 0;
    return (this.#related[node]?.size ?? 0) > (this.#related[other]?.size ?? 0);
  }

  /** Swaps nodes if that shortens edges. */
  #improve(): void {
    for (const node of this.#related.keys()) {
      const center = this.#center(node);
      const from = this.#cellOf[node];
      if (!center || from === undefined) continue;
      const to = this.#nearest(this.#cells.keys(), center);
      const other = this.#nodeIn[to];
      if (to === from || other === undefined) continue;
      const before = this.#length(node) + this.#length(other);
      this.#put(node, to);
      this.#put(other, from);
      if (this.#length(node) + this.#length(other) < before) continue;
      this.#put(node, from);
      this.#put(other, to);
    }
  }

  #put(node: number, cell: number): void {
    this.#cellOf[node] = cell;
    this.#nodeIn[cell] = node;
  }

  /** Center of a node's placed neighbors. */
  #center(node: number): Cell | undefined {
    let [x, y, total] = [0, 0, 0];
    for (const [other, weight] of this.#related[node] ?? []) {
      const cell = this.#cells[this.#cellOf[other] ?? -1];
      if (!cell) continue;
      x += cell.x * weight;
      y += cell.y * weight;
      total += weight;
    }
    return total > 0 ? { x: x / total, y: y / total } : undefined;
  }

  #length(node: number): number {
    const own = this.#cells[this.#cellOf[node] ?? -1];
    let sum = 0;
    for (const [other, weight] of this.#related[node] ?? []) {
      const cell = this.#cells[this.#cellOf[other] ?? -1];
      if (own && cell) sum += weight * Math.hypot(cell.x - own.x, cell.y - own.y);
    }
    return sum;
  }

  #nearest(cells: Iterable<number>, { x, y }: Cell): number {
    let [best, bestDistance] = [0, Infinity];
    for (const index of cells) {
      const cell = this.#cells[index];
      if (!cell) continue;
      const distance = (cell.x - x) ** 2 + (cell.y - y) ** 2;
      if (distance < bestDistance) [best, bestDistance] = [index, distance];
    }
    return best;
  }
}
