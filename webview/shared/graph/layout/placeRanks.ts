import type { Block, Box, Flow, Place, Ranks } from './layoutTypes';

/** Gaps between nodes beside and above each other. */
export const COLUMN_GAP = 24;
export const ROW_GAP = 14;
/** Gap between ranks, for arrows and relation labels. Labels are only drawn between few nodes. */
const RANK_GAPS: Readonly<Record<Flow, number>> = { right: 90, down: 48 };
const TIGHT_RANK_GAPS: Readonly<Record<Flow, number>> = { right: 56, down: 36 };
const MAX_LOOSE = 12;
/** Gap between wrapped lines of ranks. */
const LINE_GAP = 48;

export interface PlaceRanksOptions {
  readonly nodes: readonly Box[];
  readonly flow: Flow;
  /** Maximum number of nodes of a rank across the flow. A longer rank takes several rows or columns. */
  readonly maxAcross: number;
  /** Number of lines to wrap the ranks into. */
  readonly lines: number;
  /** Factor on all gaps. */
  readonly spacing: number;
}

/** A rank with positioned nodes: `along` the flow from its start, and `across` it. */
interface PlacedRank {
  readonly length: number;
  readonly nodes: readonly {
    readonly node: number;
    readonly along: number;
    readonly across: number;
    readonly depth: number;
  }[];
}

/** Places ranks one after another along the flow. */
export function placeRanks(ranks: Ranks, options: PlaceRanksOptions): Block {
  const { nodes, flow, maxAcross, lines, spacing } = options;
  const isRight = flow === 'right';
  const count = ranks.reduce((sum, rank) => sum + rank.length, 0);
  const rankGap = (count > MAX_LOOSE ? TIGHT_RANK_GAPS : RANK_GAPS)[flow] * spacing;
  const sizes = nodes.map(({ width, height }) =>
    isRight ? { length: width, depth: height } : { length: height, depth: width },
  );
  const [column, row] = [COLUMN_GAP * spacing, ROW_GAP * spacing];
  const gaps = isRight ? { along: column, across: row } : { along: row, across: column };
  const rows = ranks.flat().map(({ row }) => row);
  const fitting = maxAcross / Math.max(1, Math.max(...rows) - Math.min(...rows));
  const squeeze = Math.min(1, fitting) * spacing;
  const placed = ranks.map(rank => placeRank(rank, { sizes, gaps, maxAcross, squeeze }));
  const places = new Map<number, Place>();
  let length = 0;
  let depth = 0;
  for (const line of linesOf(placed, lines, rankGap)) {
    const inLine = line.flatMap(rank => rank.nodes);
    const first = Math.min(...inLine.map(({ across, depth: size }) => across - size / 2));
    const last = Math.max(...inLine.map(({ across, depth: size }) => across + size / 2));
    if (depth > 0) depth += LINE_GAP * spacing;
    let start = 0;
    for (const rank of line) {
      for (const { node, along, across } of rank.nodes) {
        const [main, cross] = [start + along, depth + across - first];
        places.set(node, isRight ? [main, cross] : [cross, main]);
      }
      start += rank.length + rankGap;
    }
    length = Math.max(length, start - rankGap);
    depth += last - first;
  }
  return isRight
    ? { places, width: length, height: depth }
    : { places, width: depth, height: length };
}

/** Splits ranks into lines of about the same length. */
function linesOf(
  ranks: readonly PlacedRank[],
  count: number,
  gap: number,
): readonly (readonly PlacedRank[])[] {
  const wanted = ranks.reduce((sum, { length }) => sum + length + gap, 0) / count;
  const lines: PlacedRank[][] = [];
  let before = 0;
  for (const rank of ranks) {
    const line = Math.min(count - 1, Math.floor((before + rank.length / 2) / wanted));
    (lines[line] ??= []).push(rank);
    before += rank.length + gap;
  }
  return lines.filter(line => line.length);
}

/**
 * Places the nodes of a rank. A long rank, such as everything a group owns, takes several rows or columns to stay
 * visible.
 */
function placeRank(
  rank: Ranks[number],
  {
    sizes,
    gaps,
    maxAcross,
    squeeze,
  }: {
    readonly sizes: readonly { readonly length: number; readonly depth: number }[];
    readonly gaps: { readonly along: number; readonly across: number };
    readonly maxAcross: number;
    /** Share of the row distances that fits. */
    readonly squeeze: number;
  },
): PlacedRank {
  const columns = Math.ceil(rank.length / maxAcross);
  const lengths = Array.from({ length: columns }, (_, column) =>
    Math.max(
      ...rank.filter((_node, i) => i % columns === column).map(({ node }) => lengthOf(node)),
    ),
  );
  const starts = lengths.map((_, column) =>
    lengths.slice(0, column).reduce((sum, length) => sum + length + gaps.along, 0),
  );
  const rows = Array.from({ length: Math.ceil(rank.length / columns) }, (_, row) => {
    const members = rank.slice(row * columns, (row + 1) * columns);
    return {
      wanted: members[0]?.row ?? 0,
      depth: Math.max(...members.map(({ node }) => depthOf(node))),
    };
  });
  const pitch = Math.max(...rows.map(({ depth }) => depth)) + gaps.across;
  const across = spread(
    rows.map(({ wanted, depth }) => ({ wanted: wanted * pitch * squeeze, depth })),
    gaps.across,
  );
  return {
    length: (starts.at(-1) ?? 0) + (lengths.at(-1) ?? 0),
    nodes: rank.map(({ node }, index) => {
      const column = index % columns;
      return {
        node,
        along: (starts[column] ?? 0) + (lengths[column] ?? 0) / 2,
        across: across[Math.floor(index / columns)] ?? 0,
        depth: depthOf(node),
      };
    }),
  };

  function lengthOf(node: number): number {
    return sizes[node]?.length ?? 0;
  }
  function depthOf(node: number): number {
    return sizes[node]?.depth ?? 0;
  }
}

/** Moves sorted centers apart with the smallest shift, keeping their mean. */
function spread(
  rows: readonly { readonly wanted: number; readonly depth: number }[],
  gap: number,
): readonly number[] {
  const placed: number[] = [];
  rows.forEach(({ wanted, depth }, index) => {
    const before = placed[index - 1];
    const nearest =
      before === undefined ? wanted : before + ((rows[index - 1]?.depth ?? 0) + depth) / 2 + gap;
    placed.push(Math.max(wanted, nearest));
  });
  const moved = placed.reduce((sum, at, index) => sum + at - (rows[index]?.wanted ?? 0), 0);
  return placed.map(at => at - moved / Math.max(placed.length, 1));
}
