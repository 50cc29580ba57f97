import { fileStart } from '../config/loadConfig';
import type { SiteConfig } from '../config/siteConfig';
import { isLeftOutByPlugin } from '../plugins/excludePlugin';
import type { SiteProblems } from '../siteProblems';
import type { FoundFile } from './docsFolder';
import { selectFiles, type SiteFile } from './siteFile';

/** The files that a site consists of, by path, what plugins take out of it left out. */
export function selectSiteFiles(
  found: readonly FoundFile[],
  { config, problems }: { config: SiteConfig; problems: SiteProblems },
): ReadonlyMap<string, SiteFile> {
  const { files, conflicts } = selectFiles(found, config);
  const isLeftOut = isLeftOutByPlugin(config, problems);
  const uris = new Map(found.map(({ path, uri }) => [path, uri]));
  for (const { path, winner } of conflicts) {
    const message = `Excluding '${path}' from the site because it conflicts with '${winner}'.`;
    problems.add('page-conflict', message, { place: fileStart(uris.get(path) ?? config.file) });
  }
  return isLeftOut ? new Map([...files].filter(([path]) => !isLeftOut(path))) : files;
}
