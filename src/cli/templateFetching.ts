import type { RemoteSourcesDeps } from '../core/scaffolder';
import { loadOutputs } from '../node';
import { UsageError } from './command';

/** A name with a port or without, or `*.` and the end of one. */
const HOST = /^(?:\*\.)?[^\s*/:@]+(?::\d+)?$/;

/**
 * How a Template may fetch from hosts that `--allow-host` names.
 *
 * @throws UsageError for what is no host: nothing would ever be fetched from it
 */
export function fetchingFrom(allowed: readonly string[]): Omit<RemoteSourcesDeps, 'hosts'> {
  for (const host of allowed) {
    if (HOST.test(host)) continue;
    throw new UsageError(
      `--allow-host takes the name of a host, such as github.com or *.acme.org, and not ${host}`,
    );
  }
  return {
    allowed,
    async openHttp(isNamed) {
      const { GuardedHttpClient } = await loadOutputs();
      return new GuardedHttpClient({ isNamed });
    },
  };
}
