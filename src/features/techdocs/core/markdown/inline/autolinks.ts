import type { Extensions } from '../config';
import { Element } from '../text/element';
import { SourceText } from '../text/sourceText';
import { ampersandMarker, unescapeMarkers } from '../text/stash';
import { type InlineRule, wordCharacter } from './inlineRule';
import { infoOf } from './links';

/** `<https://…>` */
export function autolinkRule(extensions: Extensions): InlineRule {
  const magic = extensions.has('pymdownx.magiclink');
  const hideProtocol = magic && extensions.flag('pymdownx.magiclink', 'hide_protocol', false);
  return {
    trigger: magic ? /<(?:ht|f)tps?:\/\/[^<>]*>/gi : /<(?:f|ht)tps?:\/\/[^<>]*>/gi,
    match(source, at, _before, context) {
      const end = source.text.indexOf('>', at);
      const target = source.slice(at + 1, end);
      const node = new Element('a', { href: context.plainText(target.text) });
      const shown = hideProtocol ? target.slice(target.text.indexOf('://') + 3) : target;
      node.text = shown.asAtomic();
      node.info = infoOf('link', 'automatic', source, at, end + 1);
      return { from: at, to: end + 1, node };
    },
  };
}

const hidden = (text: string): string =>
  [...text].map(character => `${ampersandMarker}#${character.codePointAt(0) ?? 0};`).join('');

function mailElement(address: string, source: SourceText, from: number, to: number): Element {
  const node = new Element('a', { href: hidden(`mailto:${address}`) });
  node.text = SourceText.made(hidden(address), source.offsetAt(from)).asAtomic();
  node.info = infoOf('link', 'automatic', source, from, to);
  return node;
}

/** `<somebody@example.com>`, encoded as entities against harvesting. */
export const automailRule: InlineRule = {
  trigger: /<[^<> !@]+@[^@<> ]+>/g,
  match(source, at, _before, context) {
    const end = source.text.indexOf('>', at);
    const written = context.plainText(source.text.slice(at + 1, end));
    const address = written.replace(/^mailto:/, '');
    return { from: at, to: end + 1, node: mailElement(address, source, at, end + 1) };
  },
};

const beginning = /(?:(?:ht|f)tps?:\/\/|(www\.))[\p{L}\p{N}]/iuy;
const allowed = /[-\p{L}\p{N}_.?,!'(){}[\]/+&@%$#=:"|~;]*/uy;
const last = /[\p{L}\p{N}\-/#@$+=]/u;

/** Bare addresses: `https://…`, `www.…` */
export function magicLinkRule(extensions: Extensions): InlineRule {
  const hideProtocol = extensions.flag('pymdownx.magiclink', 'hide_protocol', false);
  return {
    trigger: /(?:(?:ht|f)tps?:\/\/|www\.)/gi,
    notWithin: 'a',
    match(source, at, before, context) {
      const { text } = source;
      // At a word boundary, or after an underscore.
      if (before !== '' && before !== '_' && wordCharacter.test(before)) {
        return { continueAt: at + 1 };
      }
      beginning.lastIndex = at;
      const found = beginning.exec(text);
      if (!found) return { continueAt: at + 1 };
      allowed.lastIndex = at + found[0].length;
      let end = allowed.lastIndex + (allowed.exec(text)?.[0].length ?? 0);
      const least = at + found[0].length;
      while (end > least && !last.test(text.charAt(end - 1))) end--;
      if (end <= least) return { continueAt: at + 1 };
      const target = source.slice(at, end);
      const isBare = found[1] !== undefined;
      const href = context.plainText(target.text);
      const node = new Element('a', { href: isBare ? `http://${href}` : href });
      const shown = hideProtocol && !isBare ? target.slice(target.text.indexOf('://') + 3) : target;
      node.text = shown.asAtomic();
      node.info = infoOf('link', 'automatic', source, at, end);
      return { from: at, to: end, node };
    },
  };
}

const localPart = /[-+a-z\d_.]/i;
const notBeforeMail = /[-/+@a-z\d_]/i;
const domain = /[-a-z\d_]+\.(?:[-a-z\d_]|(?<!\.)\.(?!\.))*/iy;

/** `somebody@example.com` */
export const magicMailRule: InlineRule = {
  trigger: /@/g,
  notWithin: 'a',
  match(source, at, before, context) {
    const { text } = source;
    if (before === '' || before === '\u0003') return undefined;
    const from = localStart(text, at, context.budget);
    if (from === undefined) return undefined;
    const to = domainEnd(text, at + 1);
    if (to === undefined) return undefined;
    const address = context.plainText(text.slice(from, to));
    return { from, to, node: mailElement(address, source, from, to) };
  },
};

/** Returns the start of the local part: no consecutive dots, and none at its ends. */
function localStart(
  text: string,
  at: number,
  budget: { spend(steps: number): boolean },
): number | undefined {
  if (text[at - 1] === '.') return undefined;
  let from = at;
  while (from > 0 && localPart.test(text.charAt(from - 1))) {
    if (text[from - 1] === '.' && text[from] === '.') break;
    from--;
  }
  if (!budget.spend(at - from)) return undefined;
  for (; from < at; from++) {
    if (text[from] === '.') continue;
    if (from === 0 || !notBeforeMail.test(text.charAt(from - 1))) return from;
  }
  return undefined;
}

function domainEnd(text: string, from: number): number | undefined {
  domain.lastIndex = from;
  const found = domain.exec(text);
  if (!found) return undefined;
  const first = text.indexOf('.', from) + 1;
  for (let to = from + found[0].length; to > first; to--) {
    if (!/[a-z]/i.test(text.charAt(to - 1))) continue;
    const next = text.charAt(to);
    if (/[\p{L}\p{N}_]/u.test(next) || next === '-' || next === '@') continue;
    return to;
  }
  return undefined;
}

/** Two spaces at the end of a line. */
export const lineBreakRule: InlineRule = {
  trigger: / {2}\n/g,
  match: (_source, at) => ({ from: at, to: at + 3, node: new Element('br') }),
};

/** Newlines, if `nl2br` is enabled. */
export const newlineRule: InlineRule = {
  trigger: /\n/g,
  match: (_source, at) => ({ from: at, to: at + 1, node: new Element('br') }),
};

const tag = /<\/?[a-zA-Z][^<>@ ]*(?: [^<>]*)?>/y;

/** Inline HTML. */
export const htmlRule: InlineRule = {
  trigger: /<(?=[/a-zA-Z!])/g,
  match(source, at, _before, { page, htmlText }) {
    const { text } = source;
    tag.lastIndex = at;
    let to = at + (tag.exec(text)?.[0].length ?? 0);
    if (to === at && text.startsWith('<!--', at)) {
      // Comments don't nest.
      const nested = text.indexOf('<!--', at + 4);
      const within = text.slice(at + 4, nested === -1 ? text.length : nested);
      const end = within.indexOf('-->');
      if (end !== -1) to = at + 4 + end + 3;
    }
    if (to === at) return undefined;
    const html = unescapeMarkers(htmlText(text.slice(at, to)));
    return { from: at, to, node: page.stash.store(html, source.slice(at, to)) };
  },
};

const entity = /&(?:#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z0-9]+);/y;

export const entityRule: InlineRule = {
  trigger: /&/g,
  match(source, at, _before, { page }) {
    entity.lastIndex = at;
    const found = entity.exec(source.text);
    if (!found) return undefined;
    return { from: at, to: at + found[0].length, node: page.stash.store(found[0]) };
  },
};
