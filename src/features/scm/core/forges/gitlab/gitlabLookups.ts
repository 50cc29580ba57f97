import { isRecord } from '../../../../../base';
import type { ForgeApi } from '../forgeApi';
import { MOST_CHOICES, namesIn } from '../forgeLookups';

/** Groups that projects may be made in, and the user. */
export async function gitlabOwners(api: ForgeApi, signal: AbortSignal): Promise<readonly string[]> {
  const { data } = await api.call('GET', { path: ['user'], signal });
  const user = isRecord(data) ? [{ full_path: data['username'] }] : [];
  // 30: developers and those above them.
  const query = { min_access_level: '30' };
  const groups = await api.list({ path: ['groups'], query, signal }, MOST_CHOICES);
  return namesIn([...user, ...groups], group => group['full_path']);
}

export async function gitlabRepositories(
  api: ForgeApi,
  owner: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const query = { simple: 'true' };
  const ofGroup = { path: ['groups', owner, 'projects'], query, signal };
  const isGroup = (await api.find({ path: ['groups', owner], signal })) !== undefined;
  const ofUser = { path: ['users', owner, 'projects'], query, signal };
  const projects = await api.list(isGroup ? ofGroup : ofUser, MOST_CHOICES);
  return namesIn(projects, ({ path }) => path);
}

export async function gitlabBranches(
  api: ForgeApi,
  project: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const path = ['projects', project, 'repository', 'branches'];
  return namesIn(await api.list({ path, signal }, MOST_CHOICES), ({ name }) => name);
}
