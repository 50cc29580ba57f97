import { decodeEscapes } from '../../../../../base';
import { textOf } from '../inline/inlineParser';
import type { PageContext } from '../pageContext';
import { readStartTag } from '../preprocess/htmlTokens';
import type { Element, Stretch } from '../text/element';
import { decodeEntities } from '../text/entities';
import type { SourceText } from '../text/sourceText';
import { ampersandMarker } from '../text/stash';
import { WorkBudget } from '../text/workBudget';
import type { PageImage, PageLink, ReplaceTarget, TargetKind } from '../types';

export interface Targets {
  readonly links: PageLink[];
  readonly images: PageImage[];
  readonly anchors: Anchor[];
}

/** An id of an element. */
export interface Anchor {
  readonly id: string;
  /** Undefined for HTML. */
  readonly element: Element | undefined;
  /** Ranges of the tag and of its id in HTML. */
  readonly written: Stretch | undefined;
  readonly writtenId: Stretch | undefined;
}

/** Collects the links, images, and anchors of a page. */
export function collectTargets(root: Element, page: PageContext): Targets {
  const links: PageLink[] = [];
  const images: PageImage[] = [];
  const anchors: Anchor[] = [];
  for (const element of root.walk()) {
    const name = element.tag === 'a' ? element.attributes.get('name') : undefined;
    for (const id of [element.attributes.get('id'), name]) {
      if (id !== undefined) {
        anchors.push({ id, element, written: undefined, writtenId: undefined });
      }
    }
    const { info } = element;
    if (!info) continue;
    const written = element.get(info.kind === 'image' ? 'src' : 'href');
    const link = describe(written.replaceAll(ampersandMarker, '&'), {
      form: info.form,
      title: element.attributes.get('title'),
      range: page.rangeAt(info.from, info.to),
      targetRange: page.rangeOf(info.target),
    });
    if (info.kind === 'image') images.push({ ...link, alt: element.get('alt') || textOf(element) });
    else links.push(link);
  }
  for (const { html, source } of page.stash.written()) {
    const placeOf = placesIn(html, source);
    for (const tag of tagsOf(html)) {
      const written = placeOf(tag);
      const range = page.rangeAt(written.from, Math.max(written.to, written.from + 1));
      const valueOf = (name: string): Stretch | undefined => {
        const from = tag.values.get(name);
        const value = tag.attributes.get(name) ?? '';
        return from === undefined ? undefined : placeOf({ from, to: from + value.length });
      };
      for (const name of ['id', 'name']) {
        const id = tag.attributes.get(name);
        if (id === undefined || (name === 'name' && tag.name !== 'a')) continue;
        const writtenId = valueOf(name);
        anchors.push({ id: decodeEntities(id), element: undefined, written, writtenId });
      }
      const title = tag.attributes.get('title');
      const href = tag.attributes.get('href');
      if (tag.name === 'a' && href !== undefined) {
        const targetRange = page.rangeOf(valueOf('href'));
        links.push(describe(href, { form: 'html', title, range, targetRange }));
      }
      const src = tag.attributes.get('src');
      if (tag.name === 'img' && src !== undefined) {
        const alt = decodeEntities(tag.attributes.get('alt') ?? '');
        const targetRange = page.rangeOf(valueOf('src'));
        images.push({ ...describe(src, { form: 'html', title, range, targetRange }), alt });
      }
    }
  }
  return { links, images, anchors };
}

interface WrittenTag extends Stretch {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly values: ReadonlyMap<string, number>;
}

/** Yields the start tags of HTML outside comments, scripts, and styles. */
function* tagsOf(html: string): Generator<WrittenTag> {
  const start = /<(?:!--|(?=[a-zA-Z]))/g;
  const budget = new WorkBudget(html.length);
  for (let found = start.exec(html); found; found = start.exec(html)) {
    const from = found.index;
    if (found[0] === '<!--') {
      start.lastIndex = endOf(html, /-->/g, from + 4);
      continue;
    }
    const tag = readStartTag(html, from);
    if (!tag) continue;
    if ('textUntil' in tag) {
      if (budget.spend(tag.wasted)) continue;
      return;
    }
    const { attributes, values, to } = tag;
    yield { name: tag.tag, attributes, values, from, to };
    start.lastIndex = to;
    if (tag.tag === 'script') start.lastIndex = endOf(html, /<\/script\s*>/gi, to);
    else if (tag.tag === 'style') start.lastIndex = endOf(html, /<\/style\s*>/gi, to);
  }
}

function endOf(html: string, end: RegExp, from: number): number {
  end.lastIndex = from;
  return end.exec(html) ? end.lastIndex : html.length;
}

/** Maps ranges in HTML to the page; to an empty range if the HTML has changed. */
function placesIn(html: string, source: SourceText): (part: Stretch) => Stretch {
  const start = source.offsetAt(0);
  const isAsWritten = html.startsWith(source.text);
  return ({ from, to }) => {
    if (!isAsWritten || to > source.length) return { from: start, to: start };
    const begin = source.offsetAt(from);
    const end = to > from ? source.offsetAt(to - 1) : begin;
    // Included content is at one place.
    return { from: begin, to: end === begin && to - from !== 1 ? begin : end + 1 };
  };
}

/**
 * Rewrites targets of Markdown links and images. Like MkDocs, keeps those in HTML and encoded mail
 * addresses.
 */
export function replaceTargets(root: Element, replace: ReplaceTarget): void {
  for (const element of root.walk()) {
    const name = element.tag === 'a' ? 'href' : element.tag === 'img' ? 'src' : undefined;
    const written = name === undefined ? undefined : element.attributes.get(name);
    if (name === undefined || written === undefined || written.includes(ampersandMarker)) continue;
    const replaced = replace(written);
    if (replaced !== written) element.set(name, replaced);
  }
}

function describe(
  written: string,
  rest: Pick<PageLink, 'form' | 'title' | 'range' | 'targetRange'>,
): PageLink {
  const target = decodeEntities(written);
  const kind = kindOf(target);
  const isLocal = kind === 'page' || kind === 'file' || kind === 'anchor' || kind === 'absolute';
  const hash = isLocal ? target.indexOf('#') : -1;
  const path = hash === -1 ? target : target.slice(0, hash);
  return {
    target,
    kind,
    path: kind === 'page' || kind === 'file' ? decodeEscapes(path.split('?')[0] ?? '') : undefined,
    anchor: hash === -1 ? undefined : decodeEscapes(target.slice(hash + 1)),
    ...rest,
  };
}

function kindOf(target: string): TargetKind {
  if (target === '') return 'empty';
  if (target.startsWith('#')) return 'anchor';
  if (/^mailto:/i.test(target)) return 'mail';
  if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(target)) return 'external';
  if (target.startsWith('/')) return 'absolute';
  const path = (target.split(/[?#]/)[0] ?? '').toLowerCase();
  return /\.(md|markdown|mdown|mkdn|mkd)$/.test(path) ? 'page' : 'file';
}
