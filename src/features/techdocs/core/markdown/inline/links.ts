import { Element, type ElementInfo } from '../text/element';
import type { SourceText } from '../text/sourceText';
import type { InlineContext, InlineMatch, InlineRule, NoMatch } from './inlineRule';
import { readTarget } from './linkTargets';

/** `[`, for links not behind `!`; `![` for images. */
interface Kind {
  readonly image: boolean;
  readonly opening: string;
}

const link: Kind = { image: false, opening: '[' };
const image: Kind = { image: true, opening: '![' };

const triggerOf = (kind: Kind): RegExp => (kind.image ? /!\[/g : /\[/g);

/** The position of the bracket that closes what begins at `from`. */
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
  const element = new Element(kind.image ? 'img' : 'a');
  element.info = info;
  if (kind.image) {
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
function inlineRule(kind: Kind, name: string): InlineRule {
  return {
    name,
    trigger: triggerOf(kind),
    match(source, at, before, context) {
      if (!kind.image && before === '!') return undefined;
      const from = at + kind.opening.length;
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

/** `[text][id]`, and with `short` `[id]`. */
function referenceRule(kind: Kind, name: string, short: boolean): InlineRule {
  return {
    name,
    trigger: triggerOf(kind),
    match(source, at, before, context): InlineMatch | NoMatch | undefined {
      if (!kind.image && before === '!') return undefined;
      const from = at + kind.opening.length;
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
  kind: Kind | 'link',
  form: ElementInfo['form'],
  source: SourceText,
  from: number,
  to: number,
): ElementInfo {
  return {
    kind: kind === 'link' || !kind.image ? 'link' : 'image',
    form,
    from: source.offsetAt(from),
    to: source.offsetAt(to - 1) + 1,
  };
}

/** In the order in which they are tried. */
export const linkRules: readonly InlineRule[] = [
  referenceRule(link, 'reference', false),
  inlineRule(link, 'link'),
  inlineRule(image, 'image_link'),
  referenceRule(image, 'image_reference', false),
  referenceRule(link, 'short_reference', true),
  referenceRule(image, 'short_image_ref', true),
];
