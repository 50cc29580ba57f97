import { LINE } from './lines';
import type { ContentBlock } from './mendContent';

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
  const below = [...element.querySelectorAll(`[${LINE}]`)];
  const numbered = element.hasAttribute(LINE) ? [element, ...below] : below;
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
