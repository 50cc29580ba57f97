import type { TechDocsContent, TechDocsPage } from './techdocs';

/**
 * The page of a site that is found at an address below the site's own; the first page, where there is none.
 *
 * @returns undefined where the site has no page at all
 */
export function findTechDocsPage(
  { pages, home }: Pick<TechDocsContent, 'pages' | 'home'>,
  address: string,
): TechDocsPage | undefined {
  const wanted = address.replace(/[?#].*$/s, '').replace(/(?:index\.html)?$/, '');
  return (
    pages.find(({ url }) => wanted !== '' && withSlash(url) === withSlash(wanted)) ??
    pages.find(({ path }) => path === home)
  );
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}
