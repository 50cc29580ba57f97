import type { BackstageInstance, CatalogSourceInfo } from '../../api';
import type { AskedBackstage } from '../sources';
import { createInstanceCatalog } from './instanceCatalog';

export interface InstanceDeps {
  readonly session: AskedBackstage;
  /** How it is with it now. */
  readonly source: () => CatalogSourceInfo;
}

/** What a Backstage that is a source can be asked: each part of its backend by its own API. */
export function openInstance({ session, source }: InstanceDeps): BackstageInstance {
  const catalog = createInstanceCatalog(session);
  return {
    get source() {
      return source();
    },
    catalog,
  };
}
