/** The first line, counted from 0, of what a block was written in. */
export const LINE = 'data-line';

/**
 * Makes an element hold what a fragment holds, and leaves what is the same: while somebody types, the rest of the page
 * neither flickers nor moves, and keeps which tabs and details are open.
 */
export class MendedContent {
  #root: HTMLElement;
  /** What each child of the root was made of, without its lines; the page changes the children themselves. */
  #keys: readonly string[] = [];

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  /** @returns the elements that are new */
  become(fragment: DocumentFragment): readonly Element[] {
    const before = this.#keys;
    const after = keysOf(fragment);
    const most = Math.min(before.length, after.length);
    let start = 0;
    while (start < most && before[start] === after[start]) start++;
    let same = 0;
    while (same < most - start && before.at(-1 - same) === after.at(-1 - same)) same++;
    const shown = [...this.#root.childNodes];
    const made = [...fragment.childNodes];
    for (let back = 1; back <= same; back++) copyLines(made.at(-back), shown.at(-back));
    for (const child of shown.slice(start, shown.length - same)) child.remove();
    const added = made.slice(start, made.length - same);
    const following = shown[shown.length - same] ?? null;
    for (const node of added) this.#root.insertBefore(node, following);
    this.#keys = after;
    return added.filter(node => node instanceof Element);
  }
}

function keysOf(fragment: DocumentFragment): readonly string[] {
  const copy = fragment.cloneNode(true) as DocumentFragment;
  for (const element of copy.querySelectorAll(`[${LINE}]`)) element.removeAttribute(LINE);
  return Array.from(copy.childNodes, node =>
    node instanceof Element ? node.outerHTML : `${node.nodeType} ${node.textContent}`,
  );
}

/** What stands behind an edit is the same but for its lines. */
function copyLines(from: Node | undefined, to: Node | undefined): void {
  const [sources, targets] = [withLines(from), withLines(to)];
  for (const [index, target] of targets.entries()) {
    target.setAttribute(LINE, sources[index]?.getAttribute(LINE) ?? '');
  }
}

function withLines(node: Node | undefined): readonly Element[] {
  if (!(node instanceof Element)) return [];
  const below = [...node.querySelectorAll(`[${LINE}]`)];
  return node.hasAttribute(LINE) ? [node, ...below] : below;
}
