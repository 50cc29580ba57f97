import type { MarkdownIt, StateCore } from 'markdown-it';
import { readAlert } from '../markdown/preprocess/alerts';

/** GitHub's alerts (`> [!NOTE]`), which are quotes until their first line is looked at. */
export function useAlerts(md: MarkdownIt): void {
  md.core.ruler.after('block', 'callboard_alerts', state => {
    for (let index = 0; index < state.tokens.length; index++) convert(state, index);
  });
}

function convert({ tokens, Token }: StateCore, index: number): void {
  const [quote, paragraph, text] = tokens.slice(index, index + 3);
  if (quote?.type !== 'blockquote_open' || quote.level > 0 || text?.type !== 'inline') return;
  if (paragraph?.type !== 'paragraph_open') return;
  const [first = '', ...others] = text.content.split('\n');
  const alert = readAlert(`> ${first}`);
  if (!alert) return;
  const end = tokens.findIndex(
    ({ type, level }, at) => at > index && type === 'blockquote_close' && level === quote.level,
  );
  const close = tokens[end];
  if (!close || (!others.length && end === index + 4)) return;
  for (const token of [quote, close]) token.tag = 'div';
  quote.attrJoin('class', `admonition ${alert.type}`);
  const line = quote.map?.[0] ?? 0;
  const open = new Token('paragraph_open', 'p', 1);
  open.attrSet('class', 'admonition-title');
  open.map = [line, line + 1];
  const title = new Token('inline', '', 0);
  Object.assign(title, { content: alert.title, children: [], map: [line, line + 1] });
  const heading = [open, title, new Token('paragraph_close', 'p', -1)];
  for (const token of heading) {
    token.block = true;
    token.level = token.type === 'inline' ? 2 : 1;
  }
  text.content = others.join('\n');
  for (const token of [paragraph, text]) {
    if (token.map) token.map = [token.map[0] + 1, token.map[1]];
  }
  tokens.splice(index + 1, others.length ? 0 : 3, ...heading);
}
