import { Element } from '../text/element';
import { SourceText } from '../text/sourceText';
import { type BlockParser, type BlockRule, detab } from './blockParser';
import { toParagraph } from './lists';
import { markerPatterns, nameOfBox, readAdmonition, readDetails, readTab } from './markers';

/** A kind of container: a marker line with indented content below it. */
interface ContainerKind {
  /** First characters of each marker. */
  readonly sign: string;
  /** Marker line without its end, as a Unicode regular expression. */
  readonly marker: string;
  /** Creates the container. @returns the element for its content */
  open(marker: RegExpExecArray, context: OpenContext): Element;
  /** Whether an element is a container of this kind, to which indented blocks belong. */
  isOne(element: Element): boolean;
  /** Returns the element for more content of a container. */
  contentOf(container: Element): Element | undefined;
}

interface OpenContext {
  readonly parent: Element;
  /** The block before text above the marker was parsed. */
  readonly block: SourceText;
  readonly from: number;
  readonly parser: BlockParser;
}

interface Continuation {
  readonly into: Element;
  readonly indent: number;
}

const lists = new Set(['ul', 'ol', 'dl']);

/** Finds the container that an indented block continues, directly or through a list in it. */
function continuation(
  kind: ContainerKind,
  parent: Element,
  block: SourceText,
): Continuation | undefined {
  const container = parent.last;
  if (!container || !kind.isOne(container)) return undefined;
  let into: Element | undefined = container;
  let last = kind.contentOf(container)?.last;
  let text = block.text;
  let indent = 0;
  while (last && text.startsWith('        ')) {
    if (!lists.has(last.tag)) break;
    into = last.last;
    last = into?.last;
    text = text.slice(4);
    indent += 4;
  }
  if (!text.startsWith('    ') || !into) return undefined;
  return { into, indent: indent + 4 };
}

/** Returns a function that finds the first marker in a block. */
function markerFinder({ sign, marker }: ContainerKind) {
  const first = new RegExp(`^${marker}(?:\\n|$)`, 'u');
  const other = new RegExp(`\\n${marker}(?:\\n|$)`, 'gu');
  return (block: SourceText): RegExpExecArray | null => {
    if (block.indexOf(sign) === -1) return null;
    const found = first.exec(block.text);
    if (found) return found;
    // The sign may occur often without being a marker: `===` is below headers, too.
    const index = block.search(`marker ${sign}`, text => text.search(other));
    if (index === -1) return null;
    other.lastIndex = index;
    return other.exec(block.text);
  };
}

function containerRule(kind: ContainerKind): BlockRule {
  const findMarker = markerFinder(kind);
  return (block, parent, parser, rest) => {
    const found = findMarker(block);
    let into: Element;
    let content: { inside: SourceText; rest: SourceText };
    if (found) {
      if (found.index > 0) parser.parseBlocks(parent, [block.slice(0, found.index)]);
      content = detab(block.slice(found.index + found[0].length), 4);
      const from = block.offsetAt(found.index + (found[0].startsWith('\n') ? 1 : 0));
      into = kind.open(found, { parent, block: block.slice(found.index), from, parser });
    } else {
      const continues = continuation(kind, parent, block);
      if (!continues) return false;
      content = detab(block, continues.indent);
      into = continues.into;
      if (into.tag === 'li' || into.tag === 'dd') toParagraph(into, into.children.length);
      else into = (kind.isOne(into) ? kind.contentOf(into) : undefined) ?? into;
    }
    const container = parent.last;
    if (container) container.to = content.inside.trimEnd().end;
    parser.parseChunk(into, content.inside);
    if (content.rest.length > 0) rest.push(content.rest);
    return true;
  };
}

/** Returns the text of a match's group. */
function groupOf(block: SourceText, found: RegExpExecArray, group: number): SourceText {
  const value = found[group] ?? '';
  const at = value === '' ? 0 : found[0].lastIndexOf(value);
  return block.slice(at, at + value.length);
}

export const admonitionRule = containerRule({
  sign: '!!!',
  marker: markerPatterns.admonition,
  isOne: element => element.tag === 'div' && element.get('class').includes('admonition'),
  contentOf: container => container,
  open(found, { parent, block, from }) {
    const { classes, titleGroup } = readAdmonition(found);
    const admonition = parent.add('div', { class: `admonition ${classes}` });
    admonition.from = from;
    if (titleGroup !== undefined && found[titleGroup] === '') return admonition;
    const title = admonition.add('p', { class: 'admonition-title' });
    title.from = from;
    title.text =
      titleGroup === undefined
        ? SourceText.made(nameOfBox(classes), from)
        : groupOf(block, found, titleGroup);
    return admonition;
  },
});

export const detailsRule = containerRule({
  sign: '???',
  marker: markerPatterns.details,
  isOne: element => element.tag === 'details',
  contentOf: container => container,
  open(found, { parent, block, from }) {
    const { classes, titleGroup, isOpen } = readDetails(found);
    const details = parent.add('details', isOpen ? { open: 'open' } : {});
    if (classes !== '') details.set('class', classes);
    details.from = from;
    const summary = details.add('summary');
    summary.from = from;
    summary.text =
      titleGroup === undefined
        ? SourceText.made(nameOfBox(classes), from)
        : groupOf(block, found, titleGroup);
    return details;
  },
});

/** `=== "Title"`: tabs, in Material's "alternate" style or the classic one. */
export function tabsRule({
  alternate,
  hasSlugs,
}: {
  readonly alternate: boolean;
  /** Whether ids are made of titles, later. */
  readonly hasSlugs: boolean;
}): BlockRule {
  const setClass = alternate ? 'tabbed-set tabbed-alternate' : 'tabbed-set';
  const isSet = (element: Element | undefined): element is Element =>
    element?.tag === 'div' && element.get('class') === setClass;

  return containerRule({
    sign: '===',
    marker: markerPatterns.tab,
    isOne: isSet,
    contentOf: set => (alternate ? set.last?.last : set.last),
    open(found, { parent, block, from, parser }) {
      const { titleGroup, isSelected, beginsSet } = readTab(found);
      const title = groupOf(block, found, titleGroup);
      const last = parent.last;
      const continues = isSet(last) && !beginsSet;
      let set: Element;
      if (continues) {
        set = last;
      } else {
        parser.page.tabSets++;
        set = parent.add('div', { class: setClass, 'data-tabs': `${parser.page.tabSets}:0` });
        set.from = from;
        if (alternate) {
          set.add('div', { class: 'tabbed-labels' });
          set.add('div', { class: 'tabbed-content' });
        }
      }
      const [number = '1', count = '0'] = set.get('data-tabs').split(':');
      const tab = Number(count) + 1;
      const id = `__tabbed_${number}_${tab}`;
      const input = new Element('input', { name: `__tabbed_${number}`, type: 'radio' });
      if (!hasSlugs) input.set('id', id);
      if (!continues || isSelected) {
        for (const other of set.children) {
          if (other.tag === 'input') other.attributes.delete('checked');
        }
        input.set('checked', 'checked');
      }
      set.set('data-tabs', `${number}:${tab}`);
      const label = new Element('label', hasSlugs ? {} : { for: id });
      label.text = title;
      const content = new Element('div', {
        class: alternate ? 'tabbed-block' : 'tabbed-content',
      });
      content.from = from;
      if (alternate) {
        set.insert(Number(count), input);
        set.children.at(-2)?.append(label);
        set.children.at(-1)?.append(content);
      } else {
        set.append(input);
        set.append(label);
        set.append(content);
      }
      return content;
    },
  });
}
