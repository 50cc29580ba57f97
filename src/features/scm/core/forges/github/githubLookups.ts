import { isRecord } from '../../../../../base';
import type { ForgeApi } from '../forgeApi';
import { MOST_CHOICES, namesIn } from '../forgeLookups';

/**
 * The owners of the repositories that somebody may see, and the user. Backstage gets them in the same way: a list of
 * organizations takes a scope of its own.
 */
export async function githubOwners(api: ForgeApi, signal: AbortSignal): Promise<readonly string[]> {
  const { data } = await api.call('GET', { path: ['user'], signal });
  const repositories = await ownRepositories(api, signal);
  return namesIn([{ owner: data }, ...repositories], ({ owner }) =>
    isRecord(owner) ? owner['login'] : undefined,
  );
}

export async function githubRepositories(
  api: ForgeApi,
  owner: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const repositories = await ownRepositories(api, signal);
  const lowerCase = owner.toLowerCase();
  return namesIn(repositories, ({ name, owner: of }) =>
    isRecord(of) && String(of['login']).toLowerCase() === lowerCase ? name : undefined,
  );
}

function ownRepositories(
  api: ForgeApi,
  signal: AbortSignal,
): Promise<readonly Record<string, unknown>[]> {
  const query = { sort: 'pushed' };
  return api.list({ path: ['user', 'repos'], query, signal }, MOST_CHOICES);
}

export async function githubBranches(
  api: ForgeApi,
  { owner, repo }: { readonly owner: string; readonly repo: string },
  signal: AbortSignal,
): Promise<readonly string[]> {
  const path = ['repos', owner, repo, 'branches'];
  return namesIn(await api.list({ path, signal }, MOST_CHOICES), ({ name }) => name);
}
