import {
  type AllowedHosts,
  apiHostsOf,
  isHostPattern,
  isLoopback,
} from '../../../platform/core/hosts';
import { readGitAddress } from '../../scm/core/gitAddresses';
import type { SourceConfig } from './types';

/** Parses the setting `callboard.catalog.hosts`, which may hold anything. */
export function readHosts(value: unknown): {
  readonly hosts: readonly string[];
  readonly problems: readonly string[];
} {
  if (value === undefined || value === null) return { hosts: [], problems: [] };
  if (!Array.isArray(value)) {
    return { hosts: [], problems: ['callboard.catalog.hosts must be a list of hosts'] };
  }
  const hosts: string[] = [];
  const problems: string[] = [];
  for (const [index, host] of (value as unknown[]).entries()) {
    if (typeof host === 'string' && isHostPattern(host)) hosts.push(host.trim());
    else {
      problems.push(
        `Host ${index + 1} of callboard.catalog.hosts must be a host name, such as github.com or *.acme.org`,
      );
    }
  }
  return { hosts, problems };
}

/**
 * Returns the hosts that sources name, and the API hosts of their forges.
 *
 * @param types - forge types by host
 */
export function hostsOfSources(
  configs: readonly SourceConfig[],
  types: ReadonlyMap<string, string>,
): readonly string[] {
  const hosts = configs.flatMap(config => {
    const host = hostOf(config);
    if (host === undefined) return [];
    const { api, open } = apiHostsOf(typeOf(config, types), host);
    return [host, ...api, ...open];
  });
  return [...new Set(hosts)];
}

/** Adds the API hosts of forges to hosts. */
export function withApiHosts(
  hosts: Iterable<string>,
  types: ReadonlyMap<string, string>,
): readonly string[] {
  const all = [...hosts].flatMap(host => {
    const { api, open } = apiHostsOf(types.get(host), host);
    return [host, ...api, ...open];
  });
  return [...new Set(all)];
}

/**
 * Whether git may connect to a host without encryption, and wherever its name leads: a host that the user has named
 * for that, or this machine by a loopback name. A source doesn't name its host.
 *
 * @param host - with a port unless it is the default
 * @param named - hosts named by settings or the command line
 */
export function isNamedForGit(host: string, named: AllowedHosts): boolean {
  const address = `http://${host}`;
  return named.isNamed(host) || (URL.canParse(address) && isLoopback(new URL(address)));
}

/** Returns forge types by host, from the types of sources. */
export function typesOfSources(
  configs: readonly SourceConfig[],
): readonly (readonly [host: string, type: string])[] {
  return configs.flatMap(config =>
    config.type === 'github' || config.type === 'gitlab' ? [[config.host, config.type]] : [],
  );
}

function typeOf(config: SourceConfig, types: ReadonlyMap<string, string>): string | undefined {
  const isForge = config.type === 'github' || config.type === 'gitlab';
  return isForge ? config.type : types.get(hostOf(config) ?? '');
}

function hostOf(config: SourceConfig): string | undefined {
  switch (config.type) {
    case 'git': {
      const address = readGitAddress(config.url);
      return address.ok && address.value.origin !== undefined
        ? new URL(address.value.origin).host
        : undefined;
    }
    case 'github':
    case 'gitlab':
      return config.host;
    case 'url':
    case 'backstage':
      return new URL(config.url).host;
  }
}
