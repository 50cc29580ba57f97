import type { TemplateSummary } from '../../../../api';
import { errorMessage } from '../../../../base';
import { type JsonObject, readEntityRef, stringifyEntityRef } from '../../../../model';
import { jsonRecord, recordAt } from '../../../../model/json';
import { KindRegistry, validateEntity } from '../../../../model/validation';
import {
  type ComposedDocument,
  composeDocuments,
  MAX_ALIASES,
} from '../../../../platform/core/yaml';
import { InputError } from '../../../scm/core/forgeFiles';
import { isTemplate } from '../../../templates/core';

export interface ReadTemplate {
  /** `template:namespace/name`. */
  readonly ref: string;
  readonly entity: JsonObject;
}

/**
 * Reads the Templates of a text, with unresolved placeholders.
 * @throws InputError for invalid YAML, and with Backstage's message for an invalid Template
 */
export function readTemplates(text: string): readonly ReadTemplate[] {
  return writtenTemplates(text).map(validTemplate);
}

/**
 * Reads the Templates of a text without validating them.
 * @throws InputError for invalid YAML
 */
export function writtenTemplates(text: string): readonly JsonObject[] {
  const templates: JsonObject[] = [];
  for (const { document, excess } of composeDocuments(text)) {
    if (!document) throw new InputError(excess?.message ?? '');
    const [error] = document.errors;
    if (error) throw new InputError(error.message);
    const value = valueOf(document);
    if (isTemplate(value)) templates.push(value);
  }
  return templates;
}

/** @throws InputError for broken aliases */
function valueOf(document: NonNullable<ComposedDocument['document']>): JsonObject {
  try {
    return jsonRecord(document.toJS({ maxAliasCount: MAX_ALIASES }));
  } catch (error) {
    throw new InputError(errorMessage(error), { cause: error });
  }
}

/** @throws InputError with Backstage's message for an invalid Template */
export function validTemplate(written: unknown): ReadTemplate {
  const entity = jsonRecord(written);
  const [issue] = validateEntity(entity, { kinds });
  if (issue) throw new InputError(issue.message);
  return { ref: refOf(entity), entity };
}

const kinds = KindRegistry.builtin();

function refOf(template: JsonObject): string {
  const metadata = recordAt(template, 'metadata');
  const namespace = textAt(metadata, 'namespace') ?? 'default';
  return stringifyEntityRef({ kind: 'Template', namespace, name: textAt(metadata, 'name') ?? '' });
}

/** Summary of a Template for lists. */
export function templateSummary(
  entity: JsonObject,
  place: Pick<TemplateSummary, 'ref' | 'file' | 'isShipped'>,
): TemplateSummary {
  const metadata = recordAt(entity, 'metadata');
  const spec = recordAt(entity, 'spec');
  const owner = readEntityRef(spec['owner'], {
    defaultKind: 'group',
    // Owners without a namespace are in the entity's.
    defaultNamespace: textAt(metadata, 'namespace'),
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

function textAt(record: JsonObject, key: string): string | undefined {
  const value = record[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
