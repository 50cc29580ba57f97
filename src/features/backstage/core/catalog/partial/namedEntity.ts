import type { SourceEntity } from '../../../../../api';
import { isRecord } from '../../../../../base';
import { DEFAULT_NAMESPACE } from '../../../../../model';
import { readRef } from '../served/servedAnswers';

/** An entity of a search answer. */
export interface NamedEntity {
  readonly entity: SourceEntity;
  /** Names in lower case. */
  readonly names: readonly string[];
}

/** Fields that {@link readNamed} needs. */
export const NAME_FIELDS =
  'kind,metadata.namespace,metadata.name,metadata.title,spec.type,spec.profile.displayName';

/** Fields that are searched. */
export const SEARCHED_FIELDS = 'metadata.name,metadata.title,spec.profile.displayName';

export function readNamed(value: unknown): NamedEntity | undefined {
  const ref = readRef(value);
  if (ref === undefined || !isRecord(value) || !isRecord(value['metadata'])) return undefined;
  const { kind, metadata, spec } = value;
  const { name, namespace } = metadata;
  const { type, profile } = isRecord(spec) ? spec : {};
  const called = [metadata['title'], isRecord(profile) && profile['displayName']].flatMap(
    title => readText(title) ?? [],
  );
  return {
    entity: {
      ref,
      kind: String(kind),
      namespace: typeof namespace === 'string' ? namespace : DEFAULT_NAMESPACE,
      name: String(name),
      title: called[0],
      type: readText(type),
    },
    names: [String(name), ...called].map(text => text.toLowerCase()),
  };
}

/** Maximum characters of a text; servers may send anything. */
const MAX_TEXT = 200;

/** Normalizes white space. */
function readText(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value
    .slice(0, MAX_TEXT)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return text === '' ? undefined : text;
}
