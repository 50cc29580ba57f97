import type { TemplateSummary } from '../../../../api';
import { isRecord } from '../../../../base';
import { type JsonObject, readEntityRef, stringifyEntityRef } from '../../../../model';

/** What lists show of a Template. */
export function templateSummary(
  entity: JsonObject,
  place: Pick<TemplateSummary, 'ref' | 'file' | 'isShipped'>,
): TemplateSummary {
  const metadata = recordAt(entity, 'metadata');
  const spec = recordAt(entity, 'spec');
  const owner = readEntityRef(spec['owner'], {
    defaultKind: 'group',
    ...namespaceOf(metadata),
  });
  return {
    ...place,
    title: textAt(metadata, 'title') ?? textAt(metadata, 'name') ?? place.ref,
    description: textAt(metadata, 'description'),
    type: textAt(spec, 'type') ?? '',
    tags: Array.isArray(metadata['tags'])
      ? metadata['tags'].filter((tag): tag is string => typeof tag === 'string')
      : [],
    owner: owner.ok ? stringifyEntityRef(owner.value) : undefined,
  };
}

/** The owner of an entity is of its namespace, where it names none. */
function namespaceOf(metadata: JsonObject): { defaultNamespace?: string } {
  const namespace = textAt(metadata, 'namespace');
  return namespace === undefined ? {} : { defaultNamespace: namespace };
}

function textAt(record: JsonObject, key: string): string | undefined {
  const value = record[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function recordAt(record: JsonObject, key: string): JsonObject {
  const value = record[key];
  return isRecord(value) ? value : {};
}
