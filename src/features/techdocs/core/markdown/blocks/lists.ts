import type { ListOptions } from '../config';
import { Element } from '../text/element';
import { SourceText } from '../text/sourceText';
import { type BlockParser, type BlockRule, detab, hasLineWith, looseDetab } from './blockParser';

/** A kind of list and the marker of its items. */
interface ListKind {
  readonly tag: 'ol' | 'ul';
  readonly marker: string;
}

const ordered: ListKind = { tag: 'ol', marker: '\\p{Nd}+\\.' };
const unordered: ListKind = { tag: 'ul', marker: '[*+-]' };

const anyMarker = '(?:\\p{Nd}+\\.|[*+-])';

/**
 * Returns the rules for `1.` and `-`. With `sane`, items of one kind don't continue lists of the
 * other.
 */
export function listRules(options: ListOptions): { ordered: BlockRule; unordered: BlockRule } {
  return { ordered: listRule(ordered, options), unordered: listRule(unordered, options) };
}

function listRule(kind: ListKind, options: ListOptions): BlockRule {
  const { nestedIndent: indent, sane, separate, keepsStart } = options;
  const start = new RegExp(`^[ ]{0,${indent - 1}}${kind.marker}[ ]+`, 'u');
  const item = sane ? start : new RegExp(`^[ ]{0,${indent - 1}}${anyMarker}[ ]+`, 'u');
  const nested = new RegExp(`^[ ]{${indent},${indent * 2 - 1}}${anyMarker}[ ]+`, 'u');
  const indentation = ' '.repeat(indent);

  const continues = (sibling: Element | undefined): sibling is Element =>
    sibling !== undefined &&
    (sane
      ? sibling.tag === kind.tag && (kind.tag === 'ol' || !separate)
      : sibling.tag === 'ol' || sibling.tag === 'ul');

  /**
   * Returns the texts of items. Texts that start with the indentation belong to the previous item.
   */
  const itemsOf = (block: SourceText): SourceText[] => {
    const items: SourceText[][] = [];
    for (const line of block.lines()) {
      const marker = item.exec(line.text);
      const last = items.at(-1);
      if (marker) items.push([line.slice(marker[0].length)]);
      else if (last && nested.test(line.text) && last[0]?.text.startsWith(indentation) !== true) {
        items.push([line]);
      } else last?.push(line);
    }
    return items.map(lines => SourceText.join(lines, '\n'));
  };

  return (block, parent, parser) => {
    if (!start.test(block.text)) return false;
    const items = itemsOf(block);
    const sibling = parent.last;
    let list: Element;
    if (continues(sibling)) {
      list = sibling;
      loosen(list.last);
      const first = items.shift();
      if (first) {
        const added = addItem(list, first);
        parser.within('looselist', () => parser.parseBlocks(added, [first]));
      }
    } else if (parent.tag === 'ol' || parent.tag === 'ul') {
      list = parent;
    } else {
      list = parent.add(kind.tag);
      list.from = block.offsetAt(0);
      const number = /\p{Nd}+/u.exec(block.text)?.[0];
      if (keepsStart && kind.tag === 'ol' && number !== undefined && number !== '1') {
        list.set('start', number);
      }
    }
    parser.within('list', () => {
      for (const text of items) {
        const last = list.last;
        if (text.text.startsWith(indentation) && last) parser.parseBlocks(last, [text]);
        else parser.parseBlocks(addItem(list, text), [text]);
      }
    });
    return true;
  };
}

function addItem(list: Element, text: SourceText): Element {
  const item = list.add('li');
  item.from = text.offsetAt(0);
  item.to = text.trimEnd().end;
  return item;
}

/** Wraps the texts of an item in paragraphs, because a blank line follows it. */
function loosen(item: Element | undefined): void {
  if (!item) return;
  toParagraph(item, 0);
  const last = item.last;
  if (last?.tail?.length) {
    const paragraph = item.add('p');
    paragraph.text = last.tail.trimStart();
    last.tail = undefined;
  }
}

/** Moves the text of an item into a paragraph at an index of its children. */
export function toParagraph(item: Element, index: number): void {
  if (!item.text?.length) return;
  const paragraph = new Element('p');
  paragraph.text = item.text;
  item.text = undefined;
  item.insert(index, paragraph);
}

interface IndentRuleOptions {
  readonly indent: number;
  readonly items: readonly string[];
  readonly lists: readonly string[];
  /** Item to create in an empty list. */
  readonly newItem: string;
}

/** Adds indented blocks after a list to its items. */
export function indentRule(options: IndentRuleOptions): BlockRule {
  const { indent } = options;
  const indentation = ' '.repeat(indent);
  const isItem = (element: Element): boolean => options.items.includes(element.tag);
  const isList = (element: Element | undefined): boolean =>
    element !== undefined && options.lists.includes(element.tag);

  /** Returns the nesting level of a block and the element it belongs to. */
  const levelOf = (parent: Element, block: SourceText, parser: BlockParser) => {
    const spaces = block.text.length - block.text.replace(/^ +/, '').length;
    const deepest = Math.floor(spaces / indent);
    let level = parser.isIn('list') ? 1 : 0;
    let into = parent;
    while (deepest > level) {
      const child = into.last;
      if (!child || !(isList(child) || isItem(child))) break;
      if (isList(child)) level++;
      into = child;
    }
    return { level, into };
  };

  return (taken, parent, parser) => {
    if (!taken.text.startsWith(indentation) || parser.isIn('detabbed')) return false;
    if (!isItem(parent) && !isList(parent.last)) return false;
    const { level, into } = levelOf(parent, taken, parser);
    const block = looseDetab(taken, indent * level);
    parser.within('detabbed', () => {
      const last = into.last;
      if (isItem(parent)) {
        parser.parseBlocks(isList(parent.last) && parent.last ? parent.last : parent, [block]);
      } else if (isItem(into)) {
        parser.parseBlocks(into, [block]);
      } else if (last && isItem(last)) {
        toParagraph(last, 0);
        parser.parseChunk(last, block);
      } else {
        parser.parseBlocks(into.add(options.newItem), [block]);
      }
    });
    return true;
  };
}

const definition = /(^|\n)[ ]{0,3}:[ ]{1,3}([^\n]*)(\n|$)/;

/** Terms with definitions: `:   text`. */
export function definitionListRule({ indent }: { readonly indent: number }): BlockRule {
  // mdx_truly_sane_lists uses its own indentation for definitions, too.
  const notIndented = new RegExp(`^[ ]{0,${indent === 4 ? 3 : indent - 1}}[^ :]`);
  return (block, parent, parser, blocks) => {
    const found = hasLineWith(block, ':') ? definition.exec(block.text) : null;
    if (!found) return false;
    let terms = block
      .slice(0, found.index)
      .lines()
      .map(line => line.trim())
      .filter(line => line.length > 0);
    const after = block.slice(found.index + found[0].length);
    const { inside, rest } = notIndented.test(after.text)
      ? { inside: after, rest: after.slice(after.length) }
      : detab(after, indent);
    const from = found.index + found[0].length - (found[3] ?? '').length;
    const first = block.slice(from - (found[2] ?? '').length, from);
    const text = inside.length > 0 ? SourceText.join([first, inside], '\n') : first;

    let sibling = parent.last;
    if (terms.length === 0 && !sibling) return false;
    let state: 'list' | 'looselist' = 'list';
    if (terms.length === 0 && sibling?.tag === 'p') {
      state = 'looselist';
      terms = (sibling.text ?? block.slice(0, 0)).lines();
      parent.remove(sibling);
      sibling = parent.last;
    }
    let list = sibling;
    if (list?.tag === 'dl') {
      const last = list.last;
      if (terms.length === 0 && last?.tag === 'dd' && last.children.length > 0) {
        state = 'looselist';
      }
    } else {
      list = parent.add('dl');
      list.from = (terms[0] ?? block).offsetAt(0);
    }
    for (const term of terms) {
      const added = list.add('dt');
      added.text = term;
      added.from = term.offsetAt(0);
    }
    const described = list.add('dd');
    described.from = first.offsetAt(0);
    parser.within(state, () => parser.parseBlocks(described, [text]));
    if (rest.length > 0) blocks.push(rest);
    return true;
  };
}
