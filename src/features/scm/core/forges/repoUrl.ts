import { withoutTrailing } from '../../../../base';
import { InputError } from '../forgeFiles';

/** Forge kinds by host: `github`, `gitlab`, `bitbucketServer`, … */
export type RepoHosts = ReadonlyMap<string, string>;

/** Default integrations of a Backstage. Source: `ScmIntegrations.fromConfig` without a config. */
export const defaultRepoHosts: RepoHosts = new Map([
  ['amazonaws.com', 'awsS3'],
  ['bitbucket.org', 'bitbucketCloud'],
  ['blob.core.windows.net', 'azureBlobStorage'],
  ['dev.azure.com', 'azure'],
  ['github.com', 'github'],
  ['gitlab.com', 'gitlab'],
  ['storage.cloud.google.com', 'googleGcs'],
]);

/** A repository, as a `RepoUrlPicker` names it. */
export interface RepoSpec {
  readonly host: string;
  readonly owner: string | undefined;
  readonly repo: string | undefined;
  readonly organization: string | undefined;
  readonly workspace: string | undefined;
  readonly project: string | undefined;
}

const REQUIRED: ReadonlyMap<string, readonly string[]> = new Map([
  ['bitbucketCloud', ['workspace', 'project', 'repo']],
  ['bitbucketServer', ['project', 'repo']],
  ['azure', ['project', 'repo']],
  ['gitea', ['repo']],
  ['gerrit', ['repo']],
]);

/**
 * Parses `github.com?owner=acme&repo=shop`.
 *
 * Source: `parseRepoUrl` of `@backstage/plugin-scaffolder-node`, including messages.
 *
 * @throws InputError
 */
export function parseRepoUrl(repoUrl: string, hosts: RepoHosts): RepoSpec {
  let parsed;
  try {
    parsed = new URL(`https://${repoUrl}`);
  } catch (error) {
    throw new InputError(`Invalid repo URL passed to publisher, got ${repoUrl}, ${String(error)}`);
  }
  const { host, searchParams } = parsed;
  const type = hosts.get(host);
  if (type === undefined) {
    throw new InputError(
      `No matching integration configuration for host ${host}, please check your integrations config`,
    );
  }
  const read = (name: string): string | undefined => {
    const value = searchParams.get(name);
    return value === null ? undefined : withoutTrailing(value.replace(/^\/+/, ''), '/');
  };
  const hasProject = type === 'gitlab' && Boolean(read('project'));
  for (const name of hasProject ? [] : (REQUIRED.get(type) ?? ['repo', 'owner'])) {
    if (!searchParams.get(name)) {
      throw new InputError(
        `Invalid repo URL passed to publisher: ${parsed.toString()}, missing ${name}`,
      );
    }
  }
  return {
    host,
    owner: read('owner'),
    repo: read('repo'),
    organization: read('organization'),
    workspace: read('workspace'),
    project: read('project'),
  };
}
