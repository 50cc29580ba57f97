import { isRecord } from '../../../../base';
import {
  ANNOTATION_EDIT_URL,
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  ANNOTATION_ORPHAN,
  ANNOTATION_SOURCE_LOCATION,
  ANNOTATION_VIEW_URL,
  type Entity,
  type EntityRelation,
  isScriptUrl,
} from '../../../../model';
import type { EntityRecord } from '../records';
import type { Repository } from '../repository/repositories';
import { webAddresses } from '../repository/webAddresses';

/** Backstage's replacement of a `javascript:` URL. */
const REJECTED = 'https://backstage.io/annotation-rejected-for-security-reasons';

/**
 * Returns the entity as the catalog shows it: with location annotations and relations. The entity's
 * own view, edit and source annotations take precedence.
 *
 * Source: AnnotateLocationEntityProcessor and `performStitching` of `plugins/catalog-backend`. The
 * server has pages only for `url` locations; here they come from the repository's remote.
 */
export function finalEntity(
  record: EntityRecord,
  {
    relations,
    location,
    origin = location,
    repository,
  }: {
    relations: readonly EntityRelation[];
    /** Location ref of its file. */
    location: string | undefined;
    /** Location ref of the first file in the chain of Locations. */
    origin?: string | undefined;
    repository: Repository | undefined;
  },
): Entity {
  // Each access to a record's properties parses it, so this reads them once.
  const { entity, source, served } = record;
  const own = isRecord(entity.metadata['annotations']) ? entity.metadata['annotations'] : {};
  const annotations: Record<string, unknown> = {};
  const addresses = served
    ? served.pages
    : source && repository && webAddresses(repository, source.file);
  if (addresses) {
    const { viewUrl, editUrl, sourceLocation } = addresses;
    annotations[ANNOTATION_VIEW_URL] = viewUrl;
    if (editUrl) annotations[ANNOTATION_EDIT_URL] = editUrl;
    if (sourceLocation) annotations[ANNOTATION_SOURCE_LOCATION] = sourceLocation;
  }
  Object.assign(annotations, own);
  if (served) {
    if (served.location !== undefined) annotations[ANNOTATION_LOCATION] = served.location;
    if (served.origin !== undefined) annotations[ANNOTATION_ORIGIN_LOCATION] = served.origin;
    if (served.isOrphan) annotations[ANNOTATION_ORPHAN] = 'true';
  } else if (location !== undefined && origin !== undefined) {
    annotations[ANNOTATION_LOCATION] = location;
    annotations[ANNOTATION_ORIGIN_LOCATION] = origin;
  }
  for (const key of [ANNOTATION_VIEW_URL, ANNOTATION_EDIT_URL]) {
    const value = annotations[key];
    if (typeof value === 'string' && isScriptUrl(value)) annotations[key] = REJECTED;
  }
  const metadata: Entity['metadata'] = {
    ...entity.metadata,
    annotations: annotations as Record<string, string>,
  };
  // The server sets its own `uid`, but keeps an `etag` in the file. Source: `performStitching`.
  delete metadata['uid'];
  if (served?.uid !== undefined) metadata['uid'] = served.uid;
  return {
    ...entity,
    metadata,
    relations: relations.map(relation => ({ ...relation })),
    ...(served?.status && { status: served.status }),
  };
}
