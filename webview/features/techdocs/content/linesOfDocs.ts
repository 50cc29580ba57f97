import { LINE } from './lines';

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
