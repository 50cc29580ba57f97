const MAX_LENGTH = 300;
/** A README's beginning is enough, and bounds the work on a hostile one. */
const MAX_README = 20_000;

/** One line of plain text: control characters and blanks in a row become one blank. */
export function toLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}

/** A description from a manifest; undefined where it says nothing. */
export function toDescription(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  return shortened(toLine(text.slice(0, MAX_README))) || undefined;
}

/**
 * The first paragraph of prose in a README: no heading, badge, table, list, quote or code. Marks of
 * Markdown are taken off, and what is left is cut after a sentence where it is long.
 */
export function firstParagraph(readme: string): string | undefined {
  let isFenced = false;
  let isComment = false;
  let paragraph: string[] = [];
  const finish = (): string | undefined => {
    const text = shortened(plainText(paragraph.join(' ')));
    paragraph = [];
    // A line of badges leaves nothing, and a single word is a title.
    const isWord = text.split(/\s+/).map(part => /[\p{L}\p{N}]/u.test(part));
    return isWord.some((is, index) => is && isWord[index + 1]) ? text : undefined;
  };
  for (const raw of readme
    .slice(0, MAX_README)
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)) {
    const line = raw.trim();
    if (isComment || line.startsWith('<!--')) {
      isComment = !line.includes('-->');
      continue;
    }
    if (/^(```|~~~)/.test(line)) isFenced = !isFenced;
    const isUnderline = paragraph.length > 0 && /^(=+|-+|~+)$/.test(line);
    if (isUnderline) paragraph = [];
    const ends = isFenced || isUnderline || !isProse(line) || /^( {4}|\t)/.test(raw);
    if (!ends) {
      paragraph.push(line);
      continue;
    }
    const found = finish();
    if (found !== undefined) return found;
  }
  return finish();
}

function isProse(line: string): boolean {
  return (
    line !== '' && !/^([#>|=*+-]\s|[#>|=:.]|\d+[.)]\s|```|~~~|---|\*\*\*|\[[^\]]+\]:\s)/.test(line)
  );
}

function plainText(markdown: string): string {
  return toLine(
    markdown
      .replace(/!\[[^\]]{0,500}\](\([^)]{0,2000}\)|\[[^\]]{0,500}\])/g, '')
      .replace(/\[([^\]]{0,500})\](\([^)]{0,2000}\)|\[[^\]]{0,500}\])/g, '$1')
      .replace(/<[^<>]{0,2000}>/g, ' ')
      .replace(/[*_]{1,3}(?=\S)([^*_]{1,500})(?<=\S)[*_]{1,3}/g, '$1')
      .replaceAll('`', ''),
  );
}

function shortened(text: string): string {
  if (text.length <= MAX_LENGTH) return text;
  const cut = text.slice(0, MAX_LENGTH);
  const sentence = /^.*[.!?](?=\s)/.exec(cut)?.[0];
  if (sentence !== undefined && sentence.length > MAX_LENGTH / 4) return sentence;
  // Not in the middle of a word, nor of a character of two code units.
  return `${cut.replace(/\s+\S*$/, '').replace(/[\uD800-\uDBFF]$/, '')}…`;
}
