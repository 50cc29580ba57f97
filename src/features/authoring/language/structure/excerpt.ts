import { isMap, isScalar, isSeq, type YAMLMap, type YAMLSeq } from 'yaml';
import type { YamlPart } from '../documents/yamlPart';

/** An excerpt of a document that is equivalent for one place in it. */
export interface Excerpt {
  readonly source: string;
  /** The number of omitted lines before the place. */
  readonly leftOut: number;
}

/** The minimum length; a shorter document is parsed faster than excerpted. */
const SHORTEST = 4000;

/** The number of lines of a text to keep, enough for any schema. */
const TEXT_LINES = 3;

/**
 * Omits content that is irrelevant for a place: other items of lists, and the rest of long texts. Keeps lines with
 * errors.
 *
 * @param local - offset of the place in the document
 * @returns undefined if there is nothing to omit
 */
export function excerptAround(part: YamlPart, local: number): Excerpt | undefined {
  const { source } = part;
  if (source.length < SHORTEST || hasAliases(source)) return undefined;
  const cuts = new CutFinder(part, local).find();
  if (!cuts.length) return undefined;
  let kept = '';
  let from = 0;
  let leftOut = 0;
  const lineOf = (offset: number): number => part.lines.positionAt(offset).line;
  for (const { start, end } of cuts) {
    kept += source.slice(from, start);
    from = end;
    if (end <= local) leftOut += lineOf(end) - lineOf(start);
  }
  return { source: kept + source.slice(from), leftOut };
}

/** Whether there may be aliases, whose targets may be anywhere. */
function hasAliases(source: string): boolean {
  return ['&', '*'].every(
    sign => source.includes(sign) && new RegExp(`[\\s[{,]\\${sign}[^\\s,[\\]{}]`).test(source),
  );
}

/** A range of whole lines. */
interface Cut {
  readonly start: number;
  readonly end: number;
}

class CutFinder {
  readonly #part: YamlPart;
  readonly #local: number;
  readonly #cuts: Cut[] = [];

  constructor(part: YamlPart, local: number) {
    this.#part = part;
    this.#local = local;
  }

  /** Returns the cuts in text order. */
  find(): readonly Cut[] {
    this.#look(this.#part.root, this.#part.source.length);
    return this.#cuts;
  }

  /**
   * @param end - start of the next node
   */
  #look(node: unknown, end: number): void {
    if (isMap(node) && !node.flow) this.#lookInMap(node, end);
    else if (isSeq(node) && !node.flow) this.#lookInList(node, end);
    else if (isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED')) {
      const [from = 0, to = 0] = this.#part.spanOf(node) ?? [];
      if (this.#local >= from && this.#local <= to) return;
      let start = from;
      for (let line = 0; line < TEXT_LINES && start >= 0; line++) start = this.#lineAfter(start);
      // Keeps trailing blank lines and an unterminated last line.
      const last = this.#part.source.slice(0, to).trimEnd().length;
      const behind = this.#lineAfter(last);
      if (start > 0 && start < behind) this.#cut(start, behind);
    }
  }

  #lookInMap({ items }: YAMLMap, end: number): void {
    for (const [index, { value }] of items.entries()) {
      const [next] = this.#part.spanOf(items[index + 1]?.key) ?? [];
      this.#look(value, next === undefined ? end : this.#lineStart(next));
    }
  }

  /** Keeps the item with the place and its neighbors; without the place, the first item. */
  #lookInList(list: YAMLSeq, end: number): void {
    const [at = 0] = this.#part.spanOf(list) ?? [];
    const dash = `${' '.repeat(at - this.#lineStart(at))}-`;
    const starts = list.items.map(item => this.#lineStart(this.#part.spanOf(item)?.[0] ?? 0));
    // The first may start in the middle of a line, as in `- - a`.
    const isInLines = starts.every(
      (start, index) =>
        this.#part.source.startsWith(dash, start) && start > (starts[index - 1] ?? -1),
    );
    const around = this.#local > end ? -1 : starts.findLastIndex(start => start <= this.#local);
    const first = isInLines ? Math.max(0, around - 1) : 0;
    const last = isInLines && around >= 0 ? around + 1 : first;
    const behind = isInLines ? (starts[last + 1] ?? end) : end;
    if (first > 0) this.#cut(starts[0] ?? 0, starts[first] ?? 0);
    for (const [index, item] of list.items.entries()) {
      if (isInLines && (index < first || index > last)) continue;
      this.#look(item, starts[index + 1] ?? end);
    }
    if (behind < end) this.#cut(behind, end);
  }

  #cut(start: number, end: number): void {
    this.#cuts.push({ start, end });
  }

  #lineStart(offset: number): number {
    return offset === 0 ? 0 : this.#part.source.lastIndexOf('\n', offset - 1) + 1;
  }

  /** Returns the start of the next line; -1 if there is none. */
  #lineAfter(offset: number): number {
    return this.#part.source.indexOf('\n', offset) + 1 || -1;
  }
}
