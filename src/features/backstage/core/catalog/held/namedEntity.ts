import type { SourceEntity } from '../../../../../api';
import { isRecord } from '../../../../../base';
import { DEFAULT_NAMESPACE } from '../../../../../model';
import { readRef } from '../served/servedAnswers';

/** What an answer tells of an entity that is one of many. */
export interface NamedEntity {
  readonly entity: SourceEntity;
  /** All that it is called, in lower case. */
  readonly names: readonly string[];
}

/** The fields that {@link readNamed} needs. */
export const NAME_FIELDS =
  'kind,metadata.namespace,metadata.name,metadata.title,spec.type,spec.profile.displayName';

/** Those in which what somebody types is looked for. */
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

/** Longer ones are not read by anybody, and a server may say anything. */
const MAX_TEXT = 200;

/** On one line. */
function readText(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value
    .slice(0, MAX_TEXT)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return text === '' ? undefined : text;
}
