const ASCII = 128;
/** Others than ASCII of which a set knows whether they belong to it. */
const MAX_REMEMBERED = 1000;

/** The characters that a part of a regular expression stands for, as the engine says. */
export class CharacterSet {
  #expression: RegExp;
  /** 1 for those that belong to it, 2 for those that do not. */
  #ascii = new Uint8Array(ASCII);
  #others = new Map<number, boolean>();

  /** @param source - of one character: itself, an escape or a class */
  constructor(source: string, flags: string) {
    this.#expression = new RegExp(`^${source}$`, flags);
  }

  has(point: number): boolean {
    if (point < ASCII) {
      return (this.#ascii[point] ||= this.#asked(point) ? 1 : 2) === 1;
    }
    let known = this.#others.get(point);
    if (known === undefined) {
      if (this.#others.size >= MAX_REMEMBERED) this.#others.clear();
      this.#others.set(point, (known = this.#asked(point)));
    }
    return known;
  }

  #asked(point: number): boolean {
    return this.#expression.test(String.fromCodePoint(point));
  }
}
