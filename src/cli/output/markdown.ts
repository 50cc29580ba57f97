import { printable } from './style';

/** The maximum length of a displayed catalog text, in characters. */
const maxLength = 400;

/** Escapes a catalog text for Markdown, on one line: without links, HTML, emphasis, mentions and issue references. */
export function markdownText(text: string): string {
  return printable(cut(text))
    .replace(/[\\`*_{}[\]<>()#+!|~&$^:.=-]/g, character =>
      // A backslash doesn't prevent autolinks.
      character === ':' || character === '.' || character === '-' ? character : `\\${character}`,
    )
    .replace(/@|\\#|:\/\/|www\./gi, start => `${start}\u200b`);
}

/** Returns a catalog text as inline code in Markdown. */
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
