import type {
  ActionsService,
  BackstageInstances,
  CatalogService,
  CatalogSourcesService,
} from '../../../../api';
import type { Objections } from './objections';

/** Services for the commands for running Backstages. */
export interface InstancesContext {
  readonly actions: ActionsService;
  readonly catalog: CatalogService;
  readonly instances: BackstageInstances;
  readonly objections: Objections;
  readonly sources: CatalogSourcesService;
}

export const instanceCommandIds = [
  'callboard.instances.validate',
  'callboard.instances.register',
  'callboard.instances.refresh',
  'callboard.instances.unregister',
] as const;

export type InstanceCommandId = (typeof instanceCommandIds)[number];
