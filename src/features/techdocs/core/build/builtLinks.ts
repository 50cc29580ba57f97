import { judgeLink, type LinkedSite, type LinkVerdict } from '../check/linkVerdicts';
import type { SiteFile } from '../sites/files/siteFile';
import { relativePath } from '../sites/python/paths';
import { splitUrl, unsplitUrl } from '../sites/python/urls';

/** What becomes of a link. */
export interface BuiltLink {
  /** For `href` or `src`. */
  readonly url: string;
  readonly verdict: LinkVerdict;
}

/**
 * Has a link to a file lead to where the site has that.
 *
 * Source: `_RelativePathTreeprocessor.path_to_url` of `mkdocs.structure.pages`.
 */
export function builtLink(written: string, page: SiteFile, site: LinkedSite): BuiltLink {
  const verdict = judgeLink(written, page, site);
  const { path, query, fragment } = splitUrl(written);
  if (!verdict.target || path === '') return { url: written, verdict };
  const to = relativePath(verdict.target.file.url, page.url);
  return { url: unsplitUrl({ scheme: '', authority: '', path: to, query, fragment }), verdict };
}

/** What MkDocs says of a link while it builds. */
export function linkMessage(page: string, target: string, { fault, path }: LinkVerdict): string {
  const at = `Doc file '${page}' contains`;
  switch (fault) {
    case 'absolute':
      return `${at} an absolute link '${target}', it was left as is.`;
    case 'unrecognized':
      return `${at} an unrecognized relative link '${target}', it was left as is.`;
    case 'excluded':
      return `${at} a link to '${path}' which is excluded from the built site.`;
    default:
      return `${at} a link '${target}', but the target${path === target ? '' : ` '${path}'`} is not found among documentation files.`;
  }
}
