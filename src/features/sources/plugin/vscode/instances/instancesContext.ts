import type { BackstageInstances, CatalogService } from '../../../../../api';
import type { SourcesContext } from '../sourcesContext';
import type { Objections } from './objections';

/** What the commands that ask a running Backstage work with. */
export interface InstancesContext extends SourcesContext {
  readonly catalog: CatalogService;
  readonly instances: BackstageInstances;
  readonly objections: Objections;
}

export const instanceCommandIds = [
  'callboard.instances.validate',
  'callboard.instances.register',
  'callboard.instances.refresh',
  'callboard.instances.unregister',
] as const;

export type InstanceCommandId = (typeof instanceCommandIds)[number];
