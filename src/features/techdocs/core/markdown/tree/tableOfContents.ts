import { type Extensions, isOptions } from '../config';
import { textOf } from '../inline/inlineParser';
import { quote } from '../../sites/python/urls';
import type { PageContext } from '../pageContext';
import { escapeText, type HtmlWriter } from '../render/htmlWriter';
import { Element } from '../text/element';
import { decodeEntities, stripTags, without } from '../text/entities';
import { SourceText } from '../text/sourceText';
import { ampersandMarker, unescapeMarkers } from '../text/stash';
import { isHeader } from '../text/tags';

type Slugify = (text: string, separator: string) => string;

const marks = /[\u0080-\uffff]/g;

/** Python-Markdown's default: ASCII only; other scripts are removed. */
const slugifyAscii: Slugify = (text, separator) =>
  slug(text.normalize('NFKD').replace(marks, ''), separator);

const slugifyUnicode: Slugify = (text, separator) => slug(text, separator);

function slug(text: string, separator: string): string {
  return text
    .replace(/[^\p{L}\p{N}_\s-]/gu, '')
    .trim()
    .toLowerCase()
    .replace(new RegExp(`[${separator.replace(/[\\\]^]/g, '\\$&')}\\s]+`, 'g'), separator);
}

/** Like pymdownx: replaces spaces one by one; `case` determines the case. */
const pymdownxSlugify =
  (letters: string, isEncoded: boolean): Slugify =>
  (text, separator) => {
    const normalized = without(text.normalize('NFC'), '<', '>').trim();
    const cased =
      letters === 'none'
        ? normalized
        : letters === 'lower-ascii'
          ? normalized.replace(/[A-Z]/g, letter => letter.toLowerCase())
          : normalized.toLowerCase();
    const slug = cased.replace(/[^\p{L}\p{N}_\- ]/gu, '').replaceAll(' ', separator);
    return isEncoded ? quote(slug) : slug;
  };

/** Returns the function that an extension's `slugify` option names. */
export function slugifyOf(extensions: Extensions, extension: string): Slugify {
  const configured = extensions.option(extension, 'slugify');
  const keywords = isOptions(configured) ? configured['kwds'] : undefined;
  const letters = isOptions(keywords) ? keywords['case'] : undefined;
  const named = isOptions(configured) ? Object.keys(configured).join(' ') : configured;
  const name = typeof named === 'string' ? named : '';
  if (name.includes('pymdownx.slugs') || isOptions(keywords)) {
    const isEncoded =
      name.endsWith('_encoded') || (isOptions(keywords) && keywords['percent_encode'] === true);
    if (name.includes('gfm')) return pymdownxSlugify('lower-ascii', isEncoded);
    if (name.includes('uslugify_cased')) return pymdownxSlugify('none', isEncoded);
    if (name.includes('uslugify')) return pymdownxSlugify('lower', isEncoded);
    return pymdownxSlugify(typeof letters === 'string' ? letters : 'none', isEncoded);
  }
  return name.includes('slugify_unicode') ? slugifyUnicode : slugifyAscii;
}

/** Ids used in a page. */
export class UsedIds {
  readonly #used = new Set<string>();
  /** Next candidate for each repeated id. */
  readonly #behind = new Map<string, string>();

  add(id: string): void {
    this.#used.add(id);
  }

  /** Reserves an unused id, with a numeric suffix if needed. */
  unique(wanted: string): string {
    const passed: string[] = [];
    let id = wanted;
    while (id === '' || this.#used.has(id)) {
      passed.push(id);
      id = this.#behind.get(id) ?? following(id);
    }
    // Shortens the search for all candidates passed, so that it stays fast with many equal names.
    for (const other of passed) this.#behind.set(other, id);
    this.#used.add(id);
    return id;
  }
}

/** Source: `unique` of `markdown.extensions.toc`, whose numbers are unbounded. */
function following(id: string): string {
  const [, stem = id, number = '0'] = /^(.*)_([0-9]+)$/s.exec(id) ?? [];
  return `${stem}_${BigInt(number) + 1n}`;
}

/** A header of the page. */
export interface TocEntry {
  readonly level: number;
  readonly id: string;
  /** Plain text. */
  readonly title: string;
  /** Line from 0. */
  readonly line: number;
  readonly children: TocEntry[];
}

interface Found extends TocEntry {
  /** HTML without tags. */
  readonly name: string;
  readonly children: Found[];
}

/** A header with its element, in the table of contents or not. */
export interface FoundHeading {
  readonly element: Element;
  readonly level: number;
  readonly title: string;
}

/** Adds ids and permalinks to headers, and the list of headers at its marker. */
export function addTableOfContents(
  root: Element,
  page: PageContext,
  writer: HtmlWriter,
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
      name = escapeText(stripTags(writer.finished(unescapeMarkers(label)).trim()));
      element.attributes.delete('data-toc-label');
    }
    const title = decodeEntities(name);
    headings.push({ element, level, title });
    if (level >= top && level <= bottom) {
      const line = page.lineAt(element.from ?? 0);
      found.push({ level, id, name, title, line, children: [] });
    }
    addLinks(element, id, page);
  }
  const nested = nest(found);
  const marker = extensions.text('toc', 'marker', '[TOC]');
  if (marker !== '') replaceMarker(root, marker, listOf(nested, page));
  return { toc: nested.map(plain), headings };
}

/** Returns the text of a level 1 header at the start of the page. */
export function titleOf(root: Element, writer: HtmlWriter): string | undefined {
  const [first] = root.children;
  if (first?.tag !== 'h1') return undefined;
  const title = decodeEntities(stripTags(innerHtml(withoutFootnotes(first), writer)));
  return title === '' ? undefined : title;
}

function plain({ level, id, title, line, children }: Found): TocEntry {
  return { level, id, title, line, children: children.map(plain) };
}

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

/** Returns the text of a label, as slugs are made of it. */
export function textOfLabel(label: Element, writer: HtmlWriter): string {
  return decodeEntities(stripTags(innerHtml(withoutFootnotes(label), writer)));
}

/** Returns a copy of a header without footnote references. */
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

/** Nests headers by level; levels can be skipped. */
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
