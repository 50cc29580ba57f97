import type { Severity } from '../../../../model';
import type { SiteConfig } from '../sites/config/siteConfig';
import { isIncluded, type SiteFile } from '../sites/files/siteFile';
import {
  folderOf,
  joinedPath,
  normalizedPath,
  normalRelative,
  relativePath,
  splitExtension,
} from '../sites/python/texts';
import { splitUrl, unquote, unsplitUrl } from '../sites/python/urls';

/** Files and link settings of a site. */
export interface LinkedSite {
  /** Files by path. */
  readonly files: ReadonlyMap<string, SiteFile>;
  readonly config: Pick<SiteConfig, 'links' | 'useDirectoryUrls'>;
}

export type LinkFault =
  /** The site has no such file. */
  | 'missing'
  /** Neither the path of a file nor a page. */
  | 'unrecognized'
  | 'absolute'
  /** The file is excluded from the build. */
  | 'excluded';

/** Result of checking a link. Empty if it needs no check. */
export interface LinkCheck {
  readonly fault?: LinkFault;
  /** Undefined if the fault isn't reported. */
  readonly severity?: Severity;
  /** Resolved path from the docs folder. */
  readonly path?: string;
  /** Suggested replacement for the whole link. */
  readonly suggestion?: string;
  /** Target file, and the anchor in it if there is one. */
  readonly target?: { readonly file: SiteFile; readonly anchor: string | undefined };
}

const EXTERNAL: LinkCheck = {};

/**
 * Checks a link or image of a page as MkDocs does.
 *
 * Source: `_RelativePathTreeprocessor.path_to_url` of `mkdocs.structure.pages`.
 */
export function checkLink(url: string, from: SiteFile, site: LinkedSite): LinkCheck {
  const { files } = site;
  const levels = site.config.links;
  const { scheme, authority, path: quoted, query, fragment: anchor } = splitUrl(url);
  if (scheme || authority) return EXTERNAL;
  const isAbsolute = /^[/\\]/.test(url);
  const toAnchor = anchor === '' ? undefined : anchor;
  if (!isAbsolute && quoted === '') {
    return toAnchor === undefined ? {} : { target: { file: from, anchor } };
  }
  const path = unquote(quoted);
  const suggestion = (): Pick<LinkCheck, 'suggestion'> => {
    // Not resolved yet for absolute links.
    const tried = isAbsolute && !levels.absoluteIsDocs ? [targetPath(from.path, path)] : [];
    const candidate = [...tried, ...possibleTargets(path, from, site)].find(guess =>
      files.has(guess),
    );
    if (candidate === undefined) {
      const isMail = url.includes('@') && url.includes('.') && !url.includes('/');
      return isMail ? { suggestion: `mailto:${url}` } : {};
    }
    const written =
      anchor !== '' && candidate === from.path
        ? ''
        : isAbsolute && levels.absoluteIsDocs
          ? `/${candidate}`
          : relativePath(candidate, from.path);
    return { suggestion: unsplitUrl({ path: written, query, fragment: anchor }) };
  };
  if (isAbsolute && !levels.absoluteIsDocs) {
    return { fault: 'absolute', severity: levels.absoluteLinks, ...suggestion() };
  }
  const wanted = targetPath(from.path, path);
  const file = files.get(wanted);
  if (!file) {
    const isNamed = isAbsolute || splitExtension(path)[1] !== '';
    return {
      fault: isNamed ? 'missing' : 'unrecognized',
      severity: isNamed ? levels.notFound : levels.unrecognizedLinks,
      path: wanted,
      ...suggestion(),
    };
  }
  const target = { file, anchor: toAnchor };
  if (isIncluded(file)) return { target };
  const severity = levels.notFound && 'info';
  return { fault: 'excluded', severity, path: wanted, target };
}

function targetPath(from: string, path: string): string {
  return normalizedPath(joinedPath(folderOf(from), path).replace(/^\/+/, ''));
}

/** Possible targets of a broken link. Source: `_possible_target_uris`. */
function possibleTargets(
  path: string,
  from: SiteFile,
  { config: { useDirectoryUrls } }: LinkedSite,
): readonly string[] {
  const target = targetPath(from.path, path);
  if (normalizedPath(path) === '.') return [from.path];
  const prefixes = new Set([target, targetPath(from.url, path)]);
  const suffixes: ((prefix: string) => string)[] = [];
  if (useDirectoryUrls) suffixes.push(prefix => prefix);
  if (splitExtension(target)[1] === '') {
    suffixes.push(prefix => joinedPath(prefix, 'index.md'));
    suffixes.push(prefix => joinedPath(prefix, 'README.md'));
  }
  const isFile = useDirectoryUrls || !path.endsWith('/');
  if (!target.endsWith('.') && !path.endsWith('.md') && isFile) {
    suffixes.push(prefix => `${prefix.replace(/\.html$/, '')}.md`);
  }
  return [...prefixes]
    .flatMap(prefix => suffixes.map(suffix => normalizedPath(suffix(prefix))))
    .filter(guess => guess !== target && !guess.startsWith('../'));
}

/** Files that MkDocs generates. */
const GENERATED_FILES =
  /^(?:404\.html|sitemap\.xml(?:\.gz)?|(?:search|assets|css|js|img|fonts)\/.*)$/;

const addresses = new WeakMap<LinkedSite['files'], ReadonlyMap<string, SiteFile>>();

/**
 * Judges a link in HTML like a browser. MkDocs doesn't rewrite it, so it's relative to the
 * published page, not to the source file.
 */
export function checkHtmlLink(
  url: string,
  from: SiteFile,
  { files }: Pick<LinkedSite, 'files'>,
): LinkCheck {
  const { scheme, authority, path, query, fragment } = splitUrl(url);
  if (scheme || authority || /^[/\\]/.test(url)) return {};
  const anchor = fragment === '' ? undefined : fragment;
  if (path === '') return anchor === undefined ? {} : { target: { file: from, anchor } };
  const wanted = addressFrom(from.url, path);
  // Addresses above the site are unknown.
  if (wanted === undefined) return {};
  const file = addressesOf(files).get(trimmed(wanted));
  if (file) return { target: { file, anchor } };
  if (GENERATED_FILES.test(wanted)) return {};
  const source = addressFrom(from.path, path);
  const page = source === undefined ? undefined : files.get(unquote(source));
  const check = { fault: 'missing', severity: 'info', path: unquote(wanted) } as const;
  if (!page || !isIncluded(page)) return check;
  const written = relativePath(page.url, from.url);
  const suggestion = unsplitUrl({ path: written, query, fragment });
  return { ...check, suggestion };
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

/** Resolves an address below the site's own; undefined if it leads above the site. */
function addressFrom(base: string, path: string): string | undefined {
  return normalRelative(base.slice(0, base.lastIndexOf('/') + 1) + path);
}

function trimmed(url: string): string {
  return unquote(url)
    .replace(/^\.\//, '')
    .replace(/(?:^|\/)index\.html$/, '')
    .replace(/\/$/, '');
}
