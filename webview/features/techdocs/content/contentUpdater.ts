/** First line, from 0, of a block's source. */
const LINE = 'data-line';

/** A top-level block of the content. */
export interface ContentBlock {
  /** Source of the block without line numbers. */
  readonly key: string;
  /** Line attributes of its elements, in order. */
  readonly lines: readonly string[];
  /** Creates the nodes. Not called for unchanged blocks. */
  readonly make: () => readonly Node[];
}

interface ShownBlock {
  readonly key: string;
  lines: readonly string[];
  /** Number of children of the root. */
  readonly size: number;
}

/**
 * Updates an element to new blocks and keeps unchanged ones. While the user types, the rest of the
 * page doesn't flicker or move, and tabs and details stay open.
 */
export class ContentUpdater {
  #root: HTMLElement;
  /** Blocks in the root. Other code may change its children, but not their number. */
  #shown: readonly ShownBlock[] = [];

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  /** @returns the new elements */
  update(blocks: readonly ContentBlock[]): readonly Element[] {
    const before = this.#shown;
    const most = Math.min(before.length, blocks.length);
    let start = 0;
    while (start < most && before[start]?.key === blocks[start]?.key) start++;
    let same = 0;
    while (same < most - start && before.at(-1 - same)?.key === blocks.at(-1 - same)?.key) same++;
    const children = [...this.#root.childNodes];
    const head = before.slice(0, start);
    const tail = same ? before.slice(-same) : [];
    // Blocks around an edit only have other lines.
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
    // Blocks before an edit keep their lines, and most others have none.
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

/** Returns the element and its descendants that match a selector. */
export function within(element: Element, selector: string): readonly Element[] {
  const below = [...element.querySelectorAll(selector)];
  return element.matches(selector) ? [element, ...below] : below;
}

/**
 * Splits the HTML of docs into top-level blocks. The parsed document is inert: it runs and loads
 * nothing. `make` converts the HTML of a block to nodes.
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

/** Height of the portal's sticky bar, in pixels. */
const TOP = 45;

interface Place {
  readonly line: number;
  /** Pixels from the top of the document. */
  readonly top: number;
}

/** Returns the line of the Markdown at the top of the window, interpolated between blocks. */
export function visibleLine(root: Element): number {
  const places = placesOf(root);
  const after = places.findIndex(({ top }) => top > window.scrollY + TOP);
  const [before, next] = [places[after === -1 ? places.length - 1 : after - 1], places[after]];
  if (!before) return 0;
  if (!next || next.top === before.top) return before.line;
  const share = (window.scrollY + TOP - before.top) / (next.top - before.top);
  return Math.floor(before.line + share * (next.line - before.line));
}

/** Scrolls a line of the Markdown to the top of the window. */
export function showLine(root: Element, line: number): void {
  const places = placesOf(root);
  const after = places.findIndex(place => place.line > line);
  const [before, next] = [places[after === -1 ? places.length - 1 : after - 1], places[after]];
  // Content above the text belongs to its start.
  if (!before || line === 0) {
    window.scrollTo(0, 0);
    return;
  }
  const share = next ? (line - before.line) / (next.line - before.line) : 0;
  window.scrollTo(0, before.top + share * ((next?.top ?? before.top) - before.top) - TOP);
}

/** Returns visible places by line, without those in closed tabs and details. */
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
