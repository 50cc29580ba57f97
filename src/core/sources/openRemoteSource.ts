import type { RemoteSource, RemoteSourceDeps, SourceConfig } from './types';

/** Opens a source with what its type takes, which is loaded where there is one of it. */
export async function openRemoteSource(
  config: SourceConfig,
  deps: RemoteSourceDeps,
): Promise<RemoteSource> {
  switch (config.type) {
    case 'git': {
      if (!deps.mirrors) {
        const { openWithoutGit } = await import('./git/refusedSource');
        return openWithoutGit(config, deps);
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
    case 'backstage': {
      const { openBackstageSource } = await import('./backstage/backstageSource');
      return openBackstageSource(config, deps);
    }
  }
}
