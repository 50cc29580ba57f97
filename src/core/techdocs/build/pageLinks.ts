import type { TechDocsPage } from '../../../api';
import type { SiteConfig } from '../sites/config/siteConfig';
import type { SiteFile } from '../sites/files/siteFile';
import { normalRelative } from '../sites/python/texts';
import { splitUrl } from '../sites/python/urls';
import { relativeUrl } from './relativeUrls';

/** What becomes of a link. */
export interface BuiltLink {
  /** For `href` or `src`. */
  readonly url: string;
  /** The path that is not in the site, where the link names a file. */
  readonly missing?: string;
}

/**
 * Has links to files lead to where the site has them.
 *
 * Source: `_RelativePathTreeprocessor.path_to_url` of `mkdocs.structure.pages`.
 */
export class PageLinks {
  #files: ReadonlyMap<string, SiteFile>;
  #absoluteIsDocs: boolean;

  constructor(files: ReadonlyMap<string, SiteFile>, { links }: Pick<SiteConfig, 'links'>) {
    this.#files = files;
    this.#absoluteIsDocs = links.absoluteIsDocs;
  }

  build(written: string, page: Pick<TechDocsPage, 'path' | 'url'>): BuiltLink {
    const { scheme, authority, path, query, fragment } = splitUrl(written);
    const isAbsolute = /^[/\\]/.test(written);
    if (scheme || authority || !path || (isAbsolute && !this.#absoluteIsDocs)) {
      return { url: written };
    }
    const plain = decoded(path);
    const folder = page.path.slice(0, page.path.lastIndexOf('/') + 1);
    const target = normalRelative(isAbsolute ? plain.replace(/^\/+/, '') : `${folder}${plain}`);
    const file = target === undefined ? undefined : this.#files.get(target);
    if (file) {
      const url = relativeUrl(file.url, page.url);
      return { url: `${url}${query && `?${query}`}${fragment && `#${fragment}`}` };
    }
    // What has no extension may be an address, and MkDocs says less of it.
    const namesFile = isAbsolute || /[^/.][^/]*\.[^/.]+$/.test(plain);
    return { url: written, ...(namesFile && { missing: target ?? plain }) };
  }
}

/** As `urllib.parse.unquote`, which leaves alone what is no escape. */
function decoded(path: string): string {
  return path.replace(/(?:%[0-9a-fA-F]{2})+/g, escapes => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}
