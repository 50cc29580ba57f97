import { type CommandContext, UsageError } from '../../../cli/command';
import { isHostPattern } from '../../../platform/core/hosts';
import { loadOutputs } from '../../../platform/node';
import type { RemoteSourcesDeps } from '../core';

/**
 * How a Template may fetch from hosts that `--allow-host` names.
 *
 * @throws UsageError for what is no host: nothing would ever be fetched from it
 */
export function fetchingFrom(
  allowed: readonly string[],
  environment: CommandContext['env'],
): Omit<RemoteSourcesDeps, 'hosts'> {
  for (const host of allowed) {
    if (isHostPattern(host)) continue;
    throw new UsageError(
      `--allow-host takes the name of a host, such as github.com or *.acme.org, and not ${host}`,
    );
  }
  return {
    allowed,
    async openHttp(isNamed) {
      const { environmentProxy, GuardedHttpClient } = await loadOutputs();
      return new GuardedHttpClient({ isNamed, proxyOf: environmentProxy(environment) });
    },
  };
}
