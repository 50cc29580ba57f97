import type { DescriptorDraft } from '../../../../api';
import { isRecord } from '../../../../base';
import {
  type JsonObject,
  type JsonValue,
  readEntityRef,
  stringifyEntityRef,
} from '../../../../model';
import { composeDocuments } from '../../../../platform/core/yaml';

/** The maximum depth of nested values. Drafts don't exceed it. */
const MAX_NESTING = 20;

/**
 * Returns initial values of a form from a draft, for those parameters of the Template that are named like fields of a
 * descriptor.
 */
export function proposedValues(template: JsonObject, draft: DescriptorDraft): JsonObject {
  const [first] = composeDocuments(draft.text, MAX_NESTING);
  const descriptor: unknown = first?.document?.toJS();
  const { metadata, spec } = isRecord(descriptor) ? descriptor : {};
  const { name, title, description, tags } = isRecord(metadata) ? metadata : {};
  const { type, lifecycle, system } = isRecord(spec) ? spec : {};
  const known: Readonly<Record<string, unknown>> = {
    name,
    title,
    description,
    tags,
    type,
    lifecycle,
    owner: refOf(draft.owner, 'Group'),
    system: refOf(system, 'System'),
  };
  const parameters = parametersOf(template);
  const values: JsonObject = {};
  for (const [parameter, value] of Object.entries(known)) {
    if (parameters.has(parameter) && isPlain(value)) values[parameter] = value;
  }
  return values;
}

/** Returns a ref in the form that pickers return. */
function refOf(written: unknown, defaultKind: string): string | undefined {
  if (typeof written !== 'string') return undefined;
  const ref = readEntityRef(written, { defaultKind, defaultNamespace: 'default' });
  return ref.ok ? stringifyEntityRef(ref.value) : undefined;
}

function isPlain(value: unknown): value is JsonValue {
  const isText = (item: unknown): boolean => typeof item === 'string' && item !== '';
  return isText(value) || (Array.isArray(value) && value.length > 0 && value.every(isText));
}

function parametersOf({ spec }: JsonObject): ReadonlySet<string> {
  const parameters = isRecord(spec) ? spec['parameters'] : undefined;
  return new Set(
    [parameters ?? []].flat().flatMap(page => {
      const properties = isRecord(page) ? page['properties'] : undefined;
      return isRecord(properties) ? Object.keys(properties) : [];
    }),
  );
}
