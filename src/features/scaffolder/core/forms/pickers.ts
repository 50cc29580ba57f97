import { isRecord } from '../../../../base';
import {
  isValidObjectName,
  type JsonObject,
  type JsonValue,
  readEntityRef,
} from '../../../../model';
import type { RepoHosts } from '../../../scm/core/forges';
import type { EntityPickerOptions, FormControl, TextControl } from './formField';
import { initialRepoUrl, repoUrlErrors, repoUrlParts } from './repoUrlParts';
import { listOf, numberOf, textOf, textsOf } from './schemas/jsonParts';

/** A field that is to be filled in, with what its schema says of it. */
export interface PickerField {
  readonly name: string;
  readonly schema: JsonObject;
  readonly value: JsonValue | undefined;
  /** Its `ui:options`. */
  readonly options: JsonObject;
  readonly hosts: RepoHosts;
}

/** A kind of field of Backstage (`ui:field`). */
export interface Picker {
  /** Where its schema has none. */
  readonly title?: string;
  readonly description?: string;
  readonly control: (field: PickerField) => FormControl;
  /** What it becomes when it is emptied; default: it is taken away. */
  readonly emptyValue?: JsonValue;
  /** What it fills in by itself as soon as it is shown. */
  readonly initial?: (field: PickerField) => JsonValue | undefined;
  /** What is wrong with what is in it, besides what the schema says. */
  readonly errors?: (field: PickerField) => readonly string[];
}

/**
 * The fields that a Backstage has by itself.
 *
 * Source: `DEFAULT_SCAFFOLDER_FIELD_EXTENSIONS` of `@backstage/plugin-scaffolder` 1.41, with the texts of its
 * `scaffolderTranslationRef`.
 */
export const pickers: ReadonlyMap<string, Picker> = new Map<string, Picker>([
  [
    'EntityPicker',
    { ...entityPicker('all'), title: 'Entity', description: 'An entity from the catalog' },
  ],
  [
    'OwnerPicker',
    {
      title: 'Owner',
      description: 'The owner of the component',
      control: ({ options }) => ({
        type: 'entity',
        picker: {
          ...entityOptions('all', options),
          catalogFilter: filtersOf(options['catalogFilter']) ?? [
            { kind: options['allowedKinds'] ?? ['Group', 'User'] },
          ],
          defaultKind: 'Group',
        },
      }),
    },
  ],
  [
    'MyGroupsPicker',
    {
      title: 'Entity',
      description: 'An entity from the catalog',
      emptyValue: '',
      control: () => ({
        type: 'entity',
        picker: { ...entityOptions('mine', {}), allowArbitraryValues: false },
      }),
    },
  ],
  [
    'OwnedEntityPicker',
    { ...entityPicker('owned'), title: 'Entity', description: 'An entity from the catalog' },
  ],
  [
    'MultiEntityPicker',
    {
      title: 'Entity',
      description: 'An entity from the catalog',
      control: ({ schema, options }) => ({
        type: 'entities',
        picker: {
          ...entityOptions('all', options),
          catalogFilter: filtersOf(options['catalogFilter']),
        },
        maxItems: numberOf(schema['maxItems']),
      }),
      errors: ({ value }) =>
        listOf(value)
          .map(ref => textOf(ref) ?? JSON.stringify(ref))
          .filter(ref => !isEntityRef(ref))
          .map(ref => `${ref} is not a valid entity ref`),
    },
  ],
  [
    'EntityTagsPicker',
    {
      title: 'Tags',
      description:
        "Add any relevant tags, hit 'Enter' to add new tags. Valid format: [a-z0-9+#] separated by [-], at most 63 characters",
      initial: ({ value }) => value ?? [],
      control: ({ options }) => ({
        type: 'tags',
        picker: {
          kinds: Array.isArray(options['kinds']) ? textsOf(options['kinds']) : undefined,
          showCounts: options['showCounts'] === true,
        },
      }),
    },
  ],
  [
    'EntityNamePicker',
    {
      title: 'Name',
      description: 'Unique name of the component',
      emptyValue: '',
      control: ({ schema }) => textControl('name', schema),
      errors: ({ value }) => (isValidObjectName(value) ? [] : [NAME_RULE]),
    },
  ],
  [
    'RepoUrlPicker',
    {
      initial: ({ value, options, hosts }) => initialRepoUrl(value, options, hosts),
      control: ({ value, options, hosts }) => ({
        type: 'repoUrl',
        parts: repoUrlParts(value, options, hosts),
        secretsKey: secretsKeyOf(options),
      }),
      errors: ({ value, hosts }) => repoUrlErrors(textOf(value) ?? '', hosts),
    },
  ],
  [
    'RepoBranchPicker',
    {
      title: 'Branch',
      emptyValue: '',
      initial: ({ value }) => value ?? '',
      control: ({ schema, options }) => ({
        ...textControl('repoBranch', schema),
        secretsKey: secretsKeyOf(options),
      }),
    },
  ],
  [
    'RepoOwnerPicker',
    {
      title: 'Owner',
      description: 'The owner of the repository',
      emptyValue: '',
      initial: ({ value }) => value ?? '',
      control: ({ schema, options }) => ({
        ...textControl('repoOwner', schema),
        host: textOf(options['host']) || undefined,
        secretsKey: secretsKeyOf(options),
      }),
    },
  ],
  ['Secret', { control: ({ name }) => ({ type: 'secret', name }) }],
]);

const NAME_RULE =
  'Must start and end with an alphanumeric character, and contain only alphanumeric characters, hyphens, underscores, and periods. Maximum length is 63 characters.';

function entityPicker(scope: EntityPickerOptions['scope']): Picker {
  return { control: ({ options }) => ({ type: 'entity', picker: entityOptions(scope, options) }) };
}

function entityOptions(
  scope: EntityPickerOptions['scope'],
  options: JsonObject,
): EntityPickerOptions {
  const { allowedKinds, allowArbitraryValues, defaultKind, defaultNamespace } = options;
  const byKind = Array.isArray(allowedKinds) ? [{ kind: allowedKinds }] : undefined;
  const filters = filtersOf(options['catalogFilter']);
  const catalogFilter =
    scope === 'owned' && filters && byKind
      ? filters.map(filter => ({ ...filter, ...byKind[0] }))
      : (filters ?? byKind);
  return {
    scope,
    catalogFilter,
    defaultKind: textOf(defaultKind),
    defaultNamespace: textOf(defaultNamespace) || undefined,
    allowArbitraryValues: allowArbitraryValues !== false,
  };
}

function filtersOf(filter: JsonValue | undefined): readonly JsonObject[] | undefined {
  if (isRecord(filter)) return [filter];
  return Array.isArray(filter) ? filter.filter(isObject) : undefined;
}

function isObject(value: JsonValue): value is JsonObject {
  return isRecord(value);
}

function isEntityRef(ref: string): boolean {
  return readEntityRef(ref).ok;
}

type TextStyle = TextControl['style'];

function secretsKeyOf({ requestUserCredentials: wanted }: JsonObject): string | undefined {
  return isRecord(wanted) ? textOf(wanted['secretsKey']) || undefined : undefined;
}

/** A text in a style of its own. */
export function textControl(style: TextStyle, schema: JsonObject, rows?: number): TextControl {
  return {
    type: 'text',
    style,
    rows,
    minLength: numberOf(schema['minLength']),
    maxLength: numberOf(schema['maxLength']),
    examples: textsOf(schema['examples']),
  };
}
