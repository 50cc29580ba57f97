import { readEntityRef, parseEntityRef, stringifyEntityRef } from '../../model';

const SCHEME = 'callboard-docs:';

/** Docs of an entity that a Backstage serves, as pages and targets name them. */
export interface InstanceSite {
  /** As `CatalogSourceInfo.id`. */
  readonly sourceId: string;
  /** Full. */
  readonly entityRef: string;
}

/** The id of a site that a Backstage serves; there is none of the workspace by that name. @param site.entityRef - full */
export function instanceSiteId({ sourceId, entityRef }: InstanceSite): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const parts = [sourceId, namespace, kind, name].map(encodeURIComponent);
  return `${SCHEME}${parts.join('/')}`;
}

/** Undefined for the id of a site of the workspace, and for what is none. */
export function readInstanceSiteId(siteId: string): InstanceSite | undefined {
  if (!siteId.startsWith(SCHEME)) return undefined;
  const parts = siteId.slice(SCHEME.length).split('/').map(decoded);
  const [sourceId, namespace, kind, name] = parts;
  if (parts.length !== 4 || !sourceId || !namespace || !kind || !name) return undefined;
  const read = readEntityRef(`${kind}:${namespace}/${name}`);
  return read.ok ? { sourceId, entityRef: stringifyEntityRef(read.value) } : undefined;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
