import { isRecord } from '../../../../../base';
import { type JsonObject, type JsonValue } from '../../../../../model';
import { readRepoUrl, withValueAt } from '../../../../../model/forms';
import { recordAt } from '../../../../../model/json';
import type { FormField, FormPage, ResolvedForm } from '../formField';
import { textOf } from '../schemas/jsonParts';

/** Removes values of secret fields. */
export function withoutSecrets(values: JsonObject, pages: readonly FormPage[]): JsonObject {
  const secret = pages
    .flatMap(page => allFields(page.fields))
    .filter(({ control, review }) => control.type === 'secret' || review.mask !== undefined);
  return secret.reduceRight((left, { path }) => withValueAt(left, path, undefined), values);
}

/** Fields with their nested fields. */
function allFields(fields: readonly FormField[]): readonly FormField[] {
  return fields.flatMap(field => [field, ...allFields(nestedFields(field))]);
}

function nestedFields({ control }: FormField): readonly FormField[] {
  switch (control.type) {
    case 'object':
      return control.fields;
    case 'list':
      return control.items.map(item => item.field);
    case 'variants':
      return control.field ? [control.field] : [];
    default:
      return [];
  }
}

/** Maximum depth of a search. Only malicious schemas are deeper. */
const MAX_DEPTH = 100;

/** Names of all fields that can be secret in a form, under any condition. */
export function secretNames(parameters: JsonValue | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  const search = (value: JsonValue | undefined, depth: number): void => {
    if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return;
    for (const [name, child] of Object.entries(value)) {
      if (isRecord(child) && asksForSecret(child)) names.add(name);
      search(child, depth + 1);
    }
  };
  search(parameters, 0);
  return names;
}

function asksForSecret(schema: JsonObject): boolean {
  const options = recordAt(schema, 'ui:options');
  const widget = schema['ui:widget'] ?? options['widget'];
  const field = schema['ui:field'] ?? options['field'];
  return widget === 'password' || (typeof field === 'string' && /^secret$/i.test(field));
}

/** A secret that a form requests: the user's token for a host. */
export interface RequestedSecret {
  /** Name for steps. */
  readonly name: string;
  readonly host: string;
}

/**
 * Secrets that fields request with `requestUserCredentials`, one for each name. Source: `RepoUrlPicker`,
 * `RepoBranchPicker` and `RepoOwnerPicker` of `@backstage/plugin-scaffolder` 1.41.
 */
export function requestedSecrets({ pages, submitted }: ResolvedForm): readonly RequestedSecret[] {
  const wanted = new Map<string, RequestedSecret>();
  const repository = readRepoUrl(textOf(submitted['repoUrl']) ?? '');
  const fields = pages.filter(({ isVisible }) => isVisible).flatMap(page => allFields(page.fields));
  for (const { control, value } of fields) {
    if (control.type !== 'repoUrl' && control.type !== 'text') continue;
    const { secretsKey: name } = control;
    if (name === undefined || wanted.has(name)) continue;
    const host =
      control.type === 'repoUrl'
        ? readRepoUrl(textOf(value) ?? '').host
        : (control.host ?? repository.host);
    if (host !== '') wanted.set(name, { name, host });
  }
  return [...wanted.values()];
}
