import type { Box, Place } from './layoutTypes';

/** Widths that are tried, as multiples of what a square-packed drawing would have. */
const WIDTHS = [0.8, 0.9, 1, 1.1, 1.25, 1.45, 1.7];

export interface PackedBoxes extends Box {
  /** Left and top of each box. */
  readonly places: readonly Place[];
}

/** Packs boxes so that all of them are as large as possible in a room, wherever there is a gap, in their order. */
export function packBoxes(boxes: readonly Box[], gap: number, room: Box): PackedBoxes {
  const widest = Math.max(0, ...boxes.map(({ width }) => width));
  const area = boxes.reduce((sum, { width, height }) => sum + (width + gap) * (height + gap), 0);
  const wanted = Math.sqrt((area * room.width) / room.height);
  let best: PackedBoxes | undefined;
  for (const factor of WIDTHS) {
    const packed = packInto(boxes, gap, Math.max(widest, wanted * factor));
    if (!best || scaleIn(room, packed) > scaleIn(room, best)) best = packed;
  }
  return best ?? { places: [], width: 0, height: 0 };
}

/** Scale at which a box fills a room. */
export function scaleIn(room: Box, { width, height }: Box): number {
  return Math.min(room.width / Math.max(width, 1), room.height / Math.max(height, 1));
}

/** Piece of the lower edge of what is packed. */
interface Piece {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
}

function packInto(boxes: readonly Box[], gap: number, maxWidth: number): PackedBoxes {
  const places: Place[] = [];
  let edge: readonly Piece[] = [{ left: 0, right: maxWidth + gap, bottom: 0 }];
  let [width, height] = [0, 0];
  for (const box of boxes) {
    const [left, top] = highestPlace(edge, box.width + gap);
    places.push([left, top]);
    const right = left + box.width + gap;
    edge = [
      ...edge.flatMap(piece => {
        if (piece.right <= left || piece.left >= right) return [piece];
        return [
          { ...piece, right: Math.min(piece.right, left) },
          { ...piece, left: Math.max(piece.left, right) },
        ].filter(rest => rest.right > rest.left);
      }),
      { left, right, bottom: top + box.height + gap },
    ].sort((a, b) => a.left - b.left);
    width = Math.max(width, left + box.width);
    height = Math.max(height, top + box.height);
  }
  return { places, width, height };
}

function highestPlace(edge: readonly Piece[], width: number): Place {
  const end = edge.at(-1)?.right ?? 0;
  let best: Place = [0, Infinity];
  edge.forEach(({ left }, index) => {
    if (index > 0 && left + width > end) return;
    let top = 0;
    for (const piece of edge.slice(index)) {
      if (piece.left >= left + width) break;
      top = Math.max(top, piece.bottom);
    }
    if (top < best[1]) best = [left, top];
  });
  return best;
}
