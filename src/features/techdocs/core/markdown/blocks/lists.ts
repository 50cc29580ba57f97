import type { ListOptions } from '../config';
import { Element } from '../text/element';
import { SourceText } from '../text/sourceText';
import { type BlockParser, type BlockRule, looseDetab } from './blockParser';

/** The kinds of list, and what an item begins with. */
interface ListKind {
  readonly tag: 'ol' | 'ul';
  readonly name: string;
  readonly marker: string;
}

const ordered: ListKind = { tag: 'ol', name: 'olist', marker: '\\p{Nd}+\\.' };
const unordered: ListKind = { tag: 'ul', name: 'ulist', marker: '[*+-]' };

const anyMarker = '(?:\\p{Nd}+\\.|[*+-])';

/** The rules for `1.` and `-`. With `sane`, items of the one kind are none of the other. */
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

  /** Texts of items; such as begin with the indentation belong to the item before. */
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

  return {
    name: kind.name,
    test: (_parent, block) => start.test(block.text),
    run(parent, blocks, parser) {
      const block = blocks.take();
      const items = itemsOf(block);
      const sibling = parent.last;
      let list: Element;
      if (continues(sibling)) {
        list = sibling;
        loosen(list.last);
        const first = items.shift();
        if (first) {
          const added = addItem(list, first);
          parser.within('looselist', () => {
            parser.parseBlocks(added, [first]);
          });
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
    },
  };
}

function addItem(list: Element, text: SourceText): Element {
  const item = list.add('li');
  item.from = text.offsetAt(0);
  item.to = text.trimEnd().end;
  return item;
}

/** The texts of an item become paragraphs: there was a blank line after it. */
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

/** Moves the text of an item into a paragraph at that index of its children. */
export function toParagraph(item: Element, index: number): void {
  if (!item.text?.length) return;
  const paragraph = new Element('p');
  paragraph.text = item.text;
  item.text = undefined;
  item.insert(index, paragraph);
}

export interface IndentRuleOptions {
  readonly name: string;
  readonly indent: number;
  readonly items: readonly string[];
  readonly lists: readonly string[];
  /** The item to make where there is a list without any. */
  readonly newItem: string;
}

/** Indented blocks after a list that belong to one of its items. */
export function indentRule(options: IndentRuleOptions): BlockRule {
  const { indent } = options;
  const indentation = ' '.repeat(indent);
  const isItem = (element: Element): boolean => options.items.includes(element.tag);
  const isList = (element: Element | undefined): boolean =>
    element !== undefined && options.lists.includes(element.tag);

  /** How deep the block goes, and into what. */
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

  return {
    name: options.name,
    test: (parent, block, parser) =>
      block.text.startsWith(indentation) &&
      !parser.isIn('detabbed') &&
      (isItem(parent) || isList(parent.last)),
    run(parent, blocks, parser) {
      const taken = blocks.take();
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
    },
  };
}
