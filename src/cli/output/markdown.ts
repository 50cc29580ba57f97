import { printable } from './style';

/** The longest text of the catalog that is shown in one piece, in characters. */
const maxLength = 400;

/**
 * Text of the catalog as text in Markdown, on one line: it makes no links, no HTML and no emphasis,
 * mentions nobody and refers to no issue.
 */
export function markdownText(text: string): string {
  return printable(cut(text))
    .replace(/[\\`*_{}[\]<>()#+!|~&$^:.=-]/g, character =>
      // Where a word would become a link of its own, a backslash does not help.
      character === ':' || character === '.' || character === '-' ? character : `\\${character}`,
    )
    .replace(/@|\\#|:\/\/|www\./gi, start => `${start}\u200b`);
}

/** Text of the catalog as code in Markdown: what stands in it means nothing. */
export function inCode(text: string): string {
  const shown = printable(cut(text));
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 || shown.trim() !== shown || shown === '' ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}`;
}

function cut(text: string): string {
  return text.length <= maxLength ? text : `${[...text.slice(0, maxLength)].join('')}…`;
}
