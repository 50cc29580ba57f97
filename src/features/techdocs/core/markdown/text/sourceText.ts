/**
 * A text that knows where each of its characters stands in the page that was written. Preprocessing
 * cuts, dedents and joins what it reads; the places of links and the lines of blocks survive that.
 *
 * Places are offsets in the page as it was given. Slices share the places of what they are cut from.
 */
export class SourceText {
  readonly text: string;
  /** Shown as it is: no inline rule looks into it. */
  readonly atomic: boolean;
  readonly #places: Places;
  /** What must be added to a position in this text to get one that `places` knows. */
  readonly #shift: number;
  readonly #tails: Tails;

  private constructor(
    text: string,
    places: Places,
    { shift = 0, atomic = false, tails }: Kept = {},
  ) {
    this.text = text;
    this.#places = places;
    this.#shift = shift;
    this.atomic = atomic;
    this.#tails = tails ?? { seen: undefined };
  }

  /** A text that stands at that place, character for character. */
  static at(text: string, offset: number): SourceText {
    return new SourceText(text, { positions: [0], offsets: [offset] });
  }

  /** A text that nobody wrote, in place of what stands at `offset`. */
  static made(text: string, offset: number): SourceText {
    return new SourceText(text, { positions: [0], offsets: [fixed(offset)] });
  }

  static join(parts: readonly SourceText[], separator: string): SourceText {
    const [first] = parts;
    if (parts.length === 1 && first) return first;
    const builder = new SourceTextBuilder();
    for (const [index, part] of parts.entries()) {
      if (index > 0) builder.addMade(separator, parts[index - 1]?.end ?? 0);
      builder.add(part);
    }
    return builder.build();
  }

  get length(): number {
    return this.text.length;
  }

  /** The place of what follows the last character. */
  get end(): number {
    return this.text.length === 0 ? this.offsetAt(0) : this.offsetAt(this.text.length - 1) + 1;
  }

  /** The place in the page of the character at a position of this text. */
  offsetAt(position: number): number {
    const { positions, offsets } = this.#places;
    const wanted = position + this.#shift;
    const index = lastAtOrBefore(positions, wanted);
    const offset = offsets[index] ?? 0;
    return offset < 0 ? unfixed(offset) : offset + wanted - (positions[index] ?? 0);
  }

  slice(from: number, to = this.text.length): SourceText {
    if (from === 0 && to >= this.text.length) return this;
    return new SourceText(this.text.slice(from, to), this.#places, {
      shift: this.#shift + Math.min(from, this.text.length),
      atomic: this.atomic,
      ...(to >= this.text.length && { tails: this.#tails }),
    });
  }

  /** As of a string. */
  indexOf(part: string): number {
    return this.search(part, text => text.indexOf(part));
  }

  /**
   * Rules take a text off from its beginning, line by line, and each time look for the same: what was
   * seen in a text counts for its ends.
   *
   * @param name - of what is looked for
   * @param find - gives the first position of it in a text, or -1; it has to be found in an end of the text as well,
   *   where that begins no later
   */
  search(name: string, find: (text: string) => number): number {
    const { length } = this.text;
    const known = this.#tails.seen?.get(name);
    // Of what stands before the text that was looked at, nothing is known.
    if (known && length <= known.within && length >= known.fromEnd) {
      return known.fromEnd === 0 ? -1 : length - known.fromEnd;
    }
    const index = find(this.text);
    this.#tails.seen ??= new Map();
    this.#tails.seen.set(name, { within: length, fromEnd: index === -1 ? 0 : length - index });
    return index;
  }

  split(separator: string): SourceText[] {
    const parts: SourceText[] = [];
    let from = 0;
    for (;;) {
      const at = this.text.indexOf(separator, from);
      if (at === -1) break;
      parts.push(this.slice(from, at));
      from = at + separator.length;
    }
    parts.push(this.slice(from));
    return parts;
  }

  /** A made text in place of each match of a pattern, which is global. */
  replace(pattern: RegExp, replacement: (found: string) => string): SourceText {
    const builder = new SourceTextBuilder();
    let from = 0;
    for (const { 0: found, index } of this.text.matchAll(pattern)) {
      builder.add(this.slice(from, index)).addMade(replacement(found), this.offsetAt(index));
      from = index + found.length;
    }
    return builder.add(this.slice(from)).build();
  }

  lines(): SourceText[] {
    return this.split('\n');
  }

  trimStart(pattern = /^\s+/): SourceText {
    const found = pattern.exec(this.text);
    return found ? this.slice(found[0].length) : this;
  }

  trim(): SourceText {
    const from = this.text.length - this.text.trimStart().length;
    return this.slice(from, Math.max(from, this.text.trimEnd().length));
  }

  /** Without newlines at the end. */
  trimNewlines(): SourceText {
    let to = this.text.length;
    while (to > 0 && this.text.charCodeAt(to - 1) === 10) to--;
    return this.slice(0, to);
  }

  trimEnd(): SourceText {
    return this.slice(0, this.text.trimEnd().length);
  }

  asAtomic(): SourceText {
    return this.atomic
      ? this
      : new SourceText(this.text, this.#places, { shift: this.#shift, atomic: true });
  }

  /** Calls for each stretch of this text that stands together in the page. */
  forEachStretch(call: (position: number, offset: number, isFixed: boolean) => void): void {
    const { positions, offsets } = this.#places;
    const first = lastAtOrBefore(positions, this.#shift);
    const end = this.#shift + this.text.length;
    for (let index = first; index < positions.length; index++) {
      const position = positions[index] ?? 0;
      if (index > first && position >= end) return;
      const offset = offsets[index] ?? 0;
      const skipped = Math.max(0, this.#shift - position);
      const isFixed = offset < 0;
      call(
        Math.max(0, position - this.#shift),
        isFixed ? unfixed(offset) : offset + skipped,
        isFixed,
      );
    }
  }

  /** @internal for the builder */
  static built(text: string, places: Places): SourceText {
    return new SourceText(text, places);
  }
}

/** Collects pieces to one text. */
export class SourceTextBuilder {
  #pieces: string[] = [];
  #length = 0;
  readonly #places: { positions: number[]; offsets: number[] } = { positions: [], offsets: [] };

  get length(): number {
    return this.#length;
  }

  add(text: SourceText): this {
    if (text.length === 0) return this;
    text.forEachStretch((position, offset, isFixed) => {
      this.#mark(this.#length + position, isFixed ? fixed(offset) : offset);
    });
    this.#pieces.push(text.text);
    this.#length += text.length;
    return this;
  }

  addMade(text: string, offset: number): this {
    if (text === '') return this;
    this.#mark(this.#length, fixed(offset));
    this.#pieces.push(text);
    this.#length += text.length;
    return this;
  }

  build(): SourceText {
    const { positions, offsets } = this.#places;
    if (positions.length === 0) this.#mark(0, fixed(0));
    return SourceText.built(this.#pieces.join(''), { positions, offsets });
  }

  #mark(position: number, offset: number): void {
    const { positions, offsets } = this.#places;
    const last = positions.length - 1;
    const lastOffset = offsets[last];
    if (lastOffset !== undefined) {
      const continues =
        lastOffset < 0
          ? lastOffset === offset
          : offset >= 0 && lastOffset + position - (positions[last] ?? 0) === offset;
      if (continues) return;
    }
    positions.push(position);
    offsets.push(offset);
  }
}

/** Where the first of some part was seen, in a text of that length. */
interface Seen {
  readonly within: number;
  /** How far from the end; 0 where there is none. */
  readonly fromEnd: number;
}

/** Of a text and its ends; made when one is first looked into, which most never are. */
interface Tails {
  seen: Map<string, Seen> | undefined;
}

interface Kept {
  readonly shift?: number;
  readonly atomic?: boolean;
  readonly tails?: Tails;
}

interface Places {
  /** Where stretches begin, ascending, the first at 0. */
  readonly positions: readonly number[];
  /** Where these stand in the page; a fixed one is below zero. */
  readonly offsets: readonly number[];
}

const fixed = (offset: number): number => -1 - offset;
const unfixed = fixed;

/** The index of the last of ascending positions that is not behind another; 0 where all are. */
export function lastAtOrBefore(positions: readonly number[], wanted: number): number {
  let low = 0;
  let high = positions.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((positions[middle] ?? 0) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}
