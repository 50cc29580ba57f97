import { withoutTrailing } from '../../../../base';
/** A repository, as far as addresses of its files on its host go. */
export interface HostedRepository {
  readonly remote:
    | {
        /** `https://github.com/acme/shop` */
        readonly webUrl: string;
        pageUrl(page: 'folder', branch: string, path: string): string;
      }
    | undefined;
  /** Undefined when a commit is checked out, and not a branch. */
  readonly branch: string | undefined;
}

/**
 * The relative path of the folder that a page of the repository's host shows, `./` at its start; undefined
 * for pages of other repositories and branches, and of no folder.
 */
export function repositoryPath(
  url: string,
  { remote, branch }: HostedRepository,
): string | undefined {
  if (!remote || branch === undefined || !URL.canParse(url)) return undefined;
  const { protocol, host, pathname, search } = new URL(url);
  if (protocol !== 'https:' || search) return undefined;
  const page = `${withoutTrailing(`https://${host}${pathname}`, '/')}/`;
  const root = remote.pageUrl('folder', branch, '');
  // Hosts do not tell upper from lower case in the name of a repository; git does, in that of a branch.
  const { length } = remote.webUrl;
  const isHere = page.slice(0, length).toLowerCase() === remote.webUrl.toLowerCase();
  if (!isHere || !page.slice(length).startsWith(root.slice(length))) return undefined;
  try {
    const path = decodeURIComponent(page.slice(root.length));
    return isPlain(path) ? `./${path}` : undefined;
  } catch {
    return undefined;
  }
}

/** Not where a name, decoded, would lead somewhere else. */
function isPlain(path: string): boolean {
  return path.split('/').every(name => name !== '..' && !name.includes('\\'));
}
