import { childOf, type ConfigEntry, mapOf, stringOf } from '../config/configNode';
import { pluginOf } from '../config/loadables';
import type { SiteConfig } from '../config/siteConfig';
import { isPagePath, siteFile, type SiteFile } from '../files/siteFile';
import type { SiteProblems } from '../siteProblems';

/** What `redirect_maps` says: by the path of a page that is gone, where it leads to. */
export function writtenRedirects(config: SiteConfig): ReadonlyMap<string, ConfigEntry> {
  const { options } = pluginOf(config, 'redirects') ?? {};
  return mapOf(childOf(options, 'redirect_maps'))?.entries ?? new Map();
}

/**
 * Where pages that are gone lead to, by their address.
 *
 * Source: mkdocs-redirects.
 */
export function readRedirects(
  config: SiteConfig,
  { files, problems }: { files: ReadonlyMap<string, SiteFile>; problems: SiteProblems },
): ReadonlyMap<string, string> {
  const redirects = new Map<string, string>();
  const { useDirectoryUrls } = config;
  for (const [from, { key, value }] of writtenRedirects(config)) {
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
