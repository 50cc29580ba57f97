import { isRecord } from '../../../../base';
import type { JsonSchema } from '../actions/generatedAction';
import type { TemplateModel } from '../templateModel';

/** Field extensions of every Backstage. Without one, the type of a value decides. */
const FIELDS = new Set<unknown>([
  undefined,
  'EntityPicker',
  'EntityNamePicker',
  'EntityTagsPicker',
  'MultiEntityPicker',
  'MyGroupsPicker',
  'OwnedEntityPicker',
  'OwnerPicker',
  'RepoBranchPicker',
  'RepoOwnerPicker',
  'RepoUrlPicker',
  'Secret',
]);

/** Whether a parameter has a custom field extension. */
export function isCustomField(schema: JsonSchema): boolean {
  return !FIELDS.has(schema['ui:field']);
}

/**
 * Parameters in the options of custom field extensions, as in `clusterNameField: cluster.name`. The extension
 * may fill them in without a field of the form.
 */
export function customFieldParameters({ parameters }: TemplateModel): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<unknown>();
  const visit = (value: unknown): void => {
    const name = typeof value === 'string' ? /^([\w-]+)(?:\.[\w-]+)*$/.exec(value)?.[1] : undefined;
    if (name !== undefined) names.add(name);
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    for (const item of Object.values(value)) visit(item);
  };
  for (const { definitions } of parameters.named.values()) {
    for (const { schema } of definitions) {
      if (isRecord(schema) && isCustomField(schema)) visit(schema['ui:options']);
    }
  }
  return names;
}
