import { textOf } from '../inline/inlineParser';
import type { PageContext } from '../pageContext';
import type { HtmlWriter } from '../render/htmlWriter';
import { Element } from '../text/element';
import { decodeEntities, stripTags } from '../text/entities';
import { SourceText } from '../text/sourceText';
import { ampersandMarker, unescapeMarkers } from '../text/stash';
import { isHeader } from '../text/tags';
import { slugifyOf, UsedIds } from './slugs';

/** A header of the page. */
export interface TocEntry {
  readonly level: number;
  readonly id: string;
  /** As text. */
  readonly title: string;
  /** From 0. */
  readonly line: number;
  readonly children: TocEntry[];
}

interface Found extends TocEntry {
  /** As HTML without tags. */
  readonly name: string;
  readonly children: Found[];
}

/** A header with its element, whether or not the table of contents has it. */
export interface FoundHeading {
  readonly element: Element;
  readonly level: number;
  readonly title: string;
}

/** Gives headers ids and links to themselves, and puts the list of them where its marker is. */
export function addTableOfContents(
  root: Element,
  page: PageContext,
  writer: HtmlWriter,
  lineAt: (offset: number) => number,
): { readonly toc: TocEntry[]; readonly headings: readonly FoundHeading[] } {
  const { extensions } = page;
  if (!extensions.has('toc')) return { toc: [], headings: [] };
  const ids = new UsedIds();
  for (const element of root.walk()) {
    const id = element.attributes.get('id');
    if (id !== undefined) ids.add(id);
  }
  const separator = extensions.text('toc', 'separator', '-');
  const slugify = slugifyOf(extensions, 'toc');
  const raise = extensions.number('toc', 'baselevel', 1) - 1;
  const [top, bottom] = depthOf(extensions.text('toc', 'toc_depth', '6'));
  const found: Found[] = [];
  const headings: FoundHeading[] = [];
  for (const element of [...root.walk()]) {
    if (!isHeader(element.tag)) continue;
    const level = Math.min(6, Number(element.tag.slice(1)) + raise);
    element.tag = `h${level}`;
    const html = innerHtml(withoutFootnotes(element), writer);
    let name = stripTags(html);
    let id = element.attributes.get('id');
    if (id === undefined) {
      id = ids.unique(slugify(decodeEntities(name), separator));
      element.set('id', id);
    }
    const label = element.attributes.get('data-toc-label');
    if (label !== undefined) {
      name = escapeName(stripTags(writer.finished(unescapeMarkers(label)).trim()));
      element.attributes.delete('data-toc-label');
    }
    const title = decodeEntities(name);
    headings.push({ element, level, title });
    if (level >= top && level <= bottom) {
      const line = lineAt(element.from ?? 0);
      found.push({ level, id, name, title, line, children: [] });
    }
    addLinks(element, id, page);
  }
  const nested = nest(found);
  const marker = extensions.text('toc', 'marker', '[TOC]');
  if (marker !== '') replaceMarker(root, marker, listOf(nested, page));
  return { toc: nested.map(plain), headings };
}

/** The first header, where a page begins with one of level 1. */
export function titleOf(root: Element, writer: HtmlWriter): string | undefined {
  const [first] = root.children;
  if (first?.tag !== 'h1') return undefined;
  const title = decodeEntities(stripTags(innerHtml(withoutFootnotes(first), writer)));
  return title === '' ? undefined : title;
}

function plain({ level, id, title, line, children }: Found): TocEntry {
  return { level, id, title, line, children: children.map(plain) };
}

const escapeName = (text: string): string =>
  text
    .replace(/&(?!(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)/gi, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

function depthOf(written: string): [top: number, bottom: number] {
  const [first = '6', second] = written.split('-');
  return second === undefined ? [1, Number(first)] : [Number(first), Number(second)];
}

function innerHtml(element: Element, writer: HtmlWriter): string {
  const html = unescapeMarkers(writer.element(element));
  return writer.finished(html.slice(html.indexOf('>') + 1, html.lastIndexOf('<')).trim()).trim();
}

const isFootnoteReference = (element: Element): boolean =>
  element.tag === 'sup' && element.get('id').startsWith('fnref');

/** A copy of a header, where it has references to footnotes, without these. */
function withoutFootnotes(element: Element): Element {
  if (![...element.walk()].some(isFootnoteReference)) return element;
  const copy = new Element(element.tag, Object.fromEntries(element.attributes));
  copy.text = element.text;
  let last: Element | undefined;
  for (const child of element.children) {
    if (isFootnoteReference(child)) {
      const text = (last ? last.tail : copy.text) ?? SourceText.made('', 0);
      const joined = SourceText.join([text, child.tail ?? SourceText.made('', 0)], '');
      if (last) last.tail = joined;
      else copy.text = joined;
    } else {
      const kept = withoutFootnotes(child);
      last = kept === child ? shallowCopy(child) : kept;
      last.tail = child.tail;
      copy.append(last);
    }
  }
  return copy;
}

function shallowCopy(element: Element): Element {
  const copy = new Element(element.tag, Object.fromEntries(element.attributes));
  copy.text = element.text;
  for (const child of element.children) copy.children.push(child);
  return copy;
}

function addLinks(header: Element, id: string, { extensions }: PageContext): void {
  if (extensions.flag('toc', 'anchorlink', false)) {
    const anchor = new Element('a', {
      href: `#${id}`,
      class: extensions.text('toc', 'anchorlink_class', 'toclink'),
    });
    anchor.text = header.text;
    anchor.replaceChildren(header.children);
    header.text = undefined;
    header.replaceChildren([anchor]);
  }
  const permalink = extensions.option('toc', 'permalink');
  const isOn = typeof permalink === 'string' ? true : extensions.flag('toc', 'permalink', false);
  if (!isOn || (typeof permalink === 'string' && /^(false|no|n|off|0|none)$/i.test(permalink))) {
    return;
  }
  const link = new Element('a', {
    href: `#${id}`,
    class: extensions.text('toc', 'permalink_class', 'headerlink'),
  });
  const isText = typeof permalink === 'string' && !/^(true|yes|y|on|1)$/i.test(permalink);
  link.text = SourceText.made(isText ? permalink : `${ampersandMarker}para;`, 0).asAtomic();
  const title = extensions.text('toc', 'permalink_title', 'Permanent link');
  if (title !== '') link.set('title', title);
  if (extensions.flag('toc', 'permalink_leading', false)) {
    link.tail = header.text;
    header.text = undefined;
    header.insert(0, link);
  } else header.append(link);
}

/** Headers below the one that they belong to, whatever levels are left out. */
function nest(found: readonly Found[]): Found[] {
  const top: Found[] = [];
  const [first, ...others] = found;
  if (!first) return top;
  top.push(first);
  let last = first;
  let levels = [first.level];
  let parents: Found[] = [];
  for (const entry of others) {
    const { level } = entry;
    if (level < (levels.at(-1) ?? 0)) {
      levels.pop();
      let count = 0;
      while (count < parents.length && level <= (parents.at(-1 - count)?.level ?? 0)) count++;
      if (count > 0) {
        levels = levels.slice(0, -count);
        parents = parents.slice(0, -count);
      }
      levels.push(level);
    }
    if (level === levels.at(-1)) (parents.at(-1)?.children ?? top).push(entry);
    else {
      last.children.push(entry);
      parents.push(last);
      levels.push(level);
    }
    last = entry;
  }
  return top;
}

function listOf(entries: readonly Found[], { extensions }: PageContext): Element {
  const box = new Element('div', { class: extensions.text('toc', 'toc_class', 'toc') });
  const title = extensions.text('toc', 'title', '');
  if (title !== '') {
    const header = box.add('span');
    const css = extensions.text('toc', 'title_class', 'toctitle');
    if (css !== '') header.set('class', css);
    header.text = SourceText.made(title, 0);
  }
  addList(entries, box);
  return box;
}

const newline = SourceText.made('\n', 0);

function addList(entries: readonly Found[], parent: Element): void {
  const list = parent.add('ul');
  list.tail = newline;
  if (parent.text === undefined && parent.tag === 'div') parent.text = newline;
  if (entries.length > 0) list.text = newline;
  for (const { id, name, children } of entries) {
    const item = list.add('li');
    item.tail = newline;
    const link = item.add('a', { href: `#${id}` });
    link.text = SourceText.made(name, 0);
    if (children.length > 0) addList(children, item);
  }
}

function replaceMarker(root: Element, marker: string, list: Element): void {
  const pending: Element[] = [root];
  for (let parent = pending.pop(); parent; parent = pending.pop()) {
    for (const [index, child] of parent.children.entries()) {
      if (isHeader(child.tag) || child.tag === 'pre' || child.tag === 'code') continue;
      if (child.children.length === 0 && textOf(child).trim() === marker) {
        list.tail = newline;
        parent.children[index] = list;
        list.parent = parent;
      } else if (child !== list) pending.push(child);
    }
  }
}
