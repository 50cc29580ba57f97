import { relativePath } from '../sites/python/paths';

/** The way from one address of a site to another, both below the site's own. */
export function relativeUrl(url: string, from: string): string {
  return relativePath(url === '' ? './' : url, from);
}

/** What comes before an address of the site in a link on one of its pages: `../../`, or nothing. */
export function rootFrom(url: string): string {
  const root = relativeUrl('', url);
  return root === './' ? '' : root;
}
