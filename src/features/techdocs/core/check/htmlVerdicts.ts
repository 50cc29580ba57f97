import { isIncluded, type SiteFile } from '../sites/files/siteFile';
import { relativePath } from '../sites/python/paths';
import { normalRelative } from '../sites/python/texts';
import { splitUrl, unquote, unsplitUrl } from '../sites/python/urls';
import type { LinkedSite, LinkVerdict } from './linkVerdicts';

/** What MkDocs puts beside the pages. */
const MADE_BY_MKDOCS =
  /^(?:404\.html|sitemap\.xml(?:\.gz)?|(?:search|assets|css|js|img|fonts)\/.*)$/;

const addresses = new WeakMap<LinkedSite['files'], ReadonlyMap<string, SiteFile>>();

/**
 * What a browser makes of an address that is written in HTML: MkDocs leaves it as it is, so that it counts
 * from where the page is published, and not from where it is written.
 */
export function judgeHtmlLink(
  url: string,
  from: SiteFile,
  { files }: Pick<LinkedSite, 'files'>,
): LinkVerdict {
  const { scheme, authority, path, query, fragment } = splitUrl(url);
  if (scheme || authority || /^[/\\]/.test(url)) return {};
  const anchor = fragment === '' ? undefined : fragment;
  if (path === '') return anchor === undefined ? {} : { target: { file: from, anchor } };
  const wanted = addressFrom(from.url, path);
  // Above its own address, a site knows nothing.
  if (wanted === undefined) return {};
  const file = addressesOf(files).get(trimmed(wanted));
  if (file) return { target: { file, anchor } };
  if (MADE_BY_MKDOCS.test(wanted)) return {};
  const source = addressFrom(from.path, path);
  const meant = source === undefined ? undefined : files.get(unquote(source));
  const verdict = { fault: 'missing', severity: 'info', path: unquote(wanted) } as const;
  if (!meant || !isIncluded(meant)) return verdict;
  const written = relativePath(meant.url, from.url);
  const suggestion = unsplitUrl({ scheme: '', authority: '', path: written, query, fragment });
  return { ...verdict, suggestion };
}

function addressesOf(files: LinkedSite['files']): ReadonlyMap<string, SiteFile> {
  const known = addresses.get(files);
  if (known) return known;
  const made = new Map<string, SiteFile>();
  for (const file of files.values()) {
    if (isIncluded(file)) made.set(trimmed(file.url), file);
  }
  addresses.set(files, made);
  return made;
}

/** An address below the site's own; undefined where it leads above that. */
function addressFrom(base: string, path: string): string | undefined {
  return normalRelative(base.slice(0, base.lastIndexOf('/') + 1) + path);
}

function trimmed(url: string): string {
  return unquote(url)
    .replace(/^\.\//, '')
    .replace(/(?:^|\/)index\.html$/, '')
    .replace(/\/$/, '');
}
