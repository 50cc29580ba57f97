import { childOf, mapOf, stringOf } from '../config/configNode';
import type { SiteConfig } from '../config/siteConfig';
import { isPagePath, siteFile, type SiteFile } from '../files/siteFile';
import type { SiteProblems } from '../siteProblems';

/**
 * Where pages that are gone lead to, by their address.
 *
 * Source: mkdocs-redirects.
 */
export function readRedirects(
  { plugins, useDirectoryUrls }: SiteConfig,
  { files, problems }: { files: ReadonlyMap<string, SiteFile>; problems: SiteProblems },
): ReadonlyMap<string, string> {
  const redirects = new Map<string, string>();
  const plugin = plugins.find(({ name }) => name === 'redirects');
  const maps = mapOf(childOf(plugin?.options, 'redirect_maps'));
  for (const [from, { key, value }] of maps?.entries ?? []) {
    const to = stringOf(value);
    if (!isPagePath(from)) {
      const message = `redirects plugin: '${from}' is not a valid markdown file!`;
      problems.add('redirect-target-missing', message, { place: key });
    }
    if (to === undefined) continue;
    const isKnown = /^https?:\/\//i.test(to) || files.get(to.replace(/#.*$/s, ''))?.isPage;
    if (!isKnown) {
      const message = `Redirect target '${to}' does not exist!`;
      problems.add('redirect-target-missing', message, { place: value.place });
      continue;
    }
    const gone = { path: from, uri: '' };
    const { url } = siteFile(gone, { useDirectoryUrls, inclusion: 'included' });
    redirects.set(url === './' ? '' : url, to);
  }
  return redirects;
}
