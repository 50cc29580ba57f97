import MarkdownIt from 'markdown-it';
import { sanitizeDocs } from '../../techdocs/content/sanitizeDocs';

/** Markdown parser for short texts. HTML and images are shown as text. */
const markdown = new MarkdownIt({ html: false, linkify: true }).disable('image');
// Also links addresses without a scheme.
markdown.linkify.set({ fuzzyLink: true });

// Headings are reserved for the page.
markdown.renderer.rules['heading_open'] = () => '<p><strong>';
markdown.renderer.rules['heading_close'] = () => '</strong></p>';

/** Renders Markdown as detached elements, without scripts or requests. */
export function renderMarkdown(text: string): DocumentFragment {
  return sanitizeDocs(markdown.render(text));
}
