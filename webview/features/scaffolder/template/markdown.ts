import MarkdownIt from 'markdown-it';
import { sanitizeDocs } from '../../techdocs/content/sanitizeDocs';

/** Texts of templates are a few sentences. HTML in them is shown as it is written, and so are pictures. */
const markdown = new MarkdownIt({ html: false, linkify: true }).disable('image');
// Addresses without a scheme, too.
markdown.linkify.set({ fuzzyLink: true });

// The headings of the page are its own.
markdown.renderer.rules['heading_open'] = () => '<p><strong>';
markdown.renderer.rules['heading_close'] = () => '</strong></p>';

/** What a text in Markdown says, without anything that could run or load: elements that belong to no page yet. */
export function renderMarkdown(text: string): DocumentFragment {
  return sanitizeDocs(markdown.render(text));
}
