/**
 * A text that maps its characters to places in the written page. Preprocessing cuts, dedents, and
 * joins text; the places of links and the lines of blocks survive that.
 *
 * Places are offsets in the page. TimeSlicer share the places of their source.
 */
export class SourceText {
  readonly text: string;
  /** Whether inline rules skip it. */
  readonly atomic: boolean;
  readonly #places: Places;
  /** Offset from positions in this text to those in `places`. */
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

  /** Creates a text that is in the page at an offset. */
  static at(text: string, offset: number): SourceText {
    return new SourceText(text, { positions: [0], offsets: [offset] });
  }

  /** Creates a generated text for the place at `offset`. */
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

  /** Place after the last character. */
  get end(): number {
    return this.text.length === 0 ? this.offsetAt(0) : this.offsetAt(this.text.length - 1) + 1;
  }

  /** Returns the place of the character at a position. */
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

  /** Like `String.indexOf`. */
  indexOf(part: string): number {
    return this.search(part, text => text.indexOf(part));
  }

  /**
   * Searches with a cache. Rules consume a text from its start and search for the same again, so a
   * result also holds for the text's suffixes.
   *
   * @param name - cache key of the search
   * @param find - returns the first position, or -1; a match must also be found in suffixes that
   *   start before it
   */
  search(name: string, find: (text: string) => number): number {
    const { length } = this.text;
    const known = this.#tails.seen?.get(name);
    // Text before the searched one is unknown.
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

  /** Replaces each match of a global pattern with generated text. */
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

  /** Removes trailing newlines. */
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

  /** Calls back for each contiguous stretch of the page. */
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

/** Joins pieces to a text. */
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

/** Cached search result, for a text of length `within`. */
interface Seen {
  readonly within: number;
  /** Distance of the match from the end; 0 if there is none. */
  readonly fromEnd: number;
}

/** Search cache of a text and its suffixes, created on demand. */
interface Tails {
  seen: Map<string, Seen> | undefined;
}

interface Kept {
  readonly shift?: number;
  readonly atomic?: boolean;
  readonly tails?: Tails;
}

interface Places {
  /** Start positions of stretches, ascending, the first at 0. */
  readonly positions: readonly number[];
  /** Their places in the page; generated ones are negative. */
  readonly offsets: readonly number[];
}

const fixed = (offset: number): number => -1 - offset;
const unfixed = fixed;

/** Returns the index of the last ascending position at or before `wanted`; 0 if there is none. */
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
