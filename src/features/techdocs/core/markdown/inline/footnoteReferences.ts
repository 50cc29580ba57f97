import type { PageContext } from '../pageContext';
import { Element } from '../text/element';
import { SourceText } from '../text/sourceText';
import type { InlineRule } from './inlineRule';

export const footnoteId = (id: string): string => `fn:${id}`;

/** The id of a reference; the second to the same footnote gets a number, and so on. */
export function footnoteReferenceId(id: string, page: PageContext): string {
  const original = `fnref:${id}`;
  const number = (page.footnoteCounts.get(original) ?? 0) + 1;
  page.footnoteCounts.set(original, number);
  return number === 1 ? original : `fnref${number}:${id}`;
}

/** `[^id]` where there is such a footnote. */
export function footnoteReferenceRule(): InlineRule {
  let numbers: { readonly of: PageContext; readonly byId: Map<string, number> } | undefined;
  return {
    name: 'footnote',
    trigger: /\[\^([^\]]{0,999})\]/g,
    match(source, at, _before, { page }) {
      const end = source.text.indexOf(']', at);
      const id = source.text.slice(at + 2, end);
      if (!page.footnotes.has(id)) return { continueAt: end + 1 };
      // All footnotes are known before texts are looked into.
      if (numbers?.of !== page) {
        const ids = [...page.footnotes.keys()];
        numbers = { of: page, byId: new Map(ids.map((name, index) => [name, index + 1])) };
      }
      const superscript = new Element('sup', { id: footnoteReferenceId(id, page) });
      const anchor = superscript.add('a', { href: `#${footnoteId(id)}`, class: 'footnote-ref' });
      const written = page.extensions.text('footnotes', 'SUPERSCRIPT_TEXT', '{}');
      const text = written.replace('{}', String(numbers.byId.get(id) ?? 0));
      anchor.text = SourceText.made(text, source.offsetAt(at));
      return { from: at, to: end + 1, node: superscript };
    },
  };
}
