import type { Logger } from '../../../../base';
import type { Clock, FileSystem } from '../../../../platform/core/ports';
import type { BackstageSetup } from '../configuredBackstage/config/backstageSetup';
import type { BackstageUrls } from '../configuredBackstage/urls/servedUrls';
import type { ForgesOfHosts } from '../repository/repositories';
import type { CatalogIndex } from '../workspace/catalogIndex';
import type { CatalogWorkers } from '../workspace/jobs/ingestRun';

export interface CreateIndexDeps {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly workers: CatalogWorkers | undefined;
  /** What a Backstage reads from other machines; undefined: nothing. */
  readonly urls: BackstageUrls | undefined;
  /** What tells of which kind the hosts of repositories are, where their names do not. */
  readonly forges: ForgesOfHosts | undefined;
}

/**
 * The index of what is wanted: what discovery finds, or what a Backstage with this setup would hold.
 * Loaded when it is wanted, so that a window is there before its catalog is.
 */
export async function createIndex(
  setup: BackstageSetup | undefined,
  { urls, forges, ...deps }: CreateIndexDeps,
): Promise<CatalogIndex> {
  if (setup) {
    const { BackstageIndex } = await import('../configuredBackstage/backstageIndex');
    return new BackstageIndex({ ...deps, setup, openUrls: urls?.open.bind(urls) });
  }
  const { WorkspaceIndex } = await import('../workspace/workspaceIndex');
  return new WorkspaceIndex({ ...deps, forges });
}
