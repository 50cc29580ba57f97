import { isRecord } from '../../../../base';
import { flatMapInSlices } from '../../../../platform/core';
import { decodeEntities, stripTags } from '..';
import { pagePath } from './siteAddress';

/** What the index of a site says of a page, or of what is below one of its headings. */
export interface BuiltSection {
  /** Of the page. */
  readonly path: string;
  /** Undefined for the page itself. */
  readonly anchor: string | undefined;
  /** Of the page or of the heading. */
  readonly title: string;
  readonly text: string;
}

/** More than that are not searched. */
const MAX_SECTIONS = 50_000;
const MAX_TEXT = 100_000;

/**
 * Reads `search/search_index.json`. Material writes HTML into it where MkDocs itself writes text.
 *
 * Source: `mkdocs.contrib.search` and `material.plugins.search`.
 *
 * @returns undefined for what is none; nothing of it once that is aborted
 */
export async function readBuiltIndex(
  value: unknown,
  signal: AbortSignal,
): Promise<readonly BuiltSection[] | undefined> {
  if (!isRecord(value) || !Array.isArray(value['docs'])) return undefined;
  const docs: readonly unknown[] = value['docs'];
  return flatMapInSlices(docs.slice(0, MAX_SECTIONS), signal, readSection);
}

function readSection(doc: unknown): readonly BuiltSection[] {
  if (!isRecord(doc)) return [];
  const { location, title, text } = doc;
  if (typeof location !== 'string') return [];
  const [address = '', anchor] = location.split('#', 2);
  return [
    {
      path: pagePath(address),
      anchor: anchor === '' ? undefined : anchor,
      title: plain(title),
      text: plain(text),
    },
  ];
}

function plain(value: unknown): string {
  if (typeof value !== 'string') return '';
  return decodeEntities(stripTags(value.slice(0, MAX_TEXT)));
}
