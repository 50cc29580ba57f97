import { errorMessage, isRecord } from '../../../../base';
import { type JsonObject, type JsonValue, stringifyEntityRef } from '../../../../model';
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
 * The Templates in the text of a file, in their order. Placeholders are left as they are.
 *
 * @throws InputError for what is no YAML, and for a Template that a Backstage would refuse, in its words
 */
export function readTemplates(text: string): readonly ReadTemplate[] {
  return writtenTemplates(text).map(validTemplate);
}

/**
 * The same as they are written, which a Backstage may refuse.
 *
 * @throws InputError for what is no YAML
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

/** @throws InputError for aliases that lead nowhere */
function valueOf(document: NonNullable<ComposedDocument['document']>): JsonObject {
  try {
    return jsonOf(document.toJS({ maxAliasCount: MAX_ALIASES }));
  } catch (error) {
    throw new InputError(errorMessage(error), { cause: error });
  }
}

/** @throws InputError for a Template that a Backstage would refuse, in its words */
export function validTemplate(written: unknown): ReadTemplate {
  const entity = jsonOf(written);
  const [issue] = validateEntity(entity, { kinds });
  if (issue) throw new InputError(issue.message);
  return { ref: refOf(entity), entity };
}

const kinds = KindRegistry.builtin();

function refOf(template: JsonObject): string {
  const { name, namespace } = isRecord(template['metadata']) ? template['metadata'] : {};
  return stringifyEntityRef({
    kind: 'Template',
    namespace: typeof namespace === 'string' ? namespace : 'default',
    name: typeof name === 'string' ? name : '',
  });
}

/** What JSON cannot say, such as numbers that are none, is null, as where it is sent to a backend. */
function jsonOf(value: unknown): JsonObject {
  const json = JSON.parse(JSON.stringify(value ?? null)) as JsonValue;
  return isRecord(json) ? json : {};
}
