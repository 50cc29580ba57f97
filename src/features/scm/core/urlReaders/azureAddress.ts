import { ownValue } from '../../../../base';
/** An address of something in a repository on Azure DevOps, in its parts. */
export interface AzureAddress {
  /** Where its API has the project: below its organisation or collection, unless that is in the name of the host. */
  readonly project: readonly string[];
  readonly name: string;
  /** What stands before the name in the address, `_git` included. */
  readonly before: readonly string[];
  /** As it is written, mostly with a `/` before it; `''` for the repository itself. */
  readonly path: string;
  /** Undefined for that which the repository begins with. */
  readonly version: { readonly type: 'branch' | 'tag'; readonly name: string } | undefined;
}

/**
 * Takes an address apart that people copy from their browser.
 *
 * Source: `AzureUrl` of `@backstage/integration`, its messages included.
 *
 * @throws Error for what names no repository, or a version that is neither a branch nor a tag; URIError for a stray `%`
 */
export function parseAzureAddress({ hostname, pathname, searchParams }: URL): AzureAddress {
  const parts = pathname.split('/').map(part => decodeURIComponent(part));
  const at = [2, 3, 4].find(place => parts[place] === '_git') ?? 0;
  const name = parts[at + 1];
  if (at === 0 || !parts[1] || !parts[at - 1] || !name) {
    throw new Error('Azure URL must point to a git repository');
  }
  const before = parts.slice(1, at);
  const isNamedByHost = hostname.endsWith('.visualstudio.com');
  const project = isNamedByHost ? before.slice(-1) : at === 2 ? [...before, name] : before;
  return {
    project,
    name,
    before: [...before, '_git'],
    path: searchParams.get('path') ?? '',
    version: versionOf(searchParams.get('version') ?? ''),
  };
}

function versionOf(version: string): AzureAddress['version'] {
  if (version === '') return undefined;
  const types: Readonly<Record<string, 'branch' | 'tag'>> = { GB: 'branch', GT: 'tag' };
  const type = ownValue(types, version.slice(0, 2));
  if (!type) throw new Error('Azure URL version must point to a git branch or git tag');
  const name = version.slice(2);
  return name === '' ? undefined : { type, name };
}
