import { withoutTrailing } from '../../../../../base';

/** Elements that Python-Markdown never puts into a paragraph. */
const blockLevel = new Set(
  (
    'address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
    'header hgroup hr main menu nav ol p pre section table ul canvas colgroup dd body dt group html iframe li ' +
    'legend math map noscript output object option progress script style summary tbody td textarea tfoot th ' +
    'thead tr video'
  ).split(' '),
);

/** Elements whose Markdown content md_in_html parses as inline text. */
export const spanTags: ReadonlySet<string> = new Set(
  'address dd dt h1 h2 h3 h4 h5 h6 legend li p summary td th'.split(' '),
);

/** Elements whose content is never Markdown. */
export const rawTags: ReadonlySet<string> = new Set(
  'canvas math option pre script style textarea'.split(' '),
);

const voidTags = new Set(
  'area base basefont br col embed frame hr img input isindex link meta param source track wbr'.split(
    ' ',
  ),
);

export const isBlockLevel = (tag: string): boolean =>
  blockLevel.has(withoutTrailing(tag.toLowerCase(), '/'));

/** Whether elements of a name have no content and no end tag. */
export const isVoid = (tag: string): boolean => voidTags.has(tag.toLowerCase());

export const isHeader = (tag: string): boolean => /^h[1-6]$/.test(tag);
