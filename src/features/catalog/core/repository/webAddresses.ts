// Separate from the search for repositories, which the editor's host doesn't need at start.
import { relativePath } from '../../../../base';
import type { Repository } from './repositories';

/** Pages of a file on the repository's host. */
interface WebAddresses {
  readonly viewUrl: string;
  readonly editUrl: string;
  /** Location ref of the file's folder, with a trailing `/`. */
  readonly sourceLocation: string;
}

/** Returns undefined without a remote with known pages, or without a branch. */
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
