/** A keyword of a parameter's schema with its values. */
export interface SchemaKeyword {
  readonly name: string;
  readonly description: string;
  /** Allowed values of a text or boolean. */
  readonly values?: readonly KeywordValue[];
}

export interface KeywordValue {
  readonly value: string;
  readonly description?: string;
  /** Keys of `ui:options` for a field extension. */
  readonly options?: Readonly<Record<string, string>>;
}

const catalogFilter = {
  catalogFilter: 'Which entities are offered: fields of entities and their values.',
  defaultKind: 'The kind of what is typed in without one.',
  defaultNamespace: 'The namespace of what is typed in without one; `false` keeps refs full.',
  allowArbitraryValues: 'Whether what is in no catalog may be typed in; `true` by default.',
  autoSelect: 'Whether a text that is typed in is taken as soon as the field is left.',
};

/**
 * Field extensions of every Backstage. Source: `DEFAULT_SCAFFOLDER_FIELD_EXTENSIONS` of `plugins/scaffolder`.
 */
export const formFields: readonly KeywordValue[] = [
  {
    value: 'EntityPicker',
    description: 'An entity of the catalog, as a ref.',
    options: catalogFilter,
  },
  {
    value: 'MultiEntityPicker',
    description: 'Entities of the catalog, as a list of refs.',
    options: { ...catalogFilter, maxNoOfEntities: 'How many may be chosen.' },
  },
  {
    value: 'OwnerPicker',
    description: 'A Group or User of the catalog, as a ref.',
    options: catalogFilter,
  },
  {
    value: 'OwnedEntityPicker',
    description: 'An entity that belongs to who fills in the form, as a ref.',
    options: catalogFilter,
  },
  { value: 'MyGroupsPicker', description: 'A Group of who fills in the form, as a ref.' },
  {
    value: 'EntityNamePicker',
    description: 'The name of a new entity, in the form that it must have.',
  },
  {
    value: 'EntityTagsPicker',
    description: 'Tags, those in use in the catalog among them.',
    options: {
      kinds: 'The kinds whose tags are offered.',
      showCounts: 'Whether it is shown how many entities have a tag.',
      helperText: 'A text below the field.',
    },
  },
  {
    value: 'RepoUrlPicker',
    description: 'A repository, as `host?owner=…&repo=…`; `parseRepoUrl` takes it apart.',
    options: {
      allowedHosts: 'Hosts, such as `github.com`.',
      allowedOrganizations: 'Organizations, where hosts have them.',
      allowedOwners: 'Owners of repositories.',
      allowedProjects: 'Projects, where hosts have them.',
      allowedRepos: 'Names of repositories.',
      requestUserCredentials:
        'Asks for a token of who fills in the form: `secretsKey` is its name in `secrets`.',
    },
  },
  {
    value: 'RepoBranchPicker',
    description: 'A branch of a repository.',
    options: { requestUserCredentials: 'Asks for a token of who fills in the form.' },
  },
  {
    value: 'RepoOwnerPicker',
    description: 'An owner of repositories at a host.',
    options: { host: 'The host.' },
  },
  {
    value: 'Secret',
    description: 'A text that is not shown: it is in `secrets`, not in `parameters`.',
  },
];

/** Keys of `requestUserCredentials` of a RepoUrlPicker. */
export const credentialKeys: readonly {
  readonly name: string;
  readonly description: string;
  readonly kind: 'object' | 'other';
}[] = [
  {
    name: 'secretsKey',
    description: 'The name of the token: `${{ secrets.USER_OAUTH_TOKEN }}`.',
    kind: 'other',
  },
  {
    name: 'additionalScopes',
    description: 'Lists of scopes that are asked for as well, by `github`, `gitlab` and others.',
    kind: 'object',
  },
];

const widgets: readonly KeywordValue[] = [
  { value: 'textarea', description: 'Text of several lines.' },
  {
    value: 'password',
    description: 'A text that is not shown. It is kept all the same: see the field Secret.',
  },
  { value: 'radio', description: 'One of a few choices, all of which are shown.' },
  { value: 'select', description: 'One of the choices, out of a list.' },
  { value: 'checkboxes', description: 'Any of the choices.' },
  { value: 'checkbox' },
  { value: 'hidden', description: 'Not shown: the default is what it gives.' },
  { value: 'range', description: 'A number, on a scale.' },
  { value: 'updown', description: 'A number, with arrows.' },
  { value: 'color' },
  { value: 'date' },
  { value: 'date-time' },
  { value: 'email' },
  { value: 'uri' },
  { value: 'file' },
];

const booleans: readonly KeywordValue[] = [{ value: 'true' }, { value: 'false' }];

/** Keywords of a parameter's schema, in their usual order. */
export const schemaKeywords: readonly SchemaKeyword[] = [
  { name: 'title', description: 'What the form calls the field.' },
  {
    name: 'type',
    description: 'What kind of value the field gives.',
    values: ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'].map(value => ({
      value,
    })),
  },
  { name: 'description', description: 'A text below the field.' },
  { name: 'default', description: 'What the field is filled in with.' },
  { name: 'enum', description: 'All that may be chosen.' },
  { name: 'enumNames', description: 'What the choices are called, in their order.' },
  { name: 'pattern', description: 'A regular expression that a text must match.' },
  { name: 'minLength', description: 'The least number of characters.' },
  { name: 'maxLength', description: 'The greatest number of characters.' },
  { name: 'minimum', description: 'The least number.' },
  { name: 'maximum', description: 'The greatest number.' },
  {
    name: 'format',
    description: 'What a text must be.',
    values: ['email', 'uri', 'date', 'date-time', 'color', 'data-url', 'entityRef'].map(value => ({
      value,
    })),
  },
  { name: 'items', description: 'The schema of the items of a list.' },
  { name: 'minItems', description: 'The least number of items.' },
  { name: 'maxItems', description: 'The greatest number of items.' },
  { name: 'uniqueItems', description: 'Whether no item may occur twice.', values: booleans },
  { name: 'properties', description: 'The fields of an object, by their names.' },
  { name: 'required', description: 'Names of the fields of an object that must be filled in.' },
  { name: 'dependencies', description: 'What else is asked for where a field is filled in.' },
  {
    name: 'ui:field',
    description: 'A field of Backstage, or one that the portal has added.',
    values: formFields,
  },
  { name: 'ui:widget', description: 'How the field looks.', values: widgets },
  { name: 'ui:options', description: 'Settings of the field.' },
  {
    name: 'ui:autofocus',
    description: 'Whether the cursor is in the field first.',
    values: booleans,
  },
  { name: 'ui:placeholder', description: 'A text in the field as long as it is empty.' },
  { name: 'ui:help', description: 'A text below the field.' },
  { name: 'ui:description', description: 'A text in place of the description.' },
  { name: 'ui:title', description: 'A text in place of the title.' },
  { name: 'ui:disabled', description: 'Whether nothing can be filled in.', values: booleans },
  { name: 'ui:readonly', description: 'Whether nothing can be changed.', values: booleans },
  {
    name: 'ui:order',
    description: 'The fields of an object in the order in which they are shown.',
  },
  { name: 'ui:enumNames', description: 'What the choices are called, in their order.' },
  { name: 'ui:backstage', description: 'How Backstage shows the field in the summary.' },
];
