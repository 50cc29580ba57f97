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
  catalogFilter: 'Filters the offered entities by field and value.',
  defaultKind: 'The kind of entered refs without one.',
  defaultNamespace: 'The namespace of entered refs without one. `false` keeps full refs.',
  allowArbitraryValues: 'Whether other values than entities can be entered. Default: `true`.',
  autoSelect: 'Whether entered text is accepted when the field loses the focus.',
};

/**
 * Field extensions of every Backstage. Source: `DEFAULT_SCAFFOLDER_FIELD_EXTENSIONS` of `plugins/scaffolder`.
 */
export const formFields: readonly KeywordValue[] = [
  {
    value: 'EntityPicker',
    description: 'Ref of an entity in the catalog.',
    options: catalogFilter,
  },
  {
    value: 'MultiEntityPicker',
    description: 'List of refs of entities in the catalog.',
    options: { ...catalogFilter, maxNoOfEntities: 'The maximum number of entities.' },
  },
  {
    value: 'OwnerPicker',
    description: 'Ref of a Group or User in the catalog.',
    options: catalogFilter,
  },
  {
    value: 'OwnedEntityPicker',
    description: 'Ref of an entity that the user owns.',
    options: catalogFilter,
  },
  { value: 'MyGroupsPicker', description: 'Ref of a Group that the user is a member of.' },
  {
    value: 'EntityNamePicker',
    description: 'A valid name for a new entity.',
  },
  {
    value: 'EntityTagsPicker',
    description: 'List of tags, with suggestions from the catalog.',
    options: {
      kinds: 'The kinds of entities whose tags are suggested.',
      showCounts: 'Whether to show the number of entities with each tag.',
      helperText: 'Text below the field.',
    },
  },
  {
    value: 'RepoUrlPicker',
    description: 'A repository as `host?owner=…&repo=…`. Use `parseRepoUrl` to split it.',
    options: {
      allowedHosts: 'Allowed hosts, such as `github.com`.',
      allowedOrganizations: 'Allowed organizations, if the host has them.',
      allowedOwners: 'Allowed owners.',
      allowedProjects: 'Allowed projects, if the host has them.',
      allowedRepos: 'Allowed names of repositories.',
      requestUserCredentials:
        'Requests the access token of the user. `secretsKey` is its name in `secrets`.',
    },
  },
  {
    value: 'RepoBranchPicker',
    description: 'A branch of a repository.',
    options: { requestUserCredentials: 'Requests the access token of the user.' },
  },
  {
    value: 'RepoOwnerPicker',
    description: 'An owner of repositories on a host.',
    options: { host: 'The host.' },
  },
  {
    value: 'Secret',
    description: 'Hidden text that is available in `secrets`, not in `parameters`.',
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
    description: 'Lists of additional scopes, by `github`, `gitlab` and others.',
    kind: 'object',
  },
];

const widgets: readonly KeywordValue[] = [
  { value: 'textarea', description: 'Multi-line text.' },
  {
    value: 'password',
    description:
      'Hidden text. It is stored as a normal parameter: use the field Secret to avoid that.',
  },
  { value: 'radio', description: 'Radio buttons for a few choices.' },
  { value: 'select', description: 'A drop-down list of choices.' },
  { value: 'checkboxes', description: 'Checkboxes for several choices.' },
  { value: 'checkbox' },
  { value: 'hidden', description: 'Hidden. Its value is the default.' },
  { value: 'range', description: 'A slider for a number.' },
  { value: 'updown', description: 'A number with arrow buttons.' },
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
  { name: 'title', description: 'The label of the field.' },
  {
    name: 'type',
    description: 'The type of the value.',
    values: ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'].map(value => ({
      value,
    })),
  },
  { name: 'description', description: 'Text below the field.' },
  { name: 'default', description: 'The default value.' },
  { name: 'enum', description: 'The allowed values.' },
  { name: 'enumNames', description: 'The labels of the choices, in their order.' },
  { name: 'pattern', description: 'A regular expression that the text must match.' },
  { name: 'minLength', description: 'The minimum number of characters.' },
  { name: 'maxLength', description: 'The maximum number of characters.' },
  { name: 'minimum', description: 'The minimum number.' },
  { name: 'maximum', description: 'The maximum number.' },
  {
    name: 'format',
    description: 'The format of the text.',
    values: ['email', 'uri', 'date', 'date-time', 'color', 'data-url', 'entityRef'].map(value => ({
      value,
    })),
  },
  { name: 'items', description: 'The schema of list items.' },
  { name: 'minItems', description: 'The minimum number of items.' },
  { name: 'maxItems', description: 'The maximum number of items.' },
  { name: 'uniqueItems', description: 'Whether items must be unique.', values: booleans },
  { name: 'properties', description: 'The fields of an object, by name.' },
  { name: 'required', description: 'The names of required fields.' },
  { name: 'dependencies', description: 'Further fields that appear when a field has a value.' },
  {
    name: 'ui:field',
    description: 'A field extension of Backstage or of your portal.',
    values: formFields,
  },
  { name: 'ui:widget', description: 'The widget of the field.', values: widgets },
  { name: 'ui:options', description: 'Settings of the field.' },
  {
    name: 'ui:autofocus',
    description: 'Whether the field has the initial focus.',
    values: booleans,
  },
  { name: 'ui:placeholder', description: 'The placeholder text of the empty field.' },
  { name: 'ui:help', description: 'Text below the field.' },
  { name: 'ui:description', description: 'Replaces the description.' },
  { name: 'ui:title', description: 'Replaces the title.' },
  { name: 'ui:disabled', description: 'Whether the field is disabled.', values: booleans },
  { name: 'ui:readonly', description: 'Whether the field is read-only.', values: booleans },
  {
    name: 'ui:order',
    description: 'The order of the fields of an object.',
  },
  { name: 'ui:enumNames', description: 'The labels of the choices, in their order.' },
  { name: 'ui:backstage', description: 'How Backstage shows the field in the review.' },
];
