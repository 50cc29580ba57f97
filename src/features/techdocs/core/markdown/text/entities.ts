import MarkdownIt from 'markdown-it';

const entity = /&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{1,31});/g;

const { utils } = new MarkdownIt('zero');

/** Decodes HTML entities. */
export const decodeEntities = (html: string): string =>
  html.includes('&') ? html.replace(entity, found => utils.unescapeAll(found)) : html;

/** Removes tags and comments, and collapses whitespace. */
export function stripTags(html: string): string {
  let text = html;
  if (text.includes('<!--')) text = without(text, '<!--', '-->');
  if (text.includes('<')) text = without(text, '<', '>');
  return text.split(/\s+/).filter(Boolean).join(' ');
}

/** Removes all texts between two marks, including the marks. */
export function without(text: string, open: string, close: string): string {
  let result = '';
  let from = 0;
  for (let at = text.indexOf(open); at !== -1; at = text.indexOf(open, from)) {
    const end = text.indexOf(close, at);
    if (end === -1) break;
    result += text.slice(from, at);
    from = end + close.length;
  }
  return result + text.slice(from);
}
