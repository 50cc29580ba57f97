import { ownValue } from '../../../../../base';

/** Returns the page's title heading; undefined if the page starts with something else. */
export type ReadHeading = (markdown: string) => string | undefined;

/**
 * Returns the text of a level 1 heading at the start of a page, from its source, so that lists of
 * pages don't need to render them.
 *
 * Source: `_ExtractTitleTreeprocessor` of MkDocs, for headings of Python-Markdown and `attr_list`.
 */
export const readHeading: ReadHeading = markdown => {
  const block = firstBlock(markdown);
  const hashes = /^(#{1,6})((?:\\.|[^\\\n])*?)#*(?:\n|$)/.exec(block);
  const underlined = /^([^\n]*)\n(=+|-+)[ ]*(?:\n|$)/.exec(block);
  const raw = hashes
    ? hashes[1]?.length === 1
      ? hashes[2]
      : undefined
    : underlined?.[2]?.startsWith('=')
      ? underlined[1]
      : undefined;
  const text = raw === undefined ? '' : inlineText(withoutAttributes(raw.trim()));
  return text === '' ? undefined : text;
};

/** Definitions are removed before rendering, so the next block is the first. */
const DEFINITION = /^ {0,3}(?:\[[^\]\n]+\]:|\*\[[^\]\n]+\]:)[^\n]*(?:\n|$)/;

function firstBlock(markdown: string): string {
  let text = markdown.replace(/^(?:[ \t]*\n)+/, '');
  for (let match = DEFINITION.exec(text); match; match = DEFINITION.exec(text)) {
    text = text.slice(match[0].length).replace(/^(?:[ \t]*\n)+/, '');
  }
  return text.slice(0, 2000);
}

function withoutAttributes(heading: string): string {
  return heading.replace(/[ ]+\{:?[ ]*[^}\n ][^}\n]*[ ]*\}[ ]*$/, '').trim();
}

/** Longer headings aren't parsed. */
const MAX_LENGTH = 500;

function inlineText(markdown: string): string {
  const kept: string[] = [];
  const keep = (text: string): string => {
    kept.push(text);
    return `\0${kept.length - 1}\0`;
  };
  return markdown
    .slice(0, MAX_LENGTH)
    .replaceAll('\0', '')
    .replace(/(`+)([^`]+)\1(?!`)/g, (_, __, code: string) => keep(code.trim()))
    .replace(/\\([\\`*_{}[\]()>#+\-.!~^=:|"'<&])/g, (_, mark: string) => keep(mark))
    .replace(/<((?:https?|ftp):[^>\s]+|[^>\s@]+@[^>\s]+)>/g, (_, url: string) => keep(url))
    .replace(/<!--.*?-->|<\/?[A-Za-z][^>]*>/g, '')
    .replace(/\[\^[^\]\s]+\]/g, '')
    .replace(/!?\[([^[\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])/g, '$1')
    .replace(/(\*\*\*|___)(?=\S)(.+?)(?<=\S)\1/g, '$2')
    .replace(/(\*\*|~~|==|\^\^)(?=\S)(.+?)(?<=\S)\1/g, '$2')
    .replace(/([~^])(?=\S)([^~^\s]+)\1/g, '$2')
    .replace(/\*(?=\S)(.+?)(?<=\S)\*/g, '$1')
    .replace(/(?<![\p{L}\p{N}_])(__?)(?=\S)(.+?)(?<=\S)\1(?![\p{L}\p{N}_])/gu, '$2')
    .replace(
      /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|nbsp|copy|mdash|ndash));/g,
      entity,
    )
    .replace(/\0(\d+)\0/g, (_, index: string) => kept[Number(index)] ?? '')
    .replace(/\s+/g, ' ')
    .trim();
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: '\u00A0',
  copy: '©',
  mdash: '—',
  ndash: '–',
};

function entity(written: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return ownValue(ENTITIES, name) ?? written;
  const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : written;
}
