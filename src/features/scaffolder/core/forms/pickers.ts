import { isRecord } from '../../../../base';
import {
  isValidObjectName,
  type JsonObject,
  type JsonValue,
  readEntityRef,
} from '../../../../model';
import { readRepoUrl, type RepoUrlParts, stringifyRepoUrl } from '../../../../model/forms';
import type { RepoHosts } from '../../../scm/core/forges';
import type {
  EntityPickerOptions,
  FormControl,
  RepoUrlPart,
  RepoUrlPartName,
  TextControl,
} from './formField';
import { listOf, numberOf, objectOf, textOf, textsOf } from './schemas/jsonParts';

/** A field with its schema. */
interface PickerField {
  readonly name: string;
  readonly schema: JsonObject;
  readonly value: JsonValue | undefined;
  /** Its `ui:options`. */
  readonly options: JsonObject;
  readonly hosts: RepoHosts;
}

/** A field extension of Backstage (`ui:field`). */
interface Picker {
  /** Title if the schema has none. */
  readonly title?: string;
  readonly description?: string;
  readonly control: (field: PickerField) => FormControl;
  /** Value of an emptied field. Default: the field is removed. */
  readonly emptyValue?: JsonValue;
  /** The value to fill in when the field is first shown. */
  readonly initial?: (field: PickerField) => JsonValue | undefined;
  /** Errors of the value that the schema doesn't cover. */
  readonly errors?: (field: PickerField) => readonly string[];
}

const NAME_RULE =
  'Must start and end with an alphanumeric character, and contain only alphanumeric characters, hyphens, underscores, and periods. Maximum length is 63 characters.';

const entityTexts = { title: 'Entity', description: 'An entity from the catalog' };

function entityPicker(picker: (field: PickerField) => EntityPickerOptions): Picker {
  return { ...entityTexts, control: field => ({ type: 'entity', picker: picker(field) }) };
}

/**
 * Backstage's built-in field extensions. Source: `DEFAULT_SCAFFOLDER_FIELD_EXTENSIONS` of
 * `@backstage/plugin-scaffolder` 1.41, with the texts of its `scaffolderTranslationRef`.
 */
export const pickers: ReadonlyMap<string, Picker> = new Map(
  Object.entries<Picker>({
    EntityPicker: entityPicker(({ options }) => entityOptions('all', options)),
    OwnerPicker: {
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
    MyGroupsPicker: {
      ...entityPicker(() => ({ ...entityOptions('mine', {}), allowArbitraryValues: false })),
      emptyValue: '',
    },
    OwnedEntityPicker: entityPicker(({ options }) => entityOptions('owned', options)),
    MultiEntityPicker: {
      ...entityTexts,
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
          .filter(ref => !readEntityRef(ref).ok)
          .map(ref => `${ref} is not a valid entity ref`),
    },
    EntityTagsPicker: {
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
    EntityNamePicker: {
      title: 'Name',
      description: 'Unique name of the component',
      emptyValue: '',
      control: ({ schema }) => textControl('name', schema),
      errors: ({ value }) => (isValidObjectName(value) ? [] : [NAME_RULE]),
    },
    RepoUrlPicker: {
      initial: initialRepoUrl,
      control: field => ({
        type: 'repoUrl',
        parts: repoUrlParts(field),
        secretsKey: secretsKeyOf(field),
      }),
      errors: ({ value, hosts }) => repoUrlErrors(textOf(value) ?? '', hosts),
    },
    RepoBranchPicker: {
      title: 'Branch',
      emptyValue: '',
      initial: ({ value }) => value ?? '',
      control: field => ({
        ...textControl('repoBranch', field.schema),
        secretsKey: secretsKeyOf(field),
      }),
    },
    RepoOwnerPicker: {
      title: 'Owner',
      description: 'The owner of the repository',
      emptyValue: '',
      initial: ({ value }) => value ?? '',
      control: field => ({
        ...textControl('repoOwner', field.schema),
        host: textOf(field.options['host']) || undefined,
        secretsKey: secretsKeyOf(field),
      }),
    },
    Secret: { control: ({ name }) => ({ type: 'secret', name }) },
  }),
);

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
  return Array.isArray(filter) ? filter.filter(one => isRecord(one)) : undefined;
}

function secretsKeyOf({ options }: PickerField): string | undefined {
  return textOf(objectOf(options['requestUserCredentials'])['secretsKey']) || undefined;
}

/** A text control. */
export function textControl(
  style: TextControl['style'],
  schema: JsonObject,
  rows?: number,
): TextControl {
  return {
    type: 'text',
    style,
    rows,
    minLength: numberOf(schema['minLength']),
    maxLength: numberOf(schema['maxLength']),
    examples: textsOf(schema['examples']),
  };
}

/** Parts of a repository's address besides host and name, by type of git host. */
const partsByForge: ReadonlyMap<string, readonly RepoUrlPartName[]> = new Map([
  ['github', ['owner']],
  ['gitlab', ['owner']],
  ['gitea', ['owner']],
  ['bitbucketCloud', ['workspace', 'project']],
  ['bitbucketServer', ['project']],
  ['azure', ['organization', 'project']],
  ['gerrit', ['owner', 'workspace']],
] satisfies [string, RepoUrlPartName[]][]);

const titles: Readonly<Record<RepoUrlPartName, string>> = {
  host: 'Host',
  owner: 'Owner',
  repo: 'Repository',
  organization: 'Organization',
  workspace: 'Workspace',
  project: 'Project',
};

const allowed: Readonly<Record<RepoUrlPartName, string>> = {
  host: 'allowedHosts',
  owner: 'allowedOwners',
  repo: 'allowedRepos',
  organization: 'allowedOrganizations',
  // Backstage uses the owners for workspaces of Bitbucket Cloud.
  workspace: 'allowedOwners',
  project: 'allowedProjects',
};

const lookups: Partial<Readonly<Record<RepoUrlPartName, RepoUrlPart['lookup']>>> = {
  owner: 'owners',
  repo: 'repositories',
};

/** Hosts that a `RepoUrlPicker` offers: those that it allows, or else all that support repositories. */
function offeredHosts(options: JsonObject, hosts: RepoHosts): readonly string[] {
  const wanted = textsOf(options['allowedHosts']);
  if (wanted.length > 0) return wanted;
  const able = [...hosts].filter(([, type]) => partsByForge.has(type)).map(([host]) => host);
  // The first host is selected by default.
  return able.toSorted((a, b) => Number(b === 'github.com') - Number(a === 'github.com'));
}

/**
 * The initial value of a `RepoUrlPicker`: the first allowed value of each part. Source: `RepoUrlPicker` of
 * `@backstage/plugin-scaffolder` 1.41.
 */
function initialRepoUrl({ value, options, hosts }: PickerField): string | undefined {
  const before = readRepoUrl(textOf(value) ?? '');
  const first = (key: string): string => textsOf(options[key])[0] ?? '';
  const host = before.host || (offeredHosts(options, hosts)[0] ?? '');
  return stringifyRepoUrl({
    host,
    owner: before.owner || first('allowedOwners'),
    repo: before.repo || first('allowedRepos'),
    organization: before.organization || first('allowedOrganizations'),
    workspace: before.workspace || (host === 'bitbucket.org' ? first('allowedOwners') : ''),
    project: before.project || first('allowedProjects'),
  });
}

/** Parts of a repository's address on the selected host. */
function repoUrlParts({ value, options, hosts }: PickerField): readonly RepoUrlPart[] {
  const parts: RepoUrlParts = readRepoUrl(textOf(value) ?? '');
  const type = hosts.get(parts.host) ?? '';
  const offered = offeredHosts(options, hosts);
  const part = (name: RepoUrlPartName): RepoUrlPart => {
    const values = textsOf(options[allowed[name]]);
    const isOwner = name === 'owner' || name === 'workspace' || name === 'organization';
    const prefix = isOwner ? 'owner' : name;
    return {
      name,
      title: textOf(options[`${prefix}Label`]) ?? titles[name],
      description: textOf(options[`${prefix}Description`]) ?? '',
      value: parts[name],
      isRequired: !(type === 'gerrit' && name === 'owner'),
      options: values.length > 0 ? values : undefined,
      lookup: type === 'github' || type === 'gitlab' ? lookups[name] : undefined,
    };
  };
  const host = { ...part('host'), options: offered };
  return [host, ...(partsByForge.get(type) ?? ['owner']).map(part), part('repo')];
}

/**
 * Errors of a `RepoUrlPicker`. Source: `repoPickerValidation` of `@backstage/plugin-scaffolder` 1.41, messages
 * included.
 */
function repoUrlErrors(value: string, hosts: RepoHosts): readonly string[] {
  const parsed = URL.canParse(`https://${value}`) ? new URL(`https://${value}`) : undefined;
  if (!parsed) return ['Unable to parse the Repository URL'];
  const type = hosts.get(parsed.host);
  const needed = [...(neededParts.get(type ?? '') ?? ['owner']), 'repo'];
  return needed
    .filter(name => !parsed.searchParams.get(name))
    .map(name => `Incomplete repository location provided, ${name} not provided`);
}

const neededParts: ReadonlyMap<string, readonly string[]> = new Map([
  ['bitbucketCloud', ['workspace', 'project']],
  ['bitbucketServer', ['project']],
  ['azure', ['project']],
  ['gerrit', []],
]);
