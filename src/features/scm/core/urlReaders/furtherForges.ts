import { withoutTrailing } from '../../../../base';
import type { IntegrationAddresses } from './integrationAddresses';

/** Parts of a page of Gitiles, Gerrit's browser. */
export interface GitilesPage {
  readonly project: string;
  readonly ref: string;
  readonly refType: 'head' | 'sha' | 'branch' | 'tag';
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
export function parseGitiles(
  address: string,
  { gitilesBaseUrl }: IntegrationAddresses = {},
): GitilesPage {
  const { pathname } = new URL(address);
  const written = pathname.startsWith('/a/') ? pathname.slice(2) : pathname;
  const own =
    gitilesBaseUrl === undefined ? written : written.replace(new URL(gitilesBaseUrl).pathname, '');
  const parts = own.split('/').filter(part => part !== '');
  const at = parts.indexOf('+');
  const rest = at < 0 ? [] : parts.slice(at + 1);
  const [first = '', second = '', third] = rest;
  const named = first === 'refs' && third ? REF_TYPES.get(second) : undefined;
  const refType = named ?? (first === 'HEAD' ? 'head' : first.length === 40 ? 'sha' : undefined);
  if (at <= 0 || !refType) throw new Error(`Unable to parse gitiles : ${address}`);
  const length = named ? 3 : 1;
  const path = rest.slice(length).join('/');
  const before = parts.slice(0, at);
  const isBelow =
    gitilesBaseUrl === undefined && GITILES.every((part, index) => before[index] === part);
  return {
    project: (isBelow ? before.slice(GITILES.length) : before).join('/'),
    ref: rest[length - 1] ?? '',
    refType,
    path: path === '' ? '/' : path,
    top: withoutTrailing(path === '' ? address : address.replace(path, ''), '/'),
  };
}

const REF_TYPES: ReadonlyMap<string, 'branch' | 'tag'> = new Map([
  ['heads', 'branch'],
  ['tags', 'tag'],
]);

/** Path of Gitiles on a Gerrit, unless the integration sets it. Elsewhere, it is at the root. */
const GITILES = ['plugins', 'gitiles'];

/** Address rules of Gerrit. Source: `GerritIntegration`. */
export const gerritRules = {
  resolve(reference: string, base: string, addresses?: IntegrationAddresses): string {
    if (reference.startsWith('/')) return parseGitiles(base, addresses).top + reference;
    return (reference === '' ? new URL(base) : new URL(reference, base)).href;
  },
  edit(address: string, addresses: IntegrationAddresses = {}): string {
    if (addresses.isEditDisabled) return address;
    const { project, ref, path } = parseGitiles(address, addresses);
    const { baseUrl = `https://${new URL(address).host}` } = addresses;
    const file = path.replace(/^\/+/, '');
    return `${baseUrl}/admin/repos/edit/repo/${project}/branch/refs/heads/${ref}/file/${file}`;
  },
};

/** Parts of the page of a file on Harness. */
export interface HarnessPage {
  readonly account: string;
  readonly organization: string;
  readonly project: string;
  readonly repository: string;
  /** Branch in addresses of files. */
  readonly ref: string;
  /** Branch in addresses of pages and archives. */
  readonly branch: string;
  readonly path: string;
}

/**
 * Parses the address of a file on Harness.
 *
 * Source: `parseHarnessUrl` of `packages/integration`.
 */
export function parseHarness(address: string): HarnessPage {
  const { pathname } = new URL(address);
  const segments = pathname.split('/').filter(segment => segment !== '');
  const after = (name: string, from = 0): string | undefined => {
    const at = segments.indexOf(name, from);
    return at < 0 ? undefined : segments[at + 1];
  };
  const ahead = Math.max(...['account', 'orgs', 'projects'].map(name => segments.indexOf(name)), 0);
  const written = pathname.split('/');
  const place = written.slice(written.findIndex(part => part === 'files' || part === 'edit') + 1);
  const tilde = place.indexOf('~');
  return {
    account: after('account') ?? segments[0] ?? '',
    organization: after('orgs') ?? '',
    project: after('projects') ?? '',
    repository: after('repos', ahead + 1) ?? segments[0] ?? '',
    ref: place.slice(0, tilde).join('/'),
    branch: (tilde < 0 ? place : place.slice(0, tilde)).join('/'),
    path:
      tilde < 0
        ? ''
        : place
            .slice(tilde + 1)
            .join('/')
            .replace(/^\//, ''),
  };
}

/**
 * Returns the page that edits a file on Harness.
 *
 * Source: `getHarnessEditContentsUrl` of `packages/integration`.
 */
export function harnessEditPage(address: string): string {
  const { account, organization, project, repository, branch, path } = parseHarness(address);
  return [
    `https://${new URL(address).host}/ng/account/${account}/module/code`,
    ...(organization ? [`orgs/${organization}`] : []),
    ...(project ? [`projects/${project}`] : []),
    `repos/${repository}/files/${branch}/~/${path}`,
  ].join('/');
}
