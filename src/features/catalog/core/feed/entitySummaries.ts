import type { FailedEntity } from '../../../../api';
import { isRecord } from '../../../../base';
import {
  type EntitySummary,
  type FailedDescriptor,
  getCompoundEntityRef,
  stringifyEntityRef,
} from '../../../../model';
import type { EntityRecord } from '..';

/** In characters; a hover shows no more of it. */
const LONGEST_DESCRIPTION = 500;
const LONGEST_ANNOTATION = 200;

/** @param isShadowed - whether another document with the same ref wins */
export function summaryOf(record: EntityRecord, isShadowed: boolean): EntitySummary {
  // Reading each from a record takes a moment: once.
  const { ref, entity, source, references, emitted } = record;
  const { metadata, spec } = entity;
  const { kind, namespace, name } = getCompoundEntityRef(entity);
  const tags: unknown = metadata['tags'];
  const annotations = isRecord(metadata['annotations'])
    ? Object.entries(metadata['annotations']).filter(
        (entry): entry is [string, string] =>
          typeof entry[1] === 'string' && entry[1].length <= LONGEST_ANNOTATION,
      )
    : [];
  return {
    ref,
    kind,
    namespace,
    name,
    ...text('title', metadata['title']),
    ...text('description', metadata['description']),
    ...text('type', spec?.['type']),
    ...text('lifecycle', spec?.['lifecycle']),
    ...(Array.isArray(tags) && { tags: tags.filter(tag => typeof tag === 'string') }),
    ...(annotations.length && { annotations: Object.fromEntries(annotations) }),
    ...(source && {
      place: { document: source.document, range: source.range, nameRange: source.nameRange },
    }),
    references,
    ...(emitted.length && { emitted }),
    ...(isShadowed && { isShadowed }),
  };
}

export function failedOf({ kind, namespace, name, source }: FailedEntity): FailedDescriptor {
  const { document, range, nameRange } = source;
  return {
    ...(kind && name && { ref: stringifyEntityRef({ kind, namespace, name }) }),
    place: { document, range, nameRange },
  };
}

function text<K extends string>(key: K, value: unknown): { readonly [P in K]?: string } {
  if (typeof value !== 'string') return {};
  const short =
    value.length > LONGEST_DESCRIPTION ? `${value.slice(0, LONGEST_DESCRIPTION)}…` : value;
  return { [key]: short } as { readonly [P in K]?: string };
}
