import type { BackstageInstance, CatalogSourceInfo } from '../../../../api';
import type { Logger } from '../../../../base';
import type { Clock } from '../../../../platform/core/ports';
import type { AskedBackstage } from '../../../sources/core';
import { createInstanceCatalog } from './instanceCatalog';
import { createInstanceDocs } from './instanceDocs';
import { createInstanceSearch } from './instanceSearch';
import type { KeptFiles } from './keptFiles';
import { lateTemplates } from './lateTemplates';

export interface InstanceDeps {
  readonly session: AskedBackstage;
  /** How it is with it now. */
  readonly source: () => CatalogSourceInfo;
  /** Pages of docs that were read; undefined where nothing can be kept. */
  readonly keptDocs: KeptFiles | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What a Backstage that is a source can be asked: each part of its backend by its own API. */
export function openInstance(deps: InstanceDeps): BackstageInstance {
  const { session, source, keptDocs: kept, clock, logger } = deps;
  const catalog = createInstanceCatalog(session);
  const docs = createInstanceDocs({ session, source, kept, clock, logger });
  const search = createInstanceSearch(session);
  const templates = lateTemplates({ session, clock });
  return {
    get source() {
      return source();
    },
    urlOf: location => pageOf(location, source().url),
    catalog,
    docs,
    search,
    templates,
  };
}

/** What leads to another host, or is to run something, is no page of it. */
function pageOf(location: string, url: string): string | undefined {
  if (!URL.canParse(location, url)) return undefined;
  const page = new URL(location, url);
  return page.origin === new URL(url).origin ? page.href : undefined;
}
