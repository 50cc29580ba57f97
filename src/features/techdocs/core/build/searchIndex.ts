import { withoutTrailing } from '../../../../base';
import { readStartTag } from '../markdown/preprocess/htmlTokens';
import { escapeHtml } from '../markdown/render/codeBlock';
import { decodeEntities } from '../markdown/text/entities';
import { WorkBudget } from '../markdown/text/workBudget';
import type { TocEntry } from '../markdown/tree/tableOfContents';

/** Entry of the search index for a page or a section. */
export interface SearchEntry {
  readonly location: string;
  readonly text: string;
  readonly title: string;
}

export interface IndexedPage {
  /** Address below the site's own. */
  readonly url: string;
  /** HTML without tags. */
  readonly title: string;
  readonly html: string;
  readonly toc: readonly TocEntry[];
}

/**
 * Returns the entries of a page: the page itself and each of its sections.
 *
 * Source: `mkdocs.contrib.search.search_index`, which TechDocs uses with its defaults.
 */
export function searchEntries({ url, title, html, toc }: IndexedPage): readonly SearchEntry[] {
  const { texts, sections } = readSections(html);
  const titles = new Map<string, string>();
  const addTitles = (entries: readonly TocEntry[]): void => {
    for (const { id, title: heading, children } of entries) {
      if (!titles.has(id)) titles.set(id, escapeHtml(heading));
      addTitles(children);
    }
  };
  addTitles(toc);
  return [
    { location: url, text: inOneLine(texts.join('\n')), title },
    ...sections.flatMap(({ id, texts: own }): readonly SearchEntry[] => {
      const heading = id === undefined ? undefined : titles.get(id);
      if (id === undefined || heading === undefined) return [];
      return [{ location: `${url}#${id}`, text: inOneLine(own.join(' ')), title: heading }];
    }),
  ];
}

/** Serializes `search/search_index.json` like Python does. */
export function searchIndexText(entries: readonly SearchEntry[]): string {
  const config = {
    indexing: 'full',
    lang: ['en'],
    min_search_length: 3,
    prebuild_index: false,
    separator: '[\\s\\-]+',
  };
  const docs = entries.map(({ location, text, title }) => ({ location, text, title }));
  return JSON.stringify({ config, docs }).replace(
    /[^ -~]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

interface Section {
  readonly id: string | undefined;
  readonly texts: string[];
}

/** Splits HTML into its texts and sections, like Python's `HTMLParser`. */
function readSections(html: string): { texts: string[]; sections: Section[] } {
  const texts: string[] = [];
  const sections: Section[] = [];
  let isHeading = false;
  const add = (text: string): void => {
    if (text === '') return;
    texts.push(text);
    if (!isHeading) sections.at(-1)?.texts.push(withoutTrailing(text, '\n'));
  };
  const budget = new WorkBudget(html.length);
  let from = 0;
  while (from < html.length) {
    const open = html.indexOf('<', from);
    add(decodeEntities(html.slice(from, open < 0 ? undefined : open)));
    if (open < 0) break;
    const next = html.charAt(open + 1);
    if (/[a-zA-Z]/.test(next)) {
      const tag = readStartTag(html, open);
      if (!tag || 'textUntil' in tag) {
        if (tag && !budget.spend(tag.wasted)) {
          add(decodeEntities(html.slice(open)));
          break;
        }
        add('<');
        from = open + 1;
        continue;
      }
      from = tag.to;
      if (isHeader(tag.tag)) {
        isHeading = true;
        const id = tag.attributes.get('id');
        sections.push({ id: id === undefined ? undefined : decodeEntities(id), texts: [] });
      } else if ((tag.tag === 'script' || tag.tag === 'style') && !tag.selfClosing) {
        const end = tag.tag === 'script' ? /<\/script/gi : /<\/style/gi;
        end.lastIndex = from;
        const to = end.exec(html)?.index ?? html.length;
        add(html.slice(from, to));
        from = to;
      }
    } else if (/[/!?]/.test(next)) {
      const isComment = html.startsWith('<!--', open);
      const close = isComment ? html.indexOf('-->', open + 4) : html.indexOf('>', open);
      const end = close < 0 ? html.length : close + (isComment ? 3 : 1);
      if (next === '/' && isHeader(/^[a-z0-9]*/i.exec(html.slice(open + 2, open + 5))?.[0] ?? '')) {
        isHeading = false;
      }
      from = end;
    } else {
      add('<');
      from = open + 1;
    }
  }
  return { texts, sections };
}

function isHeader(tag: string): boolean {
  return /^h[1-6]$/i.test(tag);
}

function inOneLine(text: string): string {
  return text
    .replaceAll('\u00a0', ' ')
    .trim()
    .replace(/[ \t\n\r\f\v]+/g, ' ');
}
