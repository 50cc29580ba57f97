import { decodeEscapes, isRecord } from '../../base';
import {
  ANNOTATION_EDIT_URL,
  ANNOTATION_VIEW_URL,
  type Entity,
  type EntityLink,
  shortenEntityRef,
  stringifyEntityRef,
} from '..';

/** Entities are replaced, never changed, so what was put together once stays true. */
const refs = new WeakMap<Entity, string>();

/** The full ref of an entity; put together once, as the views ask for it again and again. */
export function refOf(entity: Entity): string {
  let ref = refs.get(entity);
  if (ref === undefined) {
    ref = stringifyEntityRef(entity);
    refs.set(entity, ref);
  }
  return ref;
}

/**
 * What an entity is called: its title, else the display name of a user or group, else its name, as
 * Backstage's entity presentation does. On one line: it goes into labels.
 */
export function entityTitle(entity: Entity): string {
  const profile = entity.spec?.['profile'];
  const displayName =
    typeof profile === 'object' && profile !== null && !Array.isArray(profile)
      ? text(profile['displayName'])
      : undefined;
  return text(entity.metadata['title']) ?? displayName ?? entity.metadata.name;
}

export function entityDescription(entity: Entity): string | undefined {
  return text(entity.metadata['description']);
}

export function entityType(entity: Entity): string | undefined {
  return text(entity.spec?.['type']);
}

export function entityLifecycle(entity: Entity): string | undefined {
  return text(entity.spec?.['lifecycle']);
}

export function entityNamespace(entity: Entity): string {
  return text(entity.metadata['namespace']) ?? 'default';
}

export function entityTags(entity: Entity): readonly string[] {
  const tags = entity.metadata['tags'];
  if (!Array.isArray(tags)) return [];
  return [...new Set(tags.filter(tag => typeof tag === 'string' && tag !== ''))] as string[];
}

/** Targets of one type of relation, in the order that the catalog gives them. */
export function relationTargets(entity: Entity, type: string): readonly string[] {
  const targets: string[] = [];
  for (const relation of entity.relations ?? []) {
    if (relation.type === type) targets.push(relation.targetRef);
  }
  return targets;
}

export function ownerRefs(entity: Entity): readonly string[] {
  return relationTargets(entity, 'ownedBy');
}

/** How people write the ref of an owner: `team-a`, `user:jane`, `other-namespace/team-b`. */
export function shortOwnerRef(ref: string): string {
  return shortenEntityRef(ref, { defaultKind: 'group' });
}

/** Links that may be opened, with what they are called; those with other schemes are left out. */
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
 * The pages that show and edit the descriptor, from its annotations, where they may be opened, and the one that tells who
 * wrote which line of it, where the host has one.
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
 * Whether a URL out of a descriptor may be handed to the browser or the mail program. Descriptors
 * are not trusted: `command:`, `vscode:`, `file:`, `javascript:` and all else are refused.
 */
export function isSafeUrl(url: string): boolean {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
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

/** A non-empty string on one line, or nothing. */
function text(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const line = value.replace(/\s+/g, ' ').trim();
  return line === '' ? undefined : line;
}

export const TECHDOCS_REF = 'backstage.io/techdocs-ref';
export const TECHDOCS_ENTITY = 'backstage.io/techdocs-entity';
/** A path below the site of that entity. */
export const TECHDOCS_ENTITY_PATH = 'backstage.io/techdocs-entity-path';

/** The value of an annotation, if it is a text. */
export function entityAnnotation({ metadata }: Entity, key: string): string | undefined {
  const { annotations } = metadata;
  if (!isRecord(annotations) || !Object.hasOwn(annotations, key)) return undefined;
  const value = annotations[key];
  return typeof value === 'string' ? value : undefined;
}

/** Whether an entity names its docs, which may be missing; `isDocumented` tells whether they exist. */
export function hasDocs(entity: Entity): boolean {
  return [TECHDOCS_REF, TECHDOCS_ENTITY].some(key => entityAnnotation(entity, key) !== undefined);
}

/** Whether docs can be added to it: it has none, and is not who, where, or what only leads elsewhere. */
export function canHaveDocs(entity: Entity): boolean {
  return !hasDocs(entity) && !/^(?:user|group|location)$/i.test(entity.kind);
}

/** How pages of forges that show a file, below `http://` or `https://`, lead to those that tell who wrote which line of it. */
const forms: readonly (readonly [view: string, page: string])[] = [
  // GitLab, with a `-` since its version 12.
  ['[^/]+/.+?/(?:-/)?)blob', 'blame'],
  ['bitbucket\\.org/[^/]+/[^/]+/)src', 'annotate'],
  // Gitea, and Forgejo.
  ['(?:[^/]+/){3})src(?=/(?:branch|tag|commit)/[^/]+/)', 'blame'],
  // GitHub, which leads from either form to the file; Backstage has `tree` in annotations.
  ['[^/]*github\\.(?:[^/]+/){3})tree', 'blame'],
];

/**
 * The page that tells who wrote which line of a file, from the one that shows it; undefined where nobody knows.
 *
 * @param editUrl - tells a GitHub that is not named after it
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

/** What entities, and what belongs to them, are filtered by. Values are in lower case, owners and systems full refs. */
export interface EntityFacets {
  readonly kind: readonly string[];
  readonly type: readonly string[];
  readonly owner: readonly string[];
  readonly lifecycle: readonly string[];
  readonly tag: readonly string[];
  readonly system: readonly string[];
}

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

/** A place in the docs of a site. */
export interface PlaceInDocs {
  /** Of a page, below the docs folder. */
  readonly path: string;
  /** Id of a heading or another element of the page. */
  readonly anchor?: string;
}

/** A place as the page of an entity keeps it in its `anchor`: `guide/setup.md#install`. */
export function writePlaceInDocs({ path, anchor }: PlaceInDocs): string {
  const written = path.replace(/[%#]/g, encodeURIComponent);
  return anchor === undefined ? written : `${written}#${anchor}`;
}

export function readPlaceInDocs(written: string): PlaceInDocs | undefined {
  const hash = written.indexOf('#');
  const path = decodeEscapes(hash === -1 ? written : written.slice(0, hash));
  if (path === '') return undefined;
  return hash === -1 ? { path } : { path, anchor: written.slice(hash + 1) };
}
