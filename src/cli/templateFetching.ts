import type { RemoteSourcesDeps } from '../core/scaffolder';
import { loadOutputs } from '../node';

/** How a Template may fetch from hosts that `--allow-host` names. */
export function fetchingFrom(allowed: readonly string[]): Omit<RemoteSourcesDeps, 'hosts'> {
  return {
    allowed,
    async openHttp(isNamed) {
      const { GuardedHttpClient } = await loadOutputs();
      return new GuardedHttpClient({ isNamed });
    },
  };
}
