import MarkdownIt, { type Token } from 'markdown-it';

const MAX_LENGTH = 300;
/** The part of a README that is read, which limits the time for a hostile one. */
const MAX_README = 20_000;
/** Maximum length of a paragraph: some rules of Markdown take quadratic time. */
const MAX_PARAGRAPH = 8000;

/** Collapses whitespace and control characters, for a text on one line. */
export function toLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}

/** Returns the description of a manifest; undefined if it is empty. */
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
 * Returns the first paragraph of prose in a README: no heading, badge, table, list, quote or code. Strips Markdown, and
 * truncates a long text after a sentence.
 */
export function firstParagraph(readme: string): string | undefined {
  const text = readme
    .slice(0, MAX_README)
    .replace(/^\uFEFF/, '')
    .replaceAll('\0', ' ');
  // Labels may be defined after the part that is read.
  const labels = [...readme.matchAll(LABEL)].map(([, label = '']) => label);
  const references = Object.assign(
    Object.create(null) as Record<string, typeof NO_LINK>,
    Object.fromEntries(labels.map(label => [markdown.utils.normalizeReference(label), NO_LINK])),
  );
  const tokens = blocks.parse(text, {});
  for (const [index, { type, level }] of tokens.entries()) {
    const content = tokens[index + 1]?.content ?? '';
    // Directives and fields of reStructuredText aren't prose.
    if (type !== 'paragraph_open' || level !== 0 || /^(\.\.|[:|])/.test(content)) continue;
    const [inline] = markdown.parseInline(content.slice(0, MAX_PARAGRAPH), { references });
    const prose = shortened(toLine((inline?.children ?? []).map(textOf).join('')));
    // A line of badges has no text, and a single word is a title.
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
  // Not within a word or a surrogate pair.
  return `${cut.replace(/\s+\S*$/, '').replace(/[\uD800-\uDBFF]$/, '')}…`;
}
