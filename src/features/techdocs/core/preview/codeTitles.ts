import type { MarkdownIt, StateCore, Token } from 'markdown-it';
import { readFenceHeader } from '../markdown/preprocess/fenceHeader';
import { readAttributeList } from '../markdown/text/attributeLists';

/** Titles of fenced code (```` ```ts title="a.ts" ````), shown above it, and languages between braces. */
export function useCodeTitles(md: MarkdownIt): void {
  md.core.ruler.after('block', 'callboard_code_titles', state => {
    state.tokens = state.tokens.flatMap(token =>
      token.type === 'fence' ? titled(token, state) : [token],
    );
  });
}

function titled(fence: Token, { Token }: StateCore): readonly Token[] {
  const { language, title } = headerOf(fence);
  if (language !== undefined) fence.info = language;
  if (!title) return [fence];
  const box = new Token('callboard_code_open', 'div', 1);
  box.attrSet('class', 'callboard-code');
  const name = new Token('callboard_code_title_open', 'span', 1);
  name.attrSet('class', 'filename');
  const text = new Token('text', '', 0);
  text.content = title;
  const nameEnd = new Token('callboard_code_title_close', 'span', -1);
  const boxEnd = new Token('callboard_code_close', 'div', -1);
  box.block = boxEnd.block = true;
  return [box, name, text, nameEnd, fence, boxEnd];
}

interface CodeHeader {
  /** Where it is not the first word of the fence. */
  readonly language?: string | undefined;
  readonly title?: string | undefined;
}

function headerOf({ markup, info }: Token): CodeHeader {
  const header = readFenceHeader(`${markup}${info}`);
  if (!header) return {};
  const { attributes, options } = header;
  const entries = attributes === undefined ? options : readAttributeList(attributes).entries;
  const valueOf = (key: string): string | undefined => entries.find(([name]) => name === key)?.[1];
  return {
    language: attributes === undefined ? undefined : (header.language ?? valueOf('.')),
    title: valueOf('title')?.trim(),
  };
}
