import { Element } from '../text/element';
import { HtmlStash } from '../text/stash';
import type { BlockParser, BlockRule } from './blockParser';

/** Elements with `markdown="1"` in the page: what stands in them is Markdown. */
export const markdownInHtmlRule: BlockRule = {
  name: 'markdown_block',
  test: (_parent, block) => block.text.startsWith('\u0002'),
  run(parent, blocks, parser) {
    const index = HtmlStash.indexAtStart(blocks.peek()?.text ?? '');
    if (index === undefined) return false;
    const stashed = parser.page.stash.get(index);
    if (!(stashed instanceof Element)) return false;
    blocks.take();
    readContent(stashed, parser, 0);
    parent.append(stashed);
    parser.page.stash.set(index, '');
    return true;
  },
};

function readContent(element: Element, parser: BlockParser, depth: number): void {
  const mode = element.attributes.get('markdown') ?? 'off';
  element.attributes.delete('markdown');
  const children = [...element.children];
  if (depth < 100) for (const child of children) readContent(child, parser, depth + 1);
  if (mode === 'span') return;
  if (mode !== 'block') {
    element.text = element.text?.asAtomic();
    for (const child of children) child.tail = child.tail?.asAtomic();
    return;
  }
  const read = (text: Element['text']): readonly Element[] => {
    if (!text?.length) return [];
    const into = new Element('div');
    parser.parseChunk(into, text.trimNewlines());
    return into.children;
  };
  // What follows the children is read before what stands first: tabs are numbered in this order.
  const after = children.flatMap(child => {
    const { tail } = child;
    child.tail = undefined;
    return [child, ...read(tail)];
  });
  const first = read(element.text);
  element.text = undefined;
  element.replaceChildren([...first, ...after]);
}
