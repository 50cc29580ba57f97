/** The parts of a repository as a `RepoUrlPicker` names it; empty where it does not say. */
export interface RepoUrlParts {
  readonly host: string;
  readonly owner: string;
  readonly repo: string;
  readonly organization: string;
  readonly workspace: string;
  readonly project: string;
}

const names = ['owner', 'repo', 'organization', 'workspace', 'project'] as const;

/**
 * Takes `github.com?owner=acme&repo=shop` apart, finished or not.
 *
 * Source: `parseRepoPickerUrl` of `@backstage/plugin-scaffolder`.
 */
export function readRepoUrl(text: string): RepoUrlParts {
  const url =
    text !== '' && URL.canParse(`https://${text}`) ? new URL(`https://${text}`) : undefined;
  const part = (name: string): string => url?.searchParams.get(name) ?? '';
  return {
    host: url?.host ?? '',
    owner: part('owner'),
    repo: part('repo'),
    organization: part('organization'),
    workspace: part('workspace'),
    project: part('project'),
  };
}

/**
 * @returns undefined where there is no host
 *
 * Source: `serializeRepoPickerUrl` of `@backstage/plugin-scaffolder`, the order of the parts included.
 */
export function stringifyRepoUrl(parts: RepoUrlParts): string | undefined {
  if (parts.host === '') return undefined;
  const said = names.filter(name => parts[name] !== '').map(name => [name, parts[name]]);
  return `${parts.host}?${new URLSearchParams(said).toString()}`;
}
