import type { RemoteSourceDeps } from './remoteSourceDeps';
import type { BackstageSourceConfig, RemoteSource, SourceConfig } from './types';

/** Opens the catalog of a running Backstage as a source. */
export type OpenBackstageSource = (
  config: BackstageSourceConfig,
  deps: RemoteSourceDeps,
) => Promise<RemoteSource>;

/** Opens a source of any type. The code of a type is loaded with its first source. */
export async function openRemoteSource(
  config: SourceConfig,
  deps: RemoteSourceDeps,
  openBackstageSource: OpenBackstageSource,
): Promise<RemoteSource> {
  switch (config.type) {
    case 'git': {
      if (!deps.mirrors) {
        const { openWithoutGit } = await import('./git/refusedSource');
        return openWithoutGit(config);
      }
      const { openGitSource } = await import('./git/gitSource');
      return openGitSource(config, deps, deps.mirrors);
    }
    case 'url': {
      const { openUrlSource } = await import('./url/urlSource');
      return openUrlSource(config, deps);
    }
    case 'github':
    case 'gitlab': {
      const { openDiscoverySource } = await import('./discovery/discoverySource');
      return openDiscoverySource(config, deps);
    }
    case 'backstage':
      return openBackstageSource(config, deps);
  }
}
