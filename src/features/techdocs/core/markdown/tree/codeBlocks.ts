import type { PageContext } from '../pageContext';
import { CodeRenderer, noLineNumbers } from '../render/codeBlock';
import type { Element } from '../text/element';
import { SourceText } from '../text/sourceText';
import { withoutTrailing } from '../text/trailing';

const unescapeCode = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Code by indentation looks like code between fences. */
export function highlightCodeBlocks(root: Element, page: PageContext): void {
  if (!page.extensions.has('pymdownx.highlight')) return;
  const renderer = new CodeRenderer(page.extensions, page.highlight);
  for (const element of root.walk()) {
    const [code, ...others] = element.children;
    if (element.tag !== 'pre' || code?.tag !== 'code' || others.length > 0) continue;
    const html = renderer.block({
      code: withoutTrailing(unescapeCode(code.text?.text ?? ''), '\n'),
      language: '',
      classes: [],
      id: '',
      attributes: [],
      title: undefined,
      highlightedLines: [],
      lineNumbers: noLineNumbers,
      marker: '',
    });
    element.tag = 'p';
    element.replaceChildren([]);
    element.attributes.clear();
    // Text that stood behind it in an item is lost, as it is in pymdownx.
    element.tail = undefined;
    element.text = SourceText.made(page.stash.store(html), element.from ?? 0);
  }
}
