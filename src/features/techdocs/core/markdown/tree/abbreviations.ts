import { Element } from '../text/element';
import type { SourceText } from '../text/sourceText';

/** Longer names are ignored, because many of them would be slow. */
const MAX_NAME = 200;

/** Word boundary. */
const border = /(?<=[\p{L}\p{N}_])(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}_])(?=[\p{L}\p{N}_])/gu;

interface Abbreviations {
  readonly titles: ReadonlyMap<string, string>;
  /** Lengths of names by first character, the longest first. */
  readonly lengths: ReadonlyMap<string, readonly number[]>;
}

/** Marks all abbreviations that are whole words. */
export function markAbbreviations(root: Element, titles: ReadonlyMap<string, string>): void {
  if (titles.size === 0) return;
  const known = { titles, lengths: lengthsOf(titles.keys()) };
  for (const element of [...root.walk()]) {
    const children: Element[] = [];
    element.text = split(element.text, known, children);
    for (const child of [...element.children]) {
      children.push(child);
      child.tail = split(child.tail, known, children);
    }
    if (children.length > element.children.length) element.replaceChildren(children);
  }
}

function lengthsOf(names: Iterable<string>): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, Set<number>>();
  for (const name of names) {
    const start = name.charAt(0);
    const lengths = found.get(start) ?? new Set();
    if (name.length <= MAX_NAME) found.set(start, lengths.add(name.length));
  }
  return new Map(
    Array.from(found, ([start, lengths]) => [start, [...lengths].sort((a, b) => b - a)]),
  );
}

function* occurrences(
  text: string,
  { titles, lengths }: Abbreviations,
): Generator<{ readonly at: number; readonly to: number; readonly title: string }> {
  const borders = new Set(Array.from(text.matchAll(border), ({ index }) => index));
  let from = 0;
  for (const at of borders) {
    if (at < from) continue;
    for (const length of lengths.get(text.charAt(at)) ?? []) {
      const to = at + length;
      const title = borders.has(to) ? titles.get(text.slice(at, to)) : undefined;
      if (title === undefined) continue;
      yield { at, to, title };
      from = to;
      break;
    }
  }
}

/** @returns the text before the first element; adds the elements and the other texts */
function split(
  text: SourceText | undefined,
  abbreviations: Abbreviations,
  elements: Element[],
): SourceText | undefined {
  if (!text?.length) return text;
  let first: SourceText | undefined;
  let last: Element | undefined;
  let from = 0;
  const put = (to: number): void => {
    const piece = text.slice(from, to);
    if (last) last.tail = piece;
    else first = piece;
  };
  for (const { at, to, title } of occurrences(text.text, abbreviations)) {
    put(at);
    last = new Element('abbr', { title });
    last.text = text.slice(at, to).asAtomic();
    elements.push(last);
    from = to;
  }
  if (!last) return text;
  put(text.length);
  return first;
}
