import { Element } from '../text/element';
import { unescapeMarkers } from '../text/stash';
import type { InlineRule } from './inlineRule';

/** Two spaces at the end of a line. */
export const lineBreakRule: InlineRule = {
  name: 'linebreak',
  trigger: / {2}\n/g,
  match: (_source, at) => ({ from: at, to: at + 3, node: new Element('br') }),
};

/** Every newline, where `nl2br` is on. */
export const newlineRule: InlineRule = {
  name: 'nl',
  trigger: /\n/g,
  match: (_source, at) => ({ from: at, to: at + 1, node: new Element('br') }),
};

const tag = /<\/?[a-zA-Z][^<>@ ]*(?: [^<>]*)?>/y;

/** HTML within text, as it is written. */
export const htmlRule: InlineRule = {
  name: 'html',
  trigger: /<(?=[/a-zA-Z!])/g,
  match(source, at, _before, { page, htmlText }) {
    const { text } = source;
    tag.lastIndex = at;
    let to = at + (tag.exec(text)?.[0].length ?? 0);
    if (to === at && text.startsWith('<!--', at)) {
      // Comments do not nest: only up to the next one.
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
  name: 'entity',
  trigger: /&/g,
  match(source, at, _before, { page }) {
    entity.lastIndex = at;
    const found = entity.exec(source.text);
    if (!found) return undefined;
    return { from: at, to: at + found[0].length, node: page.stash.store(found[0]) };
  },
};
