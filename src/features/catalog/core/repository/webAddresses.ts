// Apart from what finds repositories, which the editor's host has no use for at once.
import { relativePath } from '../../../../base';
import type { Repository } from './repositories';

/** The pages of a file on the repository's host. */
interface WebAddresses {
  readonly viewUrl: string;
  readonly editUrl: string;
  /** Location ref of the file's folder, ending with `/`. */
  readonly sourceLocation: string;
}

/** Undefined where the repository has no remote with known pages, or no branch to show. */
export function webAddresses(repository: Repository, uri: string): WebAddresses | undefined {
  const { remote, branch, root } = repository;
  const path = relativePath(root, uri);
  if (!remote || branch === undefined || path === undefined) return undefined;
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
  return {
    viewUrl: remote.pageUrl('view', branch, path),
    editUrl: remote.pageUrl('edit', branch, path),
    sourceLocation: `url:${remote.pageUrl('folder', branch, folder)}`,
  };
}
