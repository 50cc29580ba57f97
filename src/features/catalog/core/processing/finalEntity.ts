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

/** What Backstage puts in the place of an address that a browser would run as a script. */
const REJECTED = 'https://backstage.io/annotation-rejected-for-security-reasons';

/**
 * The entity as the catalog shows it: with the annotations that tell where it comes from, and its
 * relations. The pages and the source location that an entity names itself win over ours.
 *
 * Source: AnnotateLocationEntityProcessor and `performStitching` of `plugins/catalog-backend`. The
 * server knows pages only for `url` locations; here a repository's remote gives them.
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
    /** That of the file whose Location leads here first. */
    origin?: string | undefined;
    repository: Repository | undefined;
  },
): Entity {
  // Reading it from a record takes a moment: once.
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
  // The server puts its own in its place; an `etag` that is written stays. Source: `performStitching`.
  delete metadata['uid'];
  if (served?.uid !== undefined) metadata['uid'] = served.uid;
  return {
    ...entity,
    metadata,
    relations: relations.map(relation => ({ ...relation })),
    ...(served?.status && { status: served.status }),
  };
}
