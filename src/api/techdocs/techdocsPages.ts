import type { TechDocsContent, TechDocsPage } from './techdocs';

/**
 * Finds the page at an address relative to the site; falls back to the first page.
 *
 * @returns undefined if the site has no pages
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
