import type { StreamingHttpClient } from '../../core/ports';
import { loadOutputs } from '../../node';

/**
 * Other machines, each under its own address: what the user has not named is asked only where it is no machine of the
 * inside. VS Code has the requests go by its proxy, and trusts what it trusts.
 */
export async function openHttp(isNamed: (host: string) => boolean): Promise<StreamingHttpClient> {
  const { GuardedHttpClient } = await loadOutputs();
  return new GuardedHttpClient({ isNamed });
}
