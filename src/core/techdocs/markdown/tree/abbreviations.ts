import { Element } from '../text/element';
import type { SourceText } from '../text/sourceText';

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** Marks each occurrence of an abbreviation as a word. */
export function markAbbreviations(root: Element, titles: ReadonlyMap<string, string>): void {
  if (titles.size === 0) return;
  const names = [...titles.keys()].sort((left, right) => right.length - left.length);
  const word = '[\\p{L}\\p{N}_]';
  const border = `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`;
  const pattern = new RegExp(`${border}(?:${names.map(escapePattern).join('|')})${border}`, 'gu');
  for (const element of [...root.walk()]) {
    const children: Element[] = [];
    element.text = split(element.text, pattern, titles, children);
    for (const child of [...element.children]) {
      children.push(child);
      child.tail = split(child.tail, pattern, titles, children);
    }
    if (children.length > element.children.length) element.replaceChildren(children);
  }
}

/** @returns what stands before the first; the others are added */
function split(
  text: SourceText | undefined,
  pattern: RegExp,
  titles: ReadonlyMap<string, string>,
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
  for (const found of text.text.matchAll(pattern)) {
    put(found.index);
    const to = found.index + found[0].length;
    last = new Element('abbr', { title: titles.get(found[0]) ?? '' });
    last.text = text.slice(found.index, to).asAtomic();
    elements.push(last);
    from = to;
  }
  if (!last) return text;
  put(text.length);
  return first;
}
