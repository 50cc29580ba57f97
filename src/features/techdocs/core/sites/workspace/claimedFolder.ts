import { dirnameUri, isWithin, joinUri } from '../../../../../base';
import { type LocationRef, parseLocationRef } from '../../../../../model';
import { isSafeUrl } from '../../../../../model/presentation';
import { repositoryPath, resolveReference } from '../../../../catalog/core/targets';
import {
  type Repositories,
  type Repository,
  webAddresses,
} from '../../../../catalog/core/withoutEngine';
import type { DocsClaim } from './docsClaims';

/** Where the documentation of an entity lies. */
export type ClaimedPlace =
  | { readonly type: 'folder'; readonly uri: string }
  | { readonly type: 'web'; readonly url: string };

export interface ClaimedFolderDeps {
  readonly repositories: Repositories;
  /** URIs of the folders of the workspace. */
  readonly roots: readonly string[];
}

/**
 * Follows `techdocs-ref`: `dir:` relative to the source location of the entity, which is its file unless it
 * names another; `url:` as it is. Folders of the repository at hand are found on the disk. What leads out of it
 * is nowhere.
 *
 * Source: `getLocationForEntity` and `transformDirLocation` of `plugins/techdocs-node`.
 */
export async function claimedPlace(
  { written, file, sourceLocation }: DocsClaim,
  deps: ClaimedFolderDeps,
): Promise<ClaimedPlace | undefined> {
  const location = written === undefined ? undefined : readLocation(written);
  if (location?.type === 'url') return placeOfUrl(location.target, file, deps);
  if (location?.type !== 'dir' || file === undefined) return undefined;
  const repository = await deps.repositories.find(dirnameUri(file));
  const boundary = boundaryOf(file, { repository, roots: deps.roots });
  const own = repository && webAddresses(repository, file)?.sourceLocation;
  // Files that are in no repository, or in one without a remote, may be any: those of the source location, too.
  const base =
    sourceLocation === undefined || sourceLocation === own || own === undefined
      ? file
      : baseOf(sourceLocation, repository);
  if (base === undefined || boundary === undefined) return undefined;
  const resolved = resolveReference(location.target, { base, boundary });
  return resolved.type === 'local' ? { type: 'folder', uri: resolved.uri } : undefined;
}

/** The folder that nothing may lead out of: the repository, or the folder of the workspace. */
export function boundaryOf(
  uri: string,
  { repository, roots }: { repository: Repository | undefined; roots: readonly string[] },
): string | undefined {
  if (repository) return repository.root;
  return roots.filter(root => isWithin(root, uri)).sort((a, b) => b.length - a.length)[0];
}

async function placeOfUrl(
  url: string,
  file: string | undefined,
  { repositories, roots }: ClaimedFolderDeps,
): Promise<ClaimedPlace | undefined> {
  const folders = [...(file === undefined ? [] : [dirnameUri(file)]), ...roots];
  for (const folder of folders) {
    const repository = await repositories.find(folder);
    const path = repository && repositoryPath(url, repository);
    if (path !== undefined)
      return { type: 'folder', uri: joinUri(repository?.root ?? folder, path) };
  }
  return isSafeUrl(url) ? { type: 'web', url } : undefined;
}

/** What a path is relative to, as if it stood in a file: undefined for folders of other repositories. */
function baseOf(sourceLocation: string, repository: Repository | undefined): string | undefined {
  const location = readLocation(sourceLocation);
  if (location?.type !== 'url' || !repository) return undefined;
  // What does not end with a slash is a file, and what is beside it is meant.
  const folder = location.target.slice(0, location.target.lastIndexOf('/') + 1);
  const path = repositoryPath(folder, repository);
  return path === undefined
    ? undefined
    : joinUri(joinUri(repository.root, path), 'catalog-info.yaml');
}

function readLocation(written: string): LocationRef | undefined {
  try {
    return parseLocationRef(written);
  } catch {
    // The catalog tells of it.
    return undefined;
  }
}
