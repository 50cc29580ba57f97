import type { InlineContext } from './inlineRule';

export interface LinkTarget {
  readonly href: string;
  readonly title: string | undefined;
  /** Where it says so, and where all of it ends: positions in the text. */
  readonly written: { readonly from: number; readonly to: number };
  readonly to: number;
}

const opening = /\(\s*/y;
const enclosed = /\(\s*(<[^<>]*>)\s*(?:('[^']*'|"[^"]*")\s*)?\)/y;

/** `(target "title")` or `(<target> "title")` at `from`. */
export function readTarget(
  text: string,
  from: number,
  context: InlineContext,
): LinkTarget | undefined {
  if (text[from] !== '(') return undefined;
  opening.lastIndex = from;
  const start = from + (opening.exec(text)?.[0].length ?? 1);
  if (text[start] === '<') {
    enclosed.lastIndex = from;
    const found = enclosed.exec(text);
    if (found) {
      const title = found[2]?.slice(1, -1);
      const written = (found[1] ?? '').slice(1, -1);
      return {
        href: context.plainText(written.trim()).trim(),
        title: cleanTitle(title, context),
        written: trimmedPart(written, start + 1),
        to: from + found[0].length,
      };
    }
  }
  const found = scanTarget(text, start, context);
  return (
    found && {
      href: context.plainText(found.href).trim(),
      title: cleanTitle(found.title, context),
      written: trimmedPart(found.href, start),
      to: found.to,
    }
  );
}

function trimmedPart(part: string, at: number): LinkTarget['written'] {
  const from = at + part.length - part.trimStart().length;
  return { from, to: Math.max(from, at + part.trimEnd().length) };
}

function cleanTitle(title: string | undefined, context: InlineContext): string | undefined {
  if (title === undefined) return undefined;
  let text = context.plainText(title.trim());
  const quote = text.charAt(0);
  if (text.length > 1 && (quote === '"' || quote === "'") && text.endsWith(quote)) {
    text = text.slice(1, -1);
  }
  return text.replace(/\s/g, ' ');
}

/** Quotes that were seen, as positions behind them. */
interface Quotes {
  readonly mark: string;
  readonly begin: number;
  end: number;
}

/**
 * Finds the closing parenthesis: one that is balanced, or directly behind the end of a quoted title,
 * which may itself contain quotes of the other kind and parentheses.
 */
function scanTarget(
  text: string,
  start: number,
  { budget }: InlineContext,
): Omit<LinkTarget, 'written'> | undefined {
  let depth = 1;
  /** How many are open around the quotes; where they close, the quotes may have meant nothing. */
  let outer = 1;
  let lastOuter = -1;
  let first: Quotes | undefined;
  let second: Quotes | undefined;
  let last = '';
  for (let at = start; at < text.length; at++) {
    if ((at & 15) === 0 && !budget.spend(4)) return undefined;
    const character = text.charAt(at);
    switch (character) {
      case '(':
        if (!first) depth++;
        else if (outer > 0) outer--;
        break;
      case ')':
        if (
          (first && first.end !== -1 && first.mark === last) ||
          (second && second.end !== -1 && second.mark === last)
        ) {
          depth = 0;
        } else if (!first) depth--;
        else if (outer > 0) {
          outer--;
          if (outer === 0) lastOuter = at + 1;
        }
        break;
      case '"':
      case "'":
        if (!first) {
          first = { mark: character, begin: at + 1, end: -1 };
          outer = depth;
          depth = 1;
        } else if (character !== first.mark && !second) {
          second = { mark: character, begin: at + 1, end: -1 };
        } else if (character === first.mark) first.end = at + 1;
        else if (second && character === second.mark) second.end = at + 1;
    }
    if (depth === 0) {
      const title = [first, second].find(
        quotes => quotes && quotes.end >= 0 && quotes.mark === last,
      );
      return {
        href: text.slice(start, title ? title.begin - 1 : at),
        title: title && text.slice(title.begin, title.end - 1),
        to: at + 1,
      };
    }
    if (character !== ' ') last = character;
  }
  if (outer !== 0 || lastOuter === -1) return undefined;
  return { href: text.slice(start, lastOuter - 1), title: undefined, to: lastOuter };
}
