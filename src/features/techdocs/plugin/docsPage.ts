import { findTechDocsPage, isWithin, type TechDocsService, type TechDocsSite } from '../../../api';

/** A page to show: a page of a site, or a web page. */
export type DocsPage = { readonly site: string; readonly path: string } | { readonly url: string };

/**
 * Returns the page at a path of a site, or its first page.
 *
 * @returns undefined if the site has no pages
 */
export async function pageOfSite(
  siteId: string,
  { path, techdocs }: { readonly path: string; readonly techdocs: TechDocsService },
): Promise<DocsPage | undefined> {
  const content = await techdocs.loadContent(siteId);
  if (!content) return undefined;
  const found = findTechDocsPage(content, path);
  return found && { site: siteId, path: found.path };
}

/** Returns the first page of an entity's docs; undefined if it has none. */
export async function pageOfEntity(
  entityRef: string,
  techdocs: TechDocsService,
): Promise<DocsPage | undefined> {
  const location = await techdocs.locate(entityRef);
  if (location?.type === 'web') return { url: location.url };
  if (location?.type === 'instance') return { site: location.siteId, path: location.path };
  return location && pageOfSite(location.siteId, { path: location.path, techdocs });
}

/** Returns the page of a Markdown file (a URI); undefined if it isn't one. */
export async function pageOfFile(
  file: string,
  techdocs: TechDocsService,
): Promise<DocsPage | undefined> {
  const around = await pageAround(file, techdocs);
  if (around) return around;
  // A docs folder may be outside the folder of its site.
  const sites = await techdocs.getSites();
  return pageIn(
    sites.filter(site => !isWithin(site.folder, file)),
    { file, techdocs },
  );
}

/** Returns the page of a file in sites whose folder contains it, the innermost first. */
export async function pageAround(
  file: string,
  techdocs: TechDocsService,
): Promise<DocsPage | undefined> {
  const around = (await techdocs.getSites()).filter(({ folder }) => isWithin(folder, file));
  around.sort((a, b) => b.folder.length - a.folder.length);
  return pageIn(around, { file, techdocs });
}

async function pageIn(
  sites: readonly TechDocsSite[],
  { file, techdocs }: { readonly file: string; readonly techdocs: TechDocsService },
): Promise<DocsPage | undefined> {
  for (const { id } of sites) {
    const content = await techdocs.loadContent(id);
    const found = content?.pages.find(page => page.file === file);
    if (found) return { site: id, path: found.path };
  }
  return undefined;
}
