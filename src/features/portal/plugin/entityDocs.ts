import type { TechDocsService, TechDocsSite } from '../../../api';
import { type Entity, readEntityRef, stringifyEntityRef } from '../../../model';
import {
  entityAnnotation,
  refOf,
  TECHDOCS_ENTITY,
  TECHDOCS_REF,
} from '../../../model/presentation';

/** What is known of the documentation of an entity. */
export interface EntityDocs {
  /** Full ref of another entity whose docs it shares. */
  readonly sharedFrom: string | undefined;
  /** `techdocs-ref` as the entity writes it. */
  readonly written: string | undefined;
  /** Where it is, if that is a page of the web. */
  readonly url: string | undefined;
  /** Where it begins, below the address of its site; `''` at the first page. */
  readonly path: string;
  /** The site, where it is one of the workspace. */
  readonly site: TechDocsSite | undefined;
  /** Id of the site, where a Backstage has built it. */
  readonly instanceSite: string | undefined;
}

/** Undefined where the entity says nothing of docs. */
export async function findEntityDocs(
  entity: Entity,
  { techdocs, signal }: { readonly techdocs: TechDocsService; readonly signal: AbortSignal },
): Promise<EntityDocs | undefined> {
  const written = entityAnnotation(entity, TECHDOCS_REF);
  const shared = entityAnnotation(entity, TECHDOCS_ENTITY);
  if (written === undefined && shared === undefined) return undefined;
  const read = shared === undefined ? undefined : readEntityRef(shared);
  const location = await techdocs.locate(refOf(entity), { signal });
  const sites = location?.type === 'site' ? await techdocs.getSites({ signal }) : [];
  return {
    sharedFrom: read?.ok ? stringifyEntityRef(read.value) : undefined,
    written,
    url: location?.type === 'web' ? location.url : undefined,
    path: location && location.type !== 'web' ? location.path : '',
    instanceSite: location?.type === 'instance' ? location.siteId : undefined,
    site: sites.find(({ id }) => location?.type === 'site' && id === location.siteId),
  };
}
