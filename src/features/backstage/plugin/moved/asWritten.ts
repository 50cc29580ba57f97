import { isRecord } from '../../../../base';
import {
  ANNOTATION_EDIT_URL,
  ANNOTATION_ORPHAN,
  ANNOTATION_SOURCE_LOCATION,
  ANNOTATION_VIEW_URL,
  type Entity,
} from '../../../../model';

/** Without what a catalog says of an entity itself: that of a server and ours never agree on it, whatever is merged. */
export function asWritten(entity: Entity): Entity {
  const { uid: _uid, etag: _etag, annotations, ...metadata } = entity.metadata;
  if (!isRecord(annotations)) return { ...entity, metadata };
  const own = Object.entries(annotations).filter(([key]) => !SET_BY_CATALOGS.has(key));
  return { ...entity, metadata: { ...metadata, annotations: Object.fromEntries(own) } };
}

const SET_BY_CATALOGS: ReadonlySet<string> = new Set([
  ANNOTATION_EDIT_URL,
  ANNOTATION_ORPHAN,
  ANNOTATION_SOURCE_LOCATION,
  ANNOTATION_VIEW_URL,
]);
