import { withoutTrailing } from '../../../../base';

/** Parts of a page of Gitiles, Gerrit's browser. */
interface GitilesPage {
  /** Segments of the path before `+`. */
  readonly before: readonly string[];
  readonly ref: string;
  /** `/` for the root. */
  readonly path: string;
  /** Address of the root. */
  readonly top: string;
}

/**
 * Parses the address of a page of Gitiles.
 *
 * Source: `parseGitilesUrlRef` of `packages/integration`.
 *
 * @throws Error if it names no commit, branch or tag
 */
function parseGitiles(address: string): GitilesPage {
  const { pathname } = new URL(address);
  const parts = pathname.split('/').filter(part => part !== '');
  const at = parts.indexOf('+');
  const rest = at < 0 ? [] : parts.slice(at + 1);
  const [first = '', second, third] = rest;
  const isBranchOrTag = first === 'refs' && (second === 'heads' || second === 'tags') && third;
  const length = first === 'HEAD' || first.length === 40 ? 1 : isBranchOrTag ? 3 : 0;
  if (at <= 0 || !length) throw new Error(`Unable to parse gitiles : ${address}`);
  const path = rest.slice(length).join('/');
  return {
    before: parts.slice(0, at),
    ref: rest[length - 1] ?? '',
    path: path === '' ? '/' : path,
    top: withoutTrailing(path === '' ? address : address.replace(path, ''), '/'),
  };
}

/** Path of Gitiles on a Gerrit. Elsewhere, it is at the root. */
const GITILES = ['plugins', 'gitiles'];

/** Address rules of Gerrit. Source: `GerritIntegration`. */
export const gerritRules = {
  resolve(reference: string, base: string): string {
    if (reference.startsWith('/')) return parseGitiles(base).top + reference;
    return (reference === '' ? new URL(base) : new URL(reference, base)).href;
  },
  edit(address: string): string {
    const { before, ref, path } = parseGitiles(address);
    const own = before[0] === 'a' ? before.slice(1) : before;
    const project = GITILES.every((part, index) => own[index] === part)
      ? own.slice(GITILES.length)
      : own;
    const file = path.replace(/^\/+/, '');
    const { host } = new URL(address);
    return `https://${host}/admin/repos/edit/repo/${project.join('/')}/branch/refs/heads/${ref}/file/${file}`;
  },
};

/**
 * Returns the page that edits a file on Harness.
 *
 * Source: `getHarnessEditContentsUrl` of `packages/integration`.
 */
export function harnessEditPage(address: string): string {
  const { host, pathname } = new URL(address);
  const segments = pathname.split('/').filter(segment => segment !== '');
  const after = (name: string, from = 0): string | undefined => {
    const at = segments.indexOf(name, from);
    return at < 0 ? undefined : segments[at + 1];
  };
  const organization = after('orgs');
  const project = after('projects');
  const ahead = Math.max(...['account', 'orgs', 'projects'].map(name => segments.indexOf(name)), 0);
  const written = pathname.split('/');
  const place = written.slice(written.findIndex(part => part === 'files' || part === 'edit') + 1);
  const tilde = place.indexOf('~');
  const branch = (tilde < 0 ? place : place.slice(0, tilde)).join('/');
  const path =
    tilde < 0
      ? ''
      : place
          .slice(tilde + 1)
          .join('/')
          .replace(/^\//, '');
  return [
    `https://${host}/ng/account/${after('account') ?? segments[0] ?? ''}/module/code`,
    ...(organization ? [`orgs/${organization}`] : []),
    ...(project ? [`projects/${project}`] : []),
    `repos/${after('repos', ahead + 1) ?? segments[0] ?? ''}/files/${branch}/~/${path}`,
  ].join('/');
}
