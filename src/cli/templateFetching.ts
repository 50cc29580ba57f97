import type { RemoteSourcesDeps } from '../core/scaffolder';
import { loadOutputs } from '../node';

/** How a Template may fetch from hosts that `--allow-host` names. */
export async function fetchingFrom(
  hosts: readonly string[],
): Promise<Omit<RemoteSourcesDeps, 'hosts'>> {
  const { AllowedHosts } = await import('../core/scaffolder');
  const { GuardedHttpClient } = await loadOutputs();
  const allowed = new AllowedHosts(hosts);
  return { allowed, http: new GuardedHttpClient({ isNamed: host => allowed.isNamed(host) }) };
}
