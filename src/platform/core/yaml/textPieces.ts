/** A stretch of a text whose offsets were counted when it was read. */
interface Piece {
  /** As they were counted: the first, and the one behind the last. */
  readonly from: number;
  readonly to: number;
  /** Where the stretch begins in the text as it is now. */
  readonly start: number;
}

/** More are not looked through for each offset. */
const MOST_PIECES = 64;

/**
 * A text that was read in pieces at different times. What was found in a piece keeps the offsets of then, so
 * that an edit leaves it alone; this tells where they are now. Immutable.
 */
export class TextPieces {
  /** In the order in which they stand in the text. */
  readonly #pieces: readonly Piece[];
  /** The offsets from here on have not been used yet. */
  readonly #unused: number;

  private constructor(pieces: readonly Piece[], unused: number) {
    this.#pieces = pieces;
    this.#unused = unused;
  }

  /** A text that was read in one go. */
  static whole(length: number): TextPieces {
    // One is left out after each, so that the end of a piece is the start of no other.
    return new TextPieces([{ from: 0, to: length, start: 0 }], length + 1);
  }

  get isFull(): boolean {
    return this.#pieces.length > MOST_PIECES;
  }

  /** What the offsets of the next piece have to be counted from. */
  get next(): number {
    return this.#unused;
  }

  /** The offset in the text as it is now. */
  offsetOf(counted: number): number {
    const pieces = this.#pieces;
    if (pieces.length === 1) return counted;
    for (const { from, to, start } of pieces) {
      if (from <= counted && counted <= to) return start + counted - from;
    }
    return counted;
  }

  /** A stretch of the text as it is now becomes another, whose offsets are counted from `next`. */
  replace(start: number, end: number, length: number): TextPieces {
    const pieces: Piece[] = [];
    const fresh = { from: this.#unused, to: this.#unused + length, start };
    let isIn = false;
    for (const piece of this.#pieces) {
      const behind = piece.start + piece.to - piece.from;
      if (piece.start < start) {
        pieces.push({ ...piece, to: Math.min(piece.to, piece.from + start - piece.start) });
      }
      if (!isIn && behind >= start) {
        pieces.push(fresh);
        isIn = true;
      }
      if (behind > end) {
        const cut = Math.max(0, end - piece.start);
        const moved = Math.max(piece.start, end) + length - (end - start);
        pieces.push({ from: piece.from + cut, to: piece.to, start: moved });
      }
    }
    return new TextPieces(pieces, fresh.to + 1);
  }
}
