/** The first line, counted from 0, of what a block was written in. */
const LINE = 'data-line';

/** A part of what is to be shown, by itself. */
export interface ContentBlock {
  /** What it is made of, without its lines. */
  readonly key: string;
  /** Lines of the elements in it, in their order, as attributes say them. */
  readonly lines: readonly string[];
  /** What is shown of it; not asked for where that is there already. */
  readonly make: () => readonly Node[];
}

interface ShownBlock {
  readonly key: string;
  lines: readonly string[];
  /** How many children of the root it has. */
  readonly size: number;
}

/**
 * Makes an element hold what blocks say, and leaves what is the same: while somebody types, the rest of the page neither
 * flickers nor moves, keeps which tabs and details are open, and costs nothing.
 */
export class MendedContent {
  #root: HTMLElement;
  /** The page changes the children of the root, but not how many there are. */
  #shown: readonly ShownBlock[] = [];

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  /** @returns the elements that are new */
  become(blocks: readonly ContentBlock[]): readonly Element[] {
    const before = this.#shown;
    const most = Math.min(before.length, blocks.length);
    let start = 0;
    while (start < most && before[start]?.key === blocks[start]?.key) start++;
    let same = 0;
    while (same < most - start && before.at(-1 - same)?.key === blocks.at(-1 - same)?.key) same++;
    const children = [...this.#root.childNodes];
    const head = before.slice(0, start);
    const tail = same ? before.slice(-same) : [];
    // What stands around an edit is the same but for its lines.
    renumber(head, blocks.slice(0, start), children);
    const tailChildren = children.slice(children.length - sizeOf(tail));
    renumber(tail, same ? blocks.slice(-same) : [], tailChildren);
    for (const child of children.slice(sizeOf(head), children.length - tailChildren.length)) {
      child.remove();
    }
    const following = tailChildren[0] ?? null;
    const added: Element[] = [];
    const made = blocks.slice(start, blocks.length - same).map(({ key, lines, make }) => {
      const nodes = make();
      for (const node of nodes) {
        this.#root.insertBefore(node, following);
        if (node instanceof Element) added.push(node);
      }
      return { key, lines, size: nodes.length };
    });
    this.#shown = [...head, ...made, ...tail];
    return added;
  }
}

function sizeOf(blocks: readonly ShownBlock[]): number {
  return blocks.reduce((sum, { size }) => sum + size, 0);
}

function renumber(
  shown: readonly ShownBlock[],
  blocks: readonly ContentBlock[],
  children: readonly Node[],
): void {
  let at = 0;
  for (const [index, block] of shown.entries()) {
    const lines = blocks[index]?.lines ?? [];
    const nodes = children.slice(at, at + block.size);
    at += block.size;
    // Nothing before an edit has other lines, and most of what is behind it has no lines at all.
    if (lines.every((line, place) => line === block.lines[place])) continue;
    const now = new Map(block.lines.map((line, place) => [line, lines[place] ?? line]));
    const elements = nodes.filter(node => node instanceof Element);
    for (const element of elements.flatMap(node => within(node, `[${LINE}]`))) {
      const line = element.getAttribute(LINE) ?? '';
      element.setAttribute(LINE, now.get(line) ?? line);
    }
    block.lines = lines;
  }
}

/** Elements that match a selector: the element itself, and those in it. */
export function within(element: Element, selector: string): readonly Element[] {
  const below = [...element.querySelectorAll(selector)];
  return element.matches(selector) ? [element, ...below] : below;
}

/**
 * The parts that stand beside each other in the HTML of docs. What is read here runs and loads nothing, belongs to no page,
 * and is shown nowhere: `make` gets the HTML of a part, and gives what is shown of it.
 */
export function contentBlocks(
  html: string,
  make: (html: string) => readonly Node[],
): readonly ContentBlock[] {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  return Array.from(body.childNodes).flatMap((node): readonly ContentBlock[] => {
    if (node instanceof Element) return [blockOf(node, make)];
    const text = node.nodeType === Node.TEXT_NODE ? (node.textContent ?? '') : '';
    if (text === '') return [];
    return [{ key: `text ${text}`, lines: [], make: () => [document.createTextNode(text)] }];
  });
}

function blockOf(element: Element, make: (html: string) => readonly Node[]): ContentBlock {
  const numbered = within(element, `[${LINE}]`);
  const lines = numbered.map(each => each.getAttribute(LINE) ?? '');
  for (const each of numbered) each.removeAttribute(LINE);
  return {
    key: element.outerHTML,
    lines,
    make: () => {
      for (const [index, each] of numbered.entries()) each.setAttribute(LINE, lines[index] ?? '');
      return make(element.outerHTML);
    },
  };
}

/** Below the bar of the portal, which stays where it is. */
const TOP = 45;

interface Place {
  readonly line: number;
  /** In pixels of the document. */
  readonly top: number;
}

/** The line of the Markdown that is at the top of the window; between blocks, in proportion. */
export function visibleLine(root: Element): number {
  const places = placesOf(root);
  const after = places.findIndex(({ top }) => top > window.scrollY + TOP);
  const [before, next] = [places[after === -1 ? places.length - 1 : after - 1], places[after]];
  if (!before) return 0;
  if (!next || next.top === before.top) return before.line;
  const share = (window.scrollY + TOP - before.top) / (next.top - before.top);
  return Math.floor(before.line + share * (next.line - before.line));
}

/** Scrolls so that what a line of the Markdown says is at the top of the window. */
export function showLine(root: Element, line: number): void {
  const places = placesOf(root);
  const after = places.findIndex(place => place.line > line);
  const [before, next] = [places[after === -1 ? places.length - 1 : after - 1], places[after]];
  // What is above the text belongs to its beginning.
  if (!before || line === 0) {
    window.scrollTo(0, 0);
    return;
  }
  const share = next ? (line - before.line) / (next.line - before.line) : 0;
  window.scrollTo(0, before.top + share * ((next?.top ?? before.top) - before.top) - TOP);
}

/** In the order of lines; those that are out of sight in closed tabs and details are left out. */
function placesOf(root: Element): readonly Place[] {
  const places: Place[] = [];
  for (const element of root.querySelectorAll(`[${LINE}]`)) {
    const { top, height } = element.getBoundingClientRect();
    const line = Number(element.getAttribute(LINE));
    const last = places.at(-1);
    if (height > 0 && line > (last?.line ?? -1)) places.push({ line, top: top + window.scrollY });
  }
  return places;
}
