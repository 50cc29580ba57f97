import type { TechDocsSite } from '../../../../api';
import { basenameUri, joinUri } from '../../../../base';
import type { Clock, Environment, FileSystem } from '../../../../platform/core/ports';
import { Repositories } from '../../../catalog/core/shared';
import type { TechDocsCoreVersion } from '../markdown/config';
import type { BuiltSite } from '../sites/buildSite';
import { CONFIG_NAMES, README_NAMES } from '../sites/config/loadConfig';
import { readHeading } from '../sites/pages/headingText';
import type { ReadGeneratorOptions } from '../sites/production/allowLists';
import { SiteReader } from '../sites/siteReader';

export interface FolderSiteDeps {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  /** Variables that `!ENV` can read. */
  readonly environment: Environment;
  /** Returns the options of TechDocs' generator; undefined: the config applies as in MkDocs. */
  readonly generator?: ReadGeneratorOptions | undefined;
  /** Returns the release of techdocs-core that pages follow; the latest by default. */
  readonly techDocsCore?: (() => TechDocsCoreVersion | undefined) | undefined;
}

/**
 * Reads the site of one folder as TechDocs builds it, without its surroundings: from its config,
 * its `docs` folder, for which TechDocs generates a config, or its README.
 *
 * @param folder - URI
 * @param name - site name if the config has none; defaults to the folder's name
 * @returns undefined if there is nothing to build
 * @throws AbortError when the signal is aborted
 */
export async function readFolderSite(
  folder: string,
  deps: FolderSiteDeps,
  { name, signal }: { readonly name?: string | undefined; readonly signal?: AbortSignal } = {},
): Promise<BuiltSite | undefined> {
  const { fileSystem } = deps;
  const site = await siteOf(folder, name ?? basenameUri(folder), fileSystem);
  if (!site) return undefined;
  const repository = await new Repositories(fileSystem).find(folder);
  const boundary = repository?.root ?? folder;
  return new SiteReader(site, { ...deps, readHeading, repository, boundary }).read(signal);
}

async function siteOf(
  folder: string,
  name: string,
  fileSystem: FileSystem,
): Promise<TechDocsSite | undefined> {
  const site = { id: folder, name, folder, entityRefs: [], sharedWith: [] };
  const typeOf = async (path: string): Promise<string | undefined> =>
    (await fileSystem.stat(joinUri(folder, path)))?.type;
  for (const config of CONFIG_NAMES) {
    if ((await typeOf(config)) === 'file') {
      return { ...site, origin: 'mkdocs', config: joinUri(folder, config) };
    }
  }
  if ((await typeOf('docs')) === 'directory') {
    return { ...site, origin: 'generated', config: undefined };
  }
  for (const readme of README_NAMES) {
    if ((await typeOf(readme)) === 'file') return { ...site, origin: 'readme', config: undefined };
  }
  return undefined;
}
