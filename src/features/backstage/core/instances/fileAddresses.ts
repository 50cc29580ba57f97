import type { FileAddress } from '../../../../api';
import { dirnameUri, relativePath } from '../../../../base';
import type { FileSystem } from '../../../../platform/core/ports';
import { Repositories, webAddresses } from '../../../catalog/core/shared';

/**
 * Returns the addresses at which files would be registered in a Backstage, from the current remotes and branches of
 * their repositories.
 *
 * @param forges - returns forge types by host
 */
export async function fileAddresses(
  files: readonly string[],
  fileSystem: FileSystem,
  forges: () => Promise<ReadonlyMap<string, string>>,
): Promise<ReadonlyMap<string, FileAddress>> {
  const repositories = new Repositories(fileSystem, forges);
  const addresses = new Map<string, FileAddress>();
  for (const file of files) {
    const repository = await repositories.find(dirnameUri(file));
    if (!repository?.remote || repository.branch === undefined) continue;
    const url = webAddresses(repository, file)?.viewUrl;
    const path = relativePath(repository.root, file);
    if (url === undefined || path === undefined) continue;
    const { remote, branch } = repository;
    addresses.set(file, { url, repository: remote.webUrl, branch, path });
  }
  return addresses;
}
