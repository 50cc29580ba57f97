import { withoutTrailing } from '../../../../../base';
import { attributeName, readAttributeList } from '../text/attributeLists';
import type { Element } from '../text/element';
import { SourceText } from '../text/sourceText';
import { isBlockLevel, isHeader } from '../text/tags';

const inline = /^\{:?[ ]*([^}\n ][^\n]*)\}/;

/** Applies `{: #id .class key=value }` after headers, cells, text, and inline elements. */
export function applyAttributeLists(root: Element): void {
  for (const element of root.walk()) {
    if (isBlockLevel(element.tag)) applyToBlock(element);
    else if (element.tail?.text.startsWith('{') === true) {
      const found = inline.exec(element.tail.text);
      if (!found) continue;
      const rest = assign(element, found[1] ?? '');
      const { tail } = element;
      element.tail = SourceText.join(
        [tail.slice(found[0].length), SourceText.made(rest, tail.offsetAt(0))],
        '',
      );
    }
  }
}

function applyToBlock(element: Element): void {
  const { children } = element;
  if (children.length > 0 && element.tag === 'li') {
    const list = children.findIndex(child => child.tag === 'ul' || child.tag === 'ol');
    const before = list === -1 ? children.at(-1) : children[list - 1];
    if (before?.tail?.length && list !== 0) applyToTail(element, before);
    else applyToText(element);
    return;
  }
  const last = children.at(-1);
  if (last?.tail?.length) applyToTail(element, last);
  else applyToText(element);
}

function applyToTail(element: Element, of: Element): void {
  of.tail = withoutList(element, of.tail) ?? of.tail;
}

function applyToText(element: Element): void {
  element.text = withoutList(element, element.text) ?? element.text;
}

/** Applies the list at the end of a text. @returns the text without it */
function withoutList(element: Element, text: SourceText | undefined): SourceText | undefined {
  if (!text?.text.includes('}')) return undefined;
  const onLine = isHeader(element.tag) || ['dt', 'td', 'th'].includes(element.tag);
  const found = findList(text.text, onLine);
  if (!found) return undefined;
  if (readAttributeList(found.list).rest !== '') return undefined;
  assign(element, found.list);
  const kept = text.slice(0, found.from);
  return isHeader(element.tag)
    ? kept.slice(0, withoutTrailing(kept.text, '#').trimEnd().length)
    : kept;
}

/** Finds a list at the end: after a space on the line, or else on its own line. */
function findList(text: string, onLine: boolean): { from: number; list: string } | undefined {
  // A trailing newline is ignored.
  const end = withoutTrailing(text.replace(/\n$/, ''), ' ').length;
  if (text[end - 1] !== '}') return undefined;
  const newline = text.lastIndexOf('\n', end - 1);
  const line = text.slice(newline + 1, end);
  for (const brace of line.matchAll(/\{/g)) {
    const before = line.slice(0, brace.index);
    if (!onLine && (before.trim() !== '' || newline === -1)) return undefined;
    if (onLine && !before.endsWith(' ')) continue;
    const content = /^\{:?[ ]*([^} ].*)\}$/.exec(line.slice(brace.index));
    if (!content) continue;
    const from = onLine ? newline + 1 + withoutTrailing(before, ' ').length : newline;
    return { from, list: content[1] ?? '' };
  }
  return undefined;
}

/** Assigns the attributes of a list to an element. @returns the unparsed rest */
function assign(element: Element, list: string): string {
  const { entries, rest } = readAttributeList(list);
  for (const [name, value] of entries) {
    if (name !== '.') element.set(attributeName(name), value);
    else {
      const classes = element.get('class');
      element.set('class', classes === '' ? value : `${classes} ${value}`);
    }
  }
  return rest;
}
