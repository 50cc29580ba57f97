import MarkdownIt, { type Token } from 'markdown-it';

const MAX_LENGTH = 300;
/** A README's beginning is enough, and bounds the work on a hostile one. */
const MAX_README = 20_000;
/** Maximum length of a paragraph: some rules of Markdown take quadratic time. */
const MAX_PARAGRAPH = 8000;

/** One line of plain text: control characters and blanks in a row become one blank. */
export function toLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}

/** A description from a manifest; undefined where it says nothing. */
export function toDescription(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  return shortened(toLine(text.slice(0, MAX_README))) || undefined;
}

const markdown = new MarkdownIt({ html: true });
const blocks = new MarkdownIt({ html: true }).disable('inline');

/** A label of a link: in its definition `[label]: address`, or in `[text][label]`. */
const LABEL = /(?:^ {0,3}|\])\[([^[\]]{1,500})\]/gm;
const NO_LINK = { href: '', title: '' };

/**
 * The first paragraph of prose in a README: no heading, badge, table, list, quote or code. Marks of
 * Markdown are taken off, and what is left is cut after a sentence where it is long.
 */
export function firstParagraph(readme: string): string | undefined {
  const text = readme
    .slice(0, MAX_README)
    .replace(/^\uFEFF/, '')
    .replaceAll('\0', ' ');
  // Labels may be defined behind the part that is read.
  const labels = [...readme.matchAll(LABEL)].map(([, label = '']) => label);
  const references = Object.assign(
    Object.create(null) as Record<string, typeof NO_LINK>,
    Object.fromEntries(labels.map(label => [markdown.utils.normalizeReference(label), NO_LINK])),
  );
  const tokens = blocks.parse(text, {});
  for (const [index, { type, level }] of tokens.entries()) {
    const content = tokens[index + 1]?.content ?? '';
    // Directives and fields of reStructuredText are no prose.
    if (type !== 'paragraph_open' || level !== 0 || /^(\.\.|[:|])/.test(content)) continue;
    const [inline] = markdown.parseInline(content.slice(0, MAX_PARAGRAPH), { references });
    const prose = shortened(toLine((inline?.children ?? []).map(textOf).join('')));
    // A line of badges leaves nothing, and a single word is a title.
    const isWord = prose.split(/\s+/).map(part => /[\p{L}\p{N}]/u.test(part));
    if (isWord.some((is, index) => is && isWord[index + 1])) return prose;
  }
  return undefined;
}

function textOf({ type, content }: Token): string {
  if (type === 'image') return '';
  return type === 'html_inline' || type.endsWith('break') ? ' ' : content;
}

function shortened(text: string): string {
  if (text.length <= MAX_LENGTH) return text;
  const cut = text.slice(0, MAX_LENGTH);
  const sentence = /^.*[.!?](?=\s)/.exec(cut)?.[0];
  if (sentence !== undefined && sentence.length > MAX_LENGTH / 4) return sentence;
  // Not in the middle of a word, nor of a character of two code units.
  return `${cut.replace(/\s+\S*$/, '').replace(/[\uD800-\uDBFF]$/, '')}…`;
}
