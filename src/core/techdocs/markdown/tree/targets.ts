import { readStartTag } from '../preprocess/htmlTokens';
import type { PageContext } from '../pageContext';
import type { Element } from '../text/element';
import { decodeEntities } from '../text/entities';
import { ampersandMarker } from '../text/stash';
import { textOf } from '../inline/inlineParser';
import type { PageImage, PageLink, PageRange, TargetKind } from '../types';

export interface Targets {
  readonly links: PageLink[];
  readonly images: PageImage[];
  readonly anchors: string[];
}

/** What a page leads to, and where links to it may lead. */
export function collectTargets(
  root: Element,
  page: PageContext,
  rangeAt: (from: number, to: number) => PageRange,
): Targets {
  const links: PageLink[] = [];
  const images: PageImage[] = [];
  const anchors = new Set<string>();
  for (const element of root.walk()) {
    const id = element.attributes.get('id');
    if (id !== undefined) anchors.add(id);
    const { info } = element;
    if (!info) continue;
    const written = element.get(info.kind === 'image' ? 'src' : 'href');
    const link = describe(written.replaceAll(ampersandMarker, '&'), {
      form: info.form,
      title: element.attributes.get('title'),
      range: rangeAt(info.from, info.to),
    });
    if (info.kind === 'image') images.push({ ...link, alt: element.get('alt') || textOf(element) });
    else links.push(link);
  }
  for (const { html, offset } of page.stash.written()) {
    for (const found of html.matchAll(/<(?=[a-zA-Z])/g)) {
      const tag = readStartTag(html, found.index);
      if (!tag || 'textUntil' in tag) continue;
      for (const name of ['id', 'name']) {
        const id = tag.attributes.get(name);
        if (id !== undefined && (name === 'id' || tag.tag === 'a')) anchors.add(decodeEntities(id));
      }
      const range = rangeAt(offset + found.index, offset + tag.to);
      const title = tag.attributes.get('title');
      const href = tag.attributes.get('href');
      if (tag.tag === 'a' && href !== undefined) {
        links.push(describe(href, { form: 'html', title, range }));
      }
      const source = tag.attributes.get('src');
      if (tag.tag === 'img' && source !== undefined) {
        const alt = decodeEntities(tag.attributes.get('alt') ?? '');
        images.push({ ...describe(source, { form: 'html', title, range }), alt });
      }
    }
  }
  return { links, images, anchors: [...anchors] };
}

function describe(written: string, rest: Pick<PageLink, 'form' | 'title' | 'range'>): PageLink {
  const target = decodeEntities(written);
  const kind = kindOf(target);
  const isLocal = kind === 'page' || kind === 'file' || kind === 'anchor' || kind === 'absolute';
  const hash = isLocal ? target.indexOf('#') : -1;
  const path = hash === -1 ? target : target.slice(0, hash);
  return {
    target,
    kind,
    path: kind === 'page' || kind === 'file' ? decoded(path.split('?')[0] ?? '') : undefined,
    anchor: hash === -1 ? undefined : decoded(target.slice(hash + 1)),
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

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
