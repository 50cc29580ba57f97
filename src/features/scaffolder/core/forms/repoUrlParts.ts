import type { JsonObject, JsonValue } from '../../../../model';
import { readRepoUrl, type RepoUrlParts, stringifyRepoUrl } from '../../../../model/forms';
import type { RepoHosts } from '../../../scm/core/forges';
import type { RepoUrlPart, RepoUrlPartName } from './formField';
import { textOf, textsOf } from './schemas/jsonParts';

/** The kinds of forges that repositories are made on, by what is asked for of each besides the host and the name. */
const partsByForge: ReadonlyMap<string, readonly RepoUrlPartName[]> = new Map([
  ['github', ['owner']],
  ['gitlab', ['owner']],
  ['gitea', ['owner']],
  ['bitbucketCloud', ['workspace', 'project']],
  ['bitbucketServer', ['project']],
  ['azure', ['organization', 'project']],
  ['gerrit', ['owner', 'workspace']],
] satisfies [string, RepoUrlPartName[]][]);

const titles: Readonly<Record<RepoUrlPartName, string>> = {
  host: 'Host',
  owner: 'Owner',
  repo: 'Repository',
  organization: 'Organization',
  workspace: 'Workspace',
  project: 'Project',
};

const allowed: Readonly<Record<RepoUrlPartName, string>> = {
  host: 'allowedHosts',
  owner: 'allowedOwners',
  repo: 'allowedRepos',
  organization: 'allowedOrganizations',
  // As in Backstage, where owners on Bitbucket Cloud are workspaces.
  workspace: 'allowedOwners',
  project: 'allowedProjects',
};

const lookups: Partial<Readonly<Record<RepoUrlPartName, RepoUrlPart['lookup']>>> = {
  owner: 'owners',
  repo: 'repositories',
};

/** Hosts that a `RepoUrlPicker` offers: those that it allows, else all that repositories are made on. */
function offeredHosts(options: JsonObject, hosts: RepoHosts): readonly string[] {
  const wanted = textsOf(options['allowedHosts']);
  if (wanted.length > 0) return wanted;
  const able = [...hosts].filter(([, type]) => partsByForge.has(type)).map(([host]) => host);
  // The first one is chosen until somebody chooses another one.
  return able.toSorted((a, b) => Number(b === 'github.com') - Number(a === 'github.com'));
}

/**
 * What a `RepoUrlPicker` is filled in with by itself: the first of the values that each part may have.
 *
 * Source: `RepoUrlPicker` of `@backstage/plugin-scaffolder` 1.41.
 */
export function initialRepoUrl(
  value: JsonValue | undefined,
  options: JsonObject,
  hosts: RepoHosts,
): string | undefined {
  const before = readRepoUrl(textOf(value) ?? '');
  const first = (key: string): string => textsOf(options[key])[0] ?? '';
  const host = before.host || (offeredHosts(options, hosts)[0] ?? '');
  return stringifyRepoUrl({
    host,
    owner: before.owner || first('allowedOwners'),
    repo: before.repo || first('allowedRepos'),
    organization: before.organization || first('allowedOrganizations'),
    workspace: before.workspace || (host === 'bitbucket.org' ? first('allowedOwners') : ''),
    project: before.project || first('allowedProjects'),
  });
}

/** The parts that are asked for of a repository on its host. */
export function repoUrlParts(
  value: JsonValue | undefined,
  options: JsonObject,
  hosts: RepoHosts,
): readonly RepoUrlPart[] {
  const parts: RepoUrlParts = readRepoUrl(textOf(value) ?? '');
  const type = hosts.get(parts.host) ?? '';
  const offered = offeredHosts(options, hosts);
  const own = (name: RepoUrlPartName): Pick<RepoUrlPart, 'title' | 'description'> => {
    const isOwner = name === 'owner' || name === 'workspace' || name === 'organization';
    const prefix = isOwner ? 'owner' : name;
    return {
      title: textOf(options[`${prefix}Label`]) ?? titles[name],
      description: textOf(options[`${prefix}Description`]) ?? '',
    };
  };
  const part = (name: RepoUrlPartName): RepoUrlPart => {
    const values = textsOf(options[allowed[name]]);
    return {
      name,
      ...own(name),
      value: parts[name],
      isRequired: !(type === 'gerrit' && name === 'owner'),
      options: values.length > 0 ? values : undefined,
      lookup: type === 'github' || type === 'gitlab' ? lookups[name] : undefined,
    };
  };
  const host = { ...part('host'), options: offered };
  return [host, ...(partsByForge.get(type) ?? ['owner']).map(part), part('repo')];
}

/**
 * What is wrong with a repository that was picked.
 *
 * Source: `repoPickerValidation` of `@backstage/plugin-scaffolder` 1.41, messages included.
 */
export function repoUrlErrors(value: string, hosts: RepoHosts): readonly string[] {
  const parsed = URL.canParse(`https://${value}`) ? new URL(`https://${value}`) : undefined;
  if (!parsed) return ['Unable to parse the Repository URL'];
  const type = hosts.get(parsed.host);
  const needed = [...(neededParts.get(type ?? '') ?? ['owner']), 'repo'];
  return needed
    .filter(name => !parsed.searchParams.get(name))
    .map(name => `Incomplete repository location provided, ${name} not provided`);
}

const neededParts: ReadonlyMap<string, readonly string[]> = new Map([
  ['bitbucketCloud', ['workspace', 'project']],
  ['bitbucketServer', ['project']],
  ['azure', ['project']],
  ['gerrit', []],
]);
