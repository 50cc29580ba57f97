/**
 * The way from one address of a site to another, both below the site's own.
 *
 * Source: `get_relative_url` of `mkdocs.utils`.
 */
export function relativeUrl(url: string, from: string): string {
  const slash = from.lastIndexOf('/');
  // What has a dot in its name is a file.
  const folder = from.slice(slash + 1).includes('.') ? from.slice(0, Math.max(slash, 0)) : from;
  const start = partsOf(folder);
  const end = partsOf(url);
  let common = 0;
  while (common < start.length && common < end.length && start[common] === end[common]) common++;
  const parts = [...start.slice(common).map(() => '..'), ...end.slice(common)];
  const path = parts.join('/') || '.';
  return url.endsWith('/') || url === '' ? `${path}/` : path;
}

/** What comes before an address of the site in a link on one of its pages: `../../`, or nothing. */
export function rootFrom(url: string): string {
  const root = relativeUrl('', url);
  return root === './' ? '' : root;
}

function partsOf(path: string): readonly string[] {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return parts;
}
