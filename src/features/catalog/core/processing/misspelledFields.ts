import { isRecord } from '../../../../base';
import { type KindRegistry, metadataFields } from '../../../../model/validation';
import { didYouMean, nearNames } from '../../../../platform/core';
import { hasTemplateSyntax } from '../ingest/templateSyntax';
import type { FieldPath } from '../ingest/yaml/yamlDocument';

export interface MisspelledField {
  readonly message: string;
  readonly path: FieldPath;
  readonly suggestions: readonly string[];
}

/**
 * Finds unknown fields directly below `metadata` and `spec` whose names are similar to known ones,
 * which Backstage ignores. Other unknown fields are fine, because plugins may read them.
 *
 * @param document - any value
 */
export function misspelledFields(
  document: unknown,
  kinds: KindRegistry,
): readonly MisspelledField[] {
  if (!isRecord(document)) return [];
  const { apiVersion, kind } = document;
  const definition =
    typeof apiVersion === 'string' && typeof kind === 'string'
      ? kinds.find(apiVersion, kind)
      : undefined;
  return [
    ...misspelledIn(document, 'metadata', metadataFields, 'metadata'),
    ...misspelledIn(document, 'spec', definition?.specFields ?? [], String(kind)),
  ];
}

function misspelledIn(
  document: Readonly<Record<string, unknown>>,
  parent: 'metadata' | 'spec',
  fields: readonly string[],
  of: string,
): readonly MisspelledField[] {
  const written = document[parent];
  if (!isRecord(written) || !fields.length) return [];
  const missing = fields.filter(field => !Object.hasOwn(written, field));
  return Object.keys(written).flatMap((name): MisspelledField[] => {
    if (fields.includes(name) || hasTemplateSyntax(name)) return [];
    const [suggestion] = nearNames(name, missing);
    if (suggestion === undefined) return [];
    const message = `"${name}" is not a field of ${of} that Backstage knows${didYouMean([suggestion])}`;
    return [{ message, path: [parent, name], suggestions: [suggestion] }];
  });
}
