import { builtInKinds } from '../../../core/schemas';
import { choice, flag, type JsonSchema, list, map, text } from './jsonSchema';

/** Numbers, booleans and lists may all be `${VARIABLE}`: types other than text are checked loosely. */
const kindName: JsonSchema = {
  type: 'string',
  defaultSnippets: builtInKinds.map(kind => ({ label: kind, body: kind })),
  markdownDescription:
    'The allowed kind, as spelled in descriptors. Required: without it, Backstage fails to start.',
};

const allow: JsonSchema = list(
  'The allowed kinds. Required: without it, Backstage fails to start.',
  {
    anyOf: [
      kindName,
      {
        type: 'object',
        required: ['kind'],
        properties: {
          kind: kindName,
          'spec.type': text('Only entities of this type. Default: any.'),
        },
      },
    ],
  },
);

const locationTypes: Readonly<Record<string, string>> = {
  file: "A path on Backstage's machine, relative to its working directory.",
  url: 'A URL that an integration can read, optionally with `*` as a wildcard.',
};

const locationType: JsonSchema = {
  type: 'string',
  defaultSnippets: Object.entries(locationTypes).map(([label, markdownDescription]) => ({
    label,
    body: label,
    markdownDescription,
  })),
};

const duration: JsonSchema = {
  type: ['object', 'string'],
  properties: Object.fromEntries(
    ['days', 'hours', 'minutes', 'seconds', 'milliseconds'].map(unit => [
      unit,
      { type: 'number', markdownDescription: `The number of ${unit}. Default: 0.` },
    ]),
  ),
};

/** Documentation of entity providers, by the name of their setting. */
const providers: Readonly<Record<string, string>> = {
  awsS3: 'Descriptors in buckets of S3.',
  azureBlob: 'Descriptors in containers of Azure Blob Storage.',
  azureDevOps: 'Descriptors in repositories of Azure DevOps.',
  backstageOpenapi: "APIs of Backstage's own backend plugins.",
  bitbucketCloud: 'Descriptors in repositories of Bitbucket Cloud.',
  bitbucketServer: 'Descriptors in repositories of Bitbucket Server.',
  gerrit: 'Descriptors in projects of Gerrit.',
  gitea: 'Descriptors in repositories of Gitea.',
  github: 'Descriptors in repositories of GitHub.',
  githubOrg: 'Teams and members of GitHub organizations, as Groups and Users.',
  gitlab: 'Descriptors in projects of GitLab; with `orgEnabled`, its groups and users as well.',
  keycloakOrg: 'Groups and users of Keycloak.',
  ldapOrg: 'Groups and users of an LDAP directory.',
  microsoftGraphOrg: 'Groups and users of Microsoft Entra ID.',
  puppetdb: 'Nodes in PuppetDB, as Resources.',
};

const catalog: JsonSchema = map(
  "The origins of the catalog's entities, and which of them are allowed. If omitted, the catalog is empty until somebody registers a location.",
  {
    locations: list(
      'Locations that are always part of the catalog. If omitted, only providers and registered locations add entities.',
      {
        type: 'object',
        required: ['type', 'target'],
        properties: {
          type: {
            ...locationType,
            markdownDescription:
              'The type of the target. Required: without it, Backstage fails to start.',
          },
          target: text('The location to read. Required: without it, Backstage fails to start.'),
          rules: list(
            'Kinds that this location can add besides those of `catalog.rules`. Default: none.',
            { type: 'object', required: ['allow'], properties: { allow } },
          ),
        },
      },
    ),
    rules: list(
      'The allowed kinds by location. Default: Component, API and Location from everywhere.',
      {
        type: 'object',
        required: ['allow'],
        properties: {
          allow,
          locations: list('The locations of the rule. Default: everywhere.', {
            type: 'object',
            required: ['type'],
            properties: {
              type: {
                ...locationType,
                markdownDescription:
                  'The type of the location. Required: without it, Backstage fails to start.',
              },
              exact: text('The exact target. Default: any.'),
              pattern: text('A pattern that the target matches. Default: any.'),
            },
          }),
        },
      },
    ),
    readonly: flag("Whether users can't register or remove locations. Default: false."),
    providers: map(
      'Providers of entities, by the name of their module. Default: none.',
      Object.fromEntries(
        Object.entries(providers).map(([name, what]) => [
          name,
          {
            type: ['object', 'array'],
            markdownDescription: `${what} Needs the module in the backend. Default: none.`,
          },
        ]),
      ),
    ),
    processors: map('Settings of processors, by their names. Default: their defaults.'),
    processingInterval: {
      ...duration,
      type: ['object', 'string', 'boolean'],
      markdownDescription:
        'How often every entity is processed again, such as `{ minutes: 30 }`; `false` for never. Default: every 100 to 150 seconds.',
    },
    orphanStrategy: choice(
      ['keep', 'delete'],
      'The handling of entities that no location refers to any more. Default: `delete`.',
    ),
    orphanProviderStrategy: choice(
      ['keep', 'delete'],
      'The handling of entities of a provider that was removed. Default: `keep`.',
    ),
    stitchingStrategy: map('When relations are updated. Default: deferred.', {
      mode: choice(
        ['immediate', 'deferred'],
        'Whether to update immediately or deferred. Default: `deferred`.',
      ),
      pollingInterval: {
        ...duration,
        markdownDescription: 'How often to check for pending updates. Default: every second.',
      },
      stitchTimeout: {
        ...duration,
        markdownDescription: 'The delay before a retry. Default: a minute.',
      },
    }),
    import: map('How repositories are imported. Default: the standard settings.', {
      entityFilename: text('The file name of descriptors. Default: `catalog-info.yaml`.'),
      pullRequestBranchName: text('The branch of pull requests. Default: `backstage-integration`.'),
    }),
    useUrlReadersSearch: flag(
      'Whether the integration searches for wildcard targets. Default: false.',
    ),
  },
);

/** Schema of app-config.yaml with the catalog's part; the rest belongs to other plugins. */
export const appConfigSchema: JsonSchema = {
  type: 'object',
  properties: {
    app: map('The pages in the browser. Required: without it, Backstage fails to start.'),
    backend: map('The server. Required: without it, Backstage fails to start.'),
    organization: map('The name of your organization. Default: none.'),
    integrations: map(
      'Hosts to read files from, with their tokens. If omitted, only public files can be read.',
    ),
    auth: map('How users sign in. Default: none.'),
    catalog,
    techdocs: map(
      'How documentation is built and stored. If omitted, the backend does both itself.',
    ),
    scaffolder: map('How templates run. Default: the standard settings.'),
    search: map("How search works. Default: the backend's settings."),
    permission: map('Whether permissions are checked. Default: everybody can do everything.'),
    proxy: map('Servers that the browser reaches through the backend. Default: none.'),
  },
};
