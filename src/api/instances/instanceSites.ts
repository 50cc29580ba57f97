import { readEntityRef, parseEntityRef, stringifyEntityRef } from '../../model';

const SCHEME = 'callboard-docs:';

/** Docs of an entity that a Backstage serves. */
export interface InstanceSite {
  /** `CatalogSourceInfo.id` of the Backstage. */
  readonly sourceId: string;
  /** Full ref of the entity. */
  readonly entityRef: string;
}

/** Returns the site id of docs that a Backstage serves, which differs from the ids of all workspace sites. */
export function instanceSiteId({ sourceId, entityRef }: InstanceSite): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const parts = [sourceId, namespace, kind, name].map(encodeURIComponent);
  return `${SCHEME}${parts.join('/')}`;
}

/** Parses a site id; undefined if it is of a workspace site or invalid. */
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
    // Escapes that stand for no text: it is no address of an entity.
    return '';
  }
}
