import { ContentReader } from './contentReader';
import { type BuiltHeading, HeadingReader } from './headingReader';
import { type HtmlListener, type OpenTag, walkHtml } from './htmlWalk';
import { type BuiltNavItem, NavReader } from './navReader';

interface Found {
  readonly value: string;
  readonly at: number;
}

/** What a page with more of them has is not looked at: nothing of it leads anywhere. */
const MAX_REFERENCES = 5000;
const MAX_LENGTH = 4000;

/** Reads what the elements of a page lead to and show. */
class ReferenceReader implements HtmlListener {
  #links: Found[] = [];
  #images: Found[] = [];

  open({ name, attributes, start }: OpenTag): void {
    if (name === 'a' || name === 'area') {
      add(this.#links, attributes['href'] ?? attributes['xlink:href'], start);
    } else if (name === 'img') add(this.#images, attributes['src'], start);
  }

  /** At the places that are asked for, each once. */
  linksIn(isIn: (at: number) => boolean): readonly string[] {
    return valuesIn(this.#links, isIn);
  }

  imagesIn(isIn: (at: number) => boolean): readonly string[] {
    return valuesIn(this.#images, isIn);
  }
}

function add(found: Found[], value: string | undefined, at: number): void {
  if (value === undefined || value.length > MAX_LENGTH || found.length >= MAX_REFERENCES) return;
  found.push({ value, at });
}

function valuesIn(found: readonly Found[], isIn: (at: number) => boolean): string[] {
  const inside = found.filter(({ at }) => isIn(at));
  return [...new Set(inside.map(({ value }) => value))];
}

/** What is read of a page that MkDocs built. */
export interface BuiltPage {
  readonly title: string;
  /** The text, without what the theme has around it: not sanitised. */
  readonly html: string;
  readonly headings: readonly BuiltHeading[];
  /** Of the whole site, as this page has it; none where its theme is another than Material. */
  readonly nav: readonly BuiltNavItem[];
  /** What the text leads to and shows, each once, as it is written. */
  readonly links: readonly string[];
  readonly images: readonly string[];
}

/**
 * Takes a page apart that MkDocs built, as Backstage's reader does.
 *
 * @throws HtmlTooDeepError; AbortError
 */
export async function readBuiltPage(text: string, signal: AbortSignal): Promise<BuiltPage> {
  const content = new ContentReader();
  const headings = new HeadingReader();
  const nav = new NavReader();
  const references = new ReferenceReader();
  await walkHtml(text, [content, headings, nav, references], signal);
  const isIn = content.isIn(text.length);
  return {
    title: headings.titleIn(isIn),
    html: content.htmlOf(text),
    headings: headings.headingsIn(isIn),
    nav: nav.items,
    links: references.linksIn(isIn),
    images: references.imagesIn(isIn),
  };
}
