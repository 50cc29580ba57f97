import type { TechDocsContent, TechDocsSite } from '../../../../api';
import { dirnameUri } from '../../../../base';
import { readWithin } from '../../../../platform/core/files';
import type { Environment, FileSystem } from '../../../../platform/core/ports';
import { Repositories } from '../../../catalog/core/shared';
import { readExtensions } from './config/loadables';
import { configsAbove, emptyConfig, loadConfig, MAX_CONFIG } from './config/loadConfig';
import { SiteProblems } from './siteProblems';

/** Folder and Markdown extensions of a site, which determine how its pages render. */
export interface SiteOfPage {
  readonly site: Pick<TechDocsSite, 'folder'>;
  readonly markdownExtensions: TechDocsContent['markdownExtensions'];
}

/**
 * Returns the site with the nearest config above a page, or else the page's folder.
 *
 * @param uri - of the page
 */
export async function siteOfPage(
  uri: string,
  { fileSystem, environment }: { fileSystem: FileSystem; environment: Environment },
): Promise<SiteOfPage> {
  const { value: config } = await configsAbove(uri, fileSystem).next();
  if (config === undefined) {
    return { site: { folder: dirnameUri(uri) }, markdownExtensions: new Map() };
  }
  const folder = dirnameUri(config);
  const repository = await new Repositories(fileSystem).find(folder);
  const boundary = repository?.root ?? folder;
  const problems = new SiteProblems();
  const map = await loadConfig(config, {
    read: file => readWithin(fileSystem, { uri: file, boundary, maxSize: MAX_CONFIG }),
    environment,
    boundary,
    problems,
  });
  return {
    site: { folder },
    markdownExtensions: readExtensions(map ?? emptyConfig(config), problems),
  };
}
