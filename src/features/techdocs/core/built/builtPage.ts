import { ContentReader } from './contentReader';
import { type BuiltHeading, HeadingReader } from './headingReader';
import { walkHtml } from './htmlWalk';
import { type BuiltNavItem, NavReader } from './navReader';
import { ReferenceReader } from './referenceReader';

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
