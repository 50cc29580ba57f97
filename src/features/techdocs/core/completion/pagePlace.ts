import type { PageIndex } from '../markdown/types';

/** Where in a page something is written that leads somewhere. */
export interface PagePlace {
  readonly form: 'inline' | 'definition' | 'html' | 'snippet';
  /** Of all that is written there, as offsets. */
  readonly start: number;
  readonly end: number;
  /** Whether blanks need no encoding. */
  readonly isBracketed: boolean;
  /** What completes it as far as a reader of the page needs that: before, and behind. */
  readonly closing: string;
}

/** What stands behind a target: a title, and the end. */
const INLINE_END = /^\s*(?:"[^"\n]*"|'[^'\n]*')?\s*\)/;

/** What is looked at before the cursor; no target is longer. */
const LONGEST = 2000;

/** The place that the text before and behind an offset looks like; whether it is one, the reader of pages knows. */
export function pagePlaceAt(text: string, offset: number): PagePlace | undefined {
  const before = text.slice(Math.max(0, offset - LONGEST), offset);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const rest = /^[^\r\n]*/.exec(text.slice(offset, offset + LONGEST))?.[0] ?? '';
  const snippet = /^[ \t]*-+8<-+[ \t]+(["'])([^"']*)$/.exec(line);
  if (snippet) {
    const [, quote = '"', written = ''] = snippet;
    const inside = rest.split(quote, 1)[0] ?? '';
    const isClosed = rest.length > inside.length;
    return placed(
      'snippet',
      { offset, written, inside: isClosed ? inside : '' },
      isClosed ? '' : quote,
    );
  }
  const html = /<(?:a|img)\s(?:[^<>]*\s)?(?:href|src)\s*=\s*(["'])([^"'<>\s]*)$/i.exec(before);
  if (html) {
    const [, quote = '"', written = ''] = html;
    const inside = /^[^"'<>\s]*/.exec(rest)?.[0] ?? '';
    const isClosed = rest.startsWith(quote, inside.length);
    const behind = isClosed ? rest.slice(inside.length + 1) : '';
    const closing = `${isClosed ? '' : quote}${/^[^<]*>/.test(behind) ? '' : '>'}`;
    const parts = { offset, written, inside: isClosed ? inside : '' };
    // What is closed by a quote has the end of its tag behind that.
    return placed('html', parts, isClosed && closing !== '' ? `${quote}>` : closing);
  }
  const definition = /^[ \t]*\[[^\]\n]+\]:[ \t]*(<?)((?:(?<=<[^<>]*)[^<>]|[^<>\s])*)$/.exec(line);
  if (definition) {
    const [, bracket = '', written = ''] = definition;
    const inside = (bracket ? /^[^<>]*(?=>)/ : /^\S*/).exec(rest)?.[0] ?? '';
    const isClosed = !bracket || rest.startsWith('>', inside.length);
    return placed('definition', { offset, written, inside }, isClosed ? '' : '>', bracket !== '');
  }
  const bracketed = /\]\([ \t]*<([^<>]*)$/.exec(line);
  if (bracketed) {
    const [, written = ''] = bracketed;
    const inside = /^[^<>]*(?=>)/.exec(rest)?.[0];
    const behind = inside === undefined ? '' : rest.slice(inside.length + 1);
    const isClosed = inside !== undefined && INLINE_END.test(behind);
    return placed('inline', { offset, written, inside: inside ?? '' }, isClosed ? '' : '>)', true);
  }
  const inline = /\]\([ \t]*([^\s<>()]*)$/.exec(line);
  if (!inline) return undefined;
  const [, written = ''] = inline;
  const inside = /^[^\s<>()]*/.exec(rest)?.[0] ?? '';
  const isClosed = INLINE_END.test(rest.slice(inside.length));
  const parts = { offset, written, inside: isClosed ? inside : '' };
  return placed('inline', parts, isClosed ? '' : ')');
}

function placed(
  form: PagePlace['form'],
  { offset, written, inside }: { offset: number; written: string; inside: string },
  closing: string,
  isBracketed = false,
): PagePlace {
  const [start, end] = [offset - written.length, offset + inside.length];
  return { form, start, end, isBracketed, closing };
}

/** No file of anybody's, and nothing that Markdown reads as more than letters. */
const PROBE = 'callboardlooksforthisplace';

/** The page as it is once something is written there, to be told what that is. */
export function withProbe(text: string, { start, end, closing }: PagePlace): string {
  return `${text.slice(0, start)}${PROBE}${closing}${text.slice(end)}`;
}

/**
 * What is written at the place of a page that was read with something there: what Markdown makes of code, comments and
 * escapes is known to nobody else. Undefined where it leads nowhere.
 */
export function wantedAt({
  images,
  links,
  definitions,
  includes,
}: PageIndex): 'image' | 'link' | 'definition' | 'snippet' | undefined {
  const isHere = ({ target }: { readonly target: string }): boolean => target === PROBE;
  if (includes.some(({ path }) => path === PROBE)) return 'snippet';
  // A definition is of use for both.
  if (definitions.some(isHere)) return 'definition';
  if (images.some(isHere)) return 'image';
  return links.some(isHere) ? 'link' : undefined;
}
