import { findTechDocsPage, type TechDocsService, type TechDocsSite } from '../../../api';
import { isWithin } from '../../../base';

/** A page to show: one of a site by its path, or a page of the web. */
export type DocsPage = { readonly site: string; readonly path: string } | { readonly url: string };

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
  const found = findTechDocsPage(content, path);
  return found && { site: siteId, path: found.path };
}

/** The page that the documentation of an entity begins with; undefined where it has none. */
export async function pageOfEntity(
  entityRef: string,
  techdocs: TechDocsService,
): Promise<DocsPage | undefined> {
  const location = await techdocs.locate(entityRef);
  if (location?.type === 'web') return { url: location.url };
  if (location?.type === 'instance') return { site: location.siteId, path: location.path };
  return location && pageOfSite(location.siteId, { path: location.path, techdocs });
}

/** The page that a Markdown file (a URI) is; undefined where it is none. */
export async function pageOfFile(
  file: string,
  techdocs: TechDocsService,
): Promise<DocsPage | undefined> {
  const around = await pageAround(file, techdocs);
  if (around) return around;
  // A docs folder may lie outside of the folder of its site.
  const sites = await techdocs.getSites();
  return pageIn(
    sites.filter(site => !isWithin(site.folder, file)),
    { file, techdocs },
  );
}

/** The same, of the sites alone in whose folders the file lies; the innermost first. */
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
