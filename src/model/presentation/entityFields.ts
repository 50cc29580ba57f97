import { decodeEscapes, isRecord } from '../../base';
import {
  ANNOTATION_EDIT_URL,
  ANNOTATION_VIEW_URL,
  type Entity,
  type EntityLink,
  shortenEntityRef,
  stringifyEntityRef,
} from '..';

/** Cache of refs: entities are immutable. */
const refs = new WeakMap<Entity, string>();

/** Returns the full ref of an entity, from a cache for views that ask repeatedly. */
export function refOf(entity: Entity): string {
  let ref = refs.get(entity);
  if (ref === undefined) {
    ref = stringifyEntityRef(entity);
    refs.set(entity, ref);
  }
  return ref;
}

/**
 * Returns the title of an entity, else the display name of a user or group, else the name, as in
 * Backstage's entity presentation. On one line, for labels.
 */
export function entityTitle(entity: Entity): string {
  const profile = entity.spec?.['profile'];
  const displayName =
    typeof profile === 'object' && profile !== null && !Array.isArray(profile)
      ? text(profile['displayName'])
      : undefined;
  return text(entity.metadata['title']) ?? displayName ?? entity.metadata.name;
}

/** Returns `metadata.description` on one line; undefined if empty. */
export function entityDescription(entity: Entity): string | undefined {
  return text(entity.metadata['description']);
}

/** Returns `spec.type` on one line; undefined if empty. */
export function entityType(entity: Entity): string | undefined {
  return text(entity.spec?.['type']);
}

/** Returns `spec.lifecycle` on one line; undefined if empty. */
export function entityLifecycle(entity: Entity): string | undefined {
  return text(entity.spec?.['lifecycle']);
}

/** Returns `metadata.namespace`; default: `default`. */
export function entityNamespace(entity: Entity): string {
  return text(entity.metadata['namespace']) ?? 'default';
}

/** Returns `metadata.tags` without duplicates and invalid items. */
export function entityTags(entity: Entity): readonly string[] {
  const tags = entity.metadata['tags'];
  if (!Array.isArray(tags)) return [];
  return [...new Set(tags.filter(tag => typeof tag === 'string' && tag !== ''))] as string[];
}

/** Returns the targets of one type of relation, in the catalog's order. */
export function relationTargets(entity: Entity, type: string): readonly string[] {
  const targets: string[] = [];
  for (const relation of entity.relations ?? []) {
    if (relation.type === type) targets.push(relation.targetRef);
  }
  return targets;
}

/** Returns the full refs of the owners, from `ownedBy` relations. */
export function ownerRefs(entity: Entity): readonly string[] {
  return relationTargets(entity, 'ownedBy');
}

/** Formats the ref of an owner for users: `team-a`, `user:jane`, `other-namespace/team-b`. */
export function shortOwnerRef(ref: string): string {
  return shortenEntityRef(ref, { defaultKind: 'group' });
}

/** Returns links with their titles, without those whose URL isn't safe to open. */
export function entityLinks(
  entity: Entity,
): readonly Required<Pick<EntityLink, 'url' | 'title'>>[] {
  const links = entity.metadata['links'];
  if (!Array.isArray(links)) return [];
  return links.flatMap(link => {
    if (typeof link !== 'object' || link === null || Array.isArray(link)) return [];
    const url = text(link['url']);
    return url !== undefined && isSafeUrl(url) ? [{ url, title: text(link['title']) ?? url }] : [];
  });
}

/**
 * Returns the pages that show and edit the descriptor, from its annotations, if they are safe to
 * open, and the host's blame page, if known.
 */
export function descriptorUrls(entity: Entity): { view?: string; edit?: string; blame?: string } {
  const view = safeAnnotation(entity, ANNOTATION_VIEW_URL);
  const edit = safeAnnotation(entity, ANNOTATION_EDIT_URL);
  const blame = view === undefined ? undefined : blameUrl(view, edit);
  return {
    ...(view !== undefined && { view }),
    ...(edit !== undefined && { edit }),
    ...(blame !== undefined && { blame }),
  };
}

/**
 * Whether a URL of a descriptor may be opened in the browser or mail program. Descriptors aren't
 * trusted: `command:`, `vscode:`, `file:`, `javascript:` and all other schemes are refused.
 */
export function isSafeUrl(url: string): boolean {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    // Not a URL: it is shown as text.
    return false;
  }
  return ['http:', 'https:', 'mailto:'].includes(parsed.protocol);
}

function safeAnnotation(entity: Entity, name: string): string | undefined {
  const annotations = entity.metadata['annotations'];
  if (typeof annotations !== 'object' || annotations === null || Array.isArray(annotations)) {
    return undefined;
  }
  const url = text(annotations[name]);
  return url !== undefined && isSafeUrl(url) ? url : undefined;
}

/** Returns a non-empty string on one line, else undefined. */
function text(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const line = value.replace(/\s+/g, ' ').trim();
  return line === '' ? undefined : line;
}

/** Location of the entity's docs: `dir:PATH` or `url:https://…`. */
export const TECHDOCS_REF = 'backstage.io/techdocs-ref';
/** Ref of the entity whose docs are used. */
export const TECHDOCS_ENTITY = 'backstage.io/techdocs-entity';
/** Path relative to the site of the entity in {@link TECHDOCS_ENTITY}. */
export const TECHDOCS_ENTITY_PATH = 'backstage.io/techdocs-entity-path';

/** Returns the value of an annotation, if it is a string. */
export function entityAnnotation({ metadata }: Entity, key: string): string | undefined {
  const { annotations } = metadata;
  if (!isRecord(annotations) || !Object.hasOwn(annotations, key)) return undefined;
  const value = annotations[key];
  return typeof value === 'string' ? value : undefined;
}

/** Whether an entity names its docs, which may be missing; see `isDocumented`. */
export function hasDocs(entity: Entity): boolean {
  return [TECHDOCS_REF, TECHDOCS_ENTITY].some(key => entityAnnotation(entity, key) !== undefined);
}

/** Whether docs can be added to an entity: it has none and isn't a user, group or location. */
export function canHaveDocs(entity: Entity): boolean {
  return !hasDocs(entity) && !/^(?:user|group|location)$/i.test(entity.kind);
}

/** Patterns of file URLs on known hosts, after the scheme, and their replacement for the blame page. */
const forms: readonly (readonly [view: string, page: string])[] = [
  // GitLab, with `-` since version 12.
  ['[^/]+/.+?/(?:-/)?)blob', 'blame'],
  ['bitbucket\\.org/[^/]+/[^/]+/)src', 'annotate'],
  // Gitea and Forgejo.
  ['(?:[^/]+/){3})src(?=/(?:branch|tag|commit)/[^/]+/)', 'blame'],
  // GitHub redirects both forms to the file; Backstage's annotations have `tree`.
  ['[^/]*github\\.(?:[^/]+/){3})tree', 'blame'],
];

/**
 * Returns the blame page of a file from its view page; undefined for unknown hosts.
 *
 * @param editUrl - identifies a GitHub whose host name doesn't
 */
export function blameUrl(viewUrl: string, editUrl?: string): string | undefined {
  for (const [view, page] of forms) {
    const blame = viewUrl.replace(new RegExp(`^(https?://${view}/(?=[^/]+/)`), `$1${page}/`);
    if (blame !== viewUrl) return blame;
  }
  if (editUrl !== viewUrl && viewUrl.replace('/tree/', '/edit/') === editUrl) {
    return viewUrl.replace('/tree/', '/blame/');
  }
  const isAzure = /^https:.+\/_git\/[^/?]+\?(?:.*&)?path=/.test(viewUrl);
  return isAzure ? viewUrl.replace(/#.*|$/s, '&_a=blame') : undefined;
}

/** Values that entities and their search documents are filtered by. Lowercase; owners and systems are full refs. */
export interface EntityFacets {
  readonly kind: readonly string[];
  readonly type: readonly string[];
  readonly owner: readonly string[];
  readonly lifecycle: readonly string[];
  readonly tag: readonly string[];
  readonly system: readonly string[];
}

/** Returns the facet values of an entity. */
export function entityFacets(entity: Entity): EntityFacets {
  return {
    kind: [entity.kind.toLowerCase()],
    type: lower(entityType(entity)),
    owner: ownerRefs(entity),
    lifecycle: lower(entityLifecycle(entity)),
    tag: entityTags(entity).flatMap(lower),
    system: relationTargets(entity, 'partOf').filter(ref => ref.startsWith('system:')),
  };
}

function lower(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value.toLowerCase()];
}

/** A place in a documentation site. */
export interface PlaceInDocs {
  /** Path of the page in the docs folder. */
  readonly path: string;
  /** Id of a heading or another element of the page. */
  readonly anchor?: string;
}

/** Formats a place for the `anchor` of an entity page: `guide/setup.md#install`. */
export function writePlaceInDocs({ path, anchor }: PlaceInDocs): string {
  const written = path.replace(/[%#]/g, encodeURIComponent);
  return anchor === undefined ? written : `${written}#${anchor}`;
}

/** Parses a place formatted by {@link writePlaceInDocs}; undefined without a path. */
export function readPlaceInDocs(written: string): PlaceInDocs | undefined {
  const hash = written.indexOf('#');
  const path = decodeEscapes(hash === -1 ? written : written.slice(0, hash));
  if (path === '') return undefined;
  return hash === -1 ? { path } : { path, anchor: written.slice(hash + 1) };
}
