import type { PageContext } from '../pageContext';
import { Element, type ElementInfo } from '../text/element';
import { SourceText } from '../text/sourceText';
import type { InlineContext, InlineMatch, InlineRule, NoMatch } from './inlineRule';

interface LinkTarget {
  readonly href: string;
  readonly title: string | undefined;
  /** Range of the target, and the end of the construct, in the text. */
  readonly written: { readonly from: number; readonly to: number };
  readonly to: number;
}

const opening = /\(\s*/y;
const enclosed = /\(\s*(<[^<>]*>)\s*(?:('[^']*'|"[^"]*")\s*)?\)/y;

/** Parses `(target "title")` or `(<target> "title")` at `from`. */
function readTarget(text: string, from: number, context: InlineContext): LinkTarget | undefined {
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

/** A pair of quotes: positions after each. */
interface Quotes {
  readonly mark: string;
  readonly begin: number;
  end: number;
}

/**
 * Finds the closing parenthesis: a balanced one, or the one right after a quoted title, which may
 * contain parentheses and the other kind of quotes.
 */
function scanTarget(
  text: string,
  start: number,
  { budget }: InlineContext,
): Omit<LinkTarget, 'written'> | undefined {
  let depth = 1;
  /** Open parentheses outside the quotes. If they close, the quotes may be plain text. */
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

/** `[` not after `!` for links; `![` for images. */
type Kind = ElementInfo['kind'];

const triggerOf = (kind: Kind): RegExp => (kind === 'image' ? /!\[/g : /\[/g);

/** Returns the position of the matching bracket. */
function closingBracket(text: string, from: number, { budget }: InlineContext): number | undefined {
  let depth = 1;
  const brackets = /[[\]]/g;
  brackets.lastIndex = from;
  let last = from;
  for (let found = brackets.exec(text); found; found = brackets.exec(text)) {
    if (!budget.spend(8 + ((found.index - last) >> 4))) return undefined;
    last = found.index;
    depth += found[0] === '[' ? 1 : -1;
    if (depth === 0) return found.index;
  }
  budget.spend((text.length - last) >> 4);
  return undefined;
}

interface Target {
  readonly href: string;
  readonly title: string | undefined;
}

function makeElement(
  kind: Kind,
  text: SourceText,
  { href, title }: Target,
  { context, info }: { context: InlineContext; info: ElementInfo },
): Element {
  const element = new Element(kind === 'image' ? 'img' : 'a');
  element.info = info;
  if (kind === 'image') {
    element.set('src', href);
    if (title !== undefined) element.set('title', title);
    element.set('alt', context.plainText(text.text));
  } else {
    element.set('href', href);
    if (title !== undefined) element.set('title', title);
    element.text = text;
  }
  return element;
}

/** `[text](target "title")` */
function inlineRule(kind: Kind): InlineRule {
  return {
    trigger: triggerOf(kind),
    match(source, at, before, context) {
      if (kind === 'link' && before === '!') return undefined;
      const from = at + (kind === 'image' ? 2 : 1);
      const end = closingBracket(source.text, from, context);
      if (end === undefined) return undefined;
      const found = readTarget(source.text, end + 1, context);
      if (!found) return undefined;
      const { written } = found;
      const info = {
        ...infoOf(kind, 'inline', source, at, found.to),
        target: { from: source.offsetAt(written.from), to: source.offsetAt(written.to) },
      };
      const node = makeElement(kind, source.slice(from, end), found, { context, info });
      return { from: at, to: found.to, node };
    },
  };
}

const identifier = /\s?\[([^\]]*)\]/y;

/** `[text][id]`, and `[id]` with `short`. */
function referenceRule(kind: Kind, short: boolean): InlineRule {
  return {
    trigger: triggerOf(kind),
    match(source, at, before, context): InlineMatch | NoMatch | undefined {
      if (kind === 'link' && before === '!') return undefined;
      const from = at + (kind === 'image' ? 2 : 1);
      const end = closingBracket(source.text, from, context);
      if (end === undefined) return undefined;
      const text = source.slice(from, end);
      let id = text.text.toLowerCase();
      let to = end + 1;
      if (!short) {
        identifier.lastIndex = to;
        const found = identifier.exec(source.text);
        if (!found) return undefined;
        to += found[0].length;
        if (found[1] !== '') id = (found[1] ?? '').toLowerCase();
      }
      const reference = context.page.references.get(id.replace(/\s+/g, ' '));
      if (!reference) return { continueAt: to };
      const target = {
        href: reference.target,
        title: reference.title === '' ? undefined : reference.title,
      };
      const info = {
        ...infoOf(kind, 'reference', source, at, to),
        target: reference.written,
      };
      return { from: at, to, node: makeElement(kind, text, target, { context, info }) };
    },
  };
}

export function infoOf(
  kind: Kind,
  form: ElementInfo['form'],
  source: SourceText,
  from: number,
  to: number,
): ElementInfo {
  return {
    kind,
    form,
    from: source.offsetAt(from),
    to: source.offsetAt(to - 1) + 1,
  };
}

/** In order of priority. */
export const linkRules: readonly InlineRule[] = [
  referenceRule('link', false),
  inlineRule('link'),
  inlineRule('image'),
  referenceRule('image', false),
  referenceRule('link', true),
  referenceRule('image', true),
];

export const footnoteId = (id: string): string => `fn:${id}`;

/** Returns the id of a footnote reference, numbered from the second reference on. */
function footnoteReferenceId(id: string, page: PageContext): string {
  const original = `fnref:${id}`;
  const number = (page.footnoteCounts.get(original) ?? 0) + 1;
  page.footnoteCounts.set(original, number);
  return number === 1 ? original : `fnref${number}:${id}`;
}

/** `[^id]`, if the footnote exists. */
export function footnoteReferenceRule(): InlineRule {
  let numbers: { readonly of: PageContext; readonly byId: Map<string, number> } | undefined;
  return {
    trigger: /\[\^([^\]]{0,999})\]/g,
    match(source, at, _before, { page }) {
      const end = source.text.indexOf(']', at);
      const id = source.text.slice(at + 2, end);
      if (!page.footnotes.has(id)) return { continueAt: end + 1 };
      // Footnotes are complete before inline rules run.
      if (numbers?.of !== page) {
        const ids = [...page.footnotes.keys()];
        numbers = { of: page, byId: new Map(ids.map((name, index) => [name, index + 1])) };
      }
      const superscript = new Element('sup', { id: footnoteReferenceId(id, page) });
      const anchor = superscript.add('a', { href: `#${footnoteId(id)}`, class: 'footnote-ref' });
      const written = page.extensions.text('footnotes', 'SUPERSCRIPT_TEXT', '{}');
      const text = written.replace('{}', String(numbers.byId.get(id) ?? 0));
      anchor.text = SourceText.made(text, source.offsetAt(at));
      return { from: at, to: end + 1, node: superscript };
    },
  };
}
