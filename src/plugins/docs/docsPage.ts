import type { TechDocsService } from '../../api';

/** A page to show: a Markdown file (a URI), or a page of the web. */
export type DocsPage = { readonly file: string } | { readonly url: string };

/**
 * The page of a site that is found at a path below its address; the first page, where there is none.
 *
 * @returns undefined where the site has no page at all
 */
export async function pageOfSite(
  siteId: string,
  { path, techdocs }: { readonly path: string; readonly techdocs: TechDocsService },
): Promise<DocsPage | undefined> {
  const content = await techdocs.loadContent(siteId);
  if (!content) return undefined;
  const wanted = path.replace(/[?#].*$/s, '').replace(/(?:index\.html)?$/, '');
  const { pages, home } = content;
  const found =
    pages.find(({ url }) => wanted !== '' && withSlash(url) === withSlash(wanted)) ??
    pages.find(page => page.path === home);
  return found && { file: found.file };
}

/** The page that the documentation of an entity begins with; undefined where it has none. */
export async function pageOfEntity(
  entityRef: string,
  techdocs: TechDocsService,
): Promise<DocsPage | undefined> {
  const location = await techdocs.locate(entityRef);
  if (location?.type === 'web') return { url: location.url };
  return location && pageOfSite(location.siteId, { path: location.path, techdocs });
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}
