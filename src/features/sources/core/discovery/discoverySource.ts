import type { DiscoverySourceConfig, RemoteSource, RemoteSourceDeps } from '../types';
import { UrlSource } from '../url/urlSource';
import { RegisteredRepositories } from './registeredRepositories';

/**
 * What a Backstage has of all repositories of an organisation, a user or a group that have a descriptor.
 *
 * Source: `GithubEntityProvider` and `GitlabDiscoveryEntityProvider` of Backstage, which register an optional location for each.
 */
export function openDiscoverySource(
  config: DiscoverySourceConfig,
  deps: RemoteSourceDeps,
): RemoteSource {
  return new UrlSource(config, deps, { registered: new RegisteredRepositories(config, deps) });
}
