import type { TechDocsContent, TechDocsPage } from '../../../../api';
import { decodeEscapes, dirnameUri, isWithin, joinUri } from '../../../../base';
import { normalRelative } from '../sites/python/texts';

/** Target of a link on a page. */
export type DocsLinkTarget =
  | { readonly type: 'page'; readonly page: TechDocsPage; readonly anchor?: string }
  /** Anchor on the same page. */
  | { readonly type: 'anchor'; readonly anchor: string }
  /** Opened in a browser. */
  | { readonly type: 'url'; readonly url: string }
  | { readonly type: 'entity'; readonly entityRef: string }
  /** Docs of an entity. `path` is an address below them. */
  | {
      readonly type: 'docs';
      readonly entityRef: string;
      readonly path: string;
      readonly anchor?: string;
    }
  /** Other published file: a URI. May not exist. */
  | { readonly type: 'file'; readonly file: string }
  /** File outside the docs folder, which MkDocs doesn't publish. */
  | { readonly type: 'outside'; readonly file: string }
  /** Address of the Backstage that shows the docs. */
  | { readonly type: 'app'; readonly path: string };

/**
 * Resolves links of a site's pages: like MkDocs when it rewrites them, and like a browser
 * otherwise. Source: `mkdocs/structure/pages.py`, and the routes of Backstage's app.
 */
export class DocsLinks {
  #byPath = new Map<string, TechDocsPage>();
  #byUrl = new Map<string, TechDocsPage>();
  #redirects: TechDocsContent['redirects'];

  constructor({ pages, redirects }: Pick<TechDocsContent, 'pages' | 'redirects'>) {
    this.#redirects = redirects;
    for (const page of pages) {
      this.#byPath.set(page.path, page);
      this.#byUrl.set(trimmed(page.url), page);
    }
  }

  /** Returns the page with a path below the docs folder. */
  page(path: string): TechDocsPage | undefined {
    return this.#byPath.get(path);
  }

  /** @param href - as in the HTML of the page */
  resolve(href: string, page: TechDocsPage): DocsLinkTarget {
    if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(href)) return { type: 'url', url: href };
    const { path, anchor } = splitHref(href);
    if (path === '') return { type: 'anchor', anchor: anchor ?? '' };
    if (path.startsWith('/')) return appTarget(path, anchor);
    const below = normalRelative(`${dirname(page.path)}/${path}`);
    const found = below === undefined ? undefined : this.#byPath.get(below);
    const linked = found ?? this.#byAddress(path, page);
    if (linked) return { type: 'page', page: linked, ...(anchor !== undefined && { anchor }) };
    const file = joinUri(dirnameUri(page.file), path);
    return { type: isWithin(docsFolderOf(page), file) ? 'file' : 'outside', file };
  }

  /** Returns the page at an address below the site's own. The empty address is the home page. */
  pageAt(url: string): TechDocsPage | undefined {
    const redirected = this.#redirects.get(url) ?? this.#redirects.get(`${url}/`);
    if (redirected !== undefined) return this.#byPath.get(splitHref(redirected).path);
    return this.#byUrl.get(trimmed(url));
  }

  /** Resolves a link that MkDocs doesn't rewrite against the page's address, like a browser. */
  #byAddress(path: string, page: TechDocsPage): TechDocsPage | undefined {
    // Every page has a folder of its own: `a/b/` for `a/b.md`.
    const url = normalRelative(`${page.url}/${path}`);
    return url === undefined ? undefined : this.pageAt(url);
  }
}

/** Returns the folder that a page's path is relative to. */
export function docsFolderOf({ file, path }: Pick<TechDocsPage, 'file' | 'path'>): string {
  const segments = path.split('/').reverse();
  let folder = file;
  for (const segment of segments) {
    const parent = dirnameUri(folder);
    // Pages of an included site have its alias before their path.
    if (joinUri(parent, segment) !== folder) break;
    folder = parent;
  }
  return folder;
}

/** Resolves an address within Backstage. */
export function appTarget(path: string, anchor: string | undefined): DocsLinkTarget {
  const [area, namespace, kind, name, ...rest] = path.slice(1).split('/');
  if (namespace && kind && name) {
    const entityRef = `${kind}:${namespace}/${name}`.toLowerCase();
    if (area === 'catalog') return { type: 'entity', entityRef };
    if (area === 'docs') {
      const below = { path: rest.join('/'), ...(anchor !== undefined && { anchor }) };
      return { type: 'docs', entityRef, ...below };
    }
  }
  return { type: 'app', path };
}

function splitHref(href: string): { readonly path: string; readonly anchor?: string } {
  const hash = href.indexOf('#');
  const [before, anchor] =
    hash < 0 ? [href, undefined] : [href.slice(0, hash), href.slice(hash + 1)];
  const path = decodeEscapes(before.split('?', 1)[0] ?? '');
  return { path, ...(anchor !== undefined && { anchor: decodeEscapes(anchor) }) };
}

function dirname(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

function trimmed(url: string): string {
  return decodeEscapes(url)
    .replace(/(?:^|\/)index\.html$/, '')
    .replace(/\/$/, '');
}
