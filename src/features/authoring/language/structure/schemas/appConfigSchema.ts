import { builtInKinds } from '../../../core/schemas';
import { choice, flag, type JsonSchema, list, map, text } from './jsonSchema';

/** Numbers, booleans and lists may all be `${VARIABLE}`: types other than text are checked loosely. */
const kindName: JsonSchema = {
  type: 'string',
  defaultSnippets: builtInKinds.map(kind => ({ label: kind, body: kind })),
  markdownDescription:
    'The kind that is let in, spelt as in descriptors. Without it Backstage does not start.',
};

const allow: JsonSchema = list(
  'The kinds that are let in. Without it the rule does not count and Backstage does not start.',
  {
    anyOf: [
      kindName,
      {
        type: 'object',
        required: ['kind'],
        properties: {
          kind: kindName,
          'spec.type': text('Only entities of this type. Without it: of any.'),
        },
      },
    ],
  },
);

const locationTypes: Readonly<Record<string, string>> = {
  file: 'A path on the machine that Backstage runs on, relative to where it was started.',
  url: 'A URL that an integration can read; a pattern with `*` finds many.',
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
      { type: 'number', markdownDescription: `How many ${unit}. Without it: 0.` },
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
  githubOrg: 'Teams and members of GitHub organisations, as Groups and Users.',
  gitlab: 'Descriptors in projects of GitLab; with `orgEnabled`, its groups and users as well.',
  keycloakOrg: 'Groups and users of Keycloak.',
  ldapOrg: 'Groups and users of an LDAP directory.',
  microsoftGraphOrg: 'Groups and users of Microsoft Entra ID.',
  puppetdb: 'Nodes in PuppetDB, as Resources.',
};

const catalog: JsonSchema = map(
  'Where the catalog takes entities from, and which it lets in. Without it the catalog is empty until somebody registers something.',
  {
    locations: list(
      'Files that are always part of the catalog. Without it only what providers bring and people register.',
      {
        type: 'object',
        required: ['type', 'target'],
        properties: {
          type: {
            ...locationType,
            markdownDescription: 'How the target is read. Without it Backstage does not start.',
          },
          target: text('What is read. Without it Backstage does not start.'),
          rules: list(
            'Kinds that this location may bring besides those of `catalog.rules`. Without it: none.',
            { type: 'object', required: ['allow'], properties: { allow } },
          ),
        },
      },
    ),
    rules: list(
      'Which kinds are let in, and from where. Without it: Component, API and Location from everywhere.',
      {
        type: 'object',
        required: ['allow'],
        properties: {
          allow,
          locations: list('Where the rule counts. Without it: everywhere.', {
            type: 'object',
            required: ['type'],
            properties: {
              type: {
                ...locationType,
                markdownDescription:
                  'How the location is read. Without it Backstage does not start.',
              },
              exact: text('The target, letter by letter. Without it: any.'),
              pattern: text('A pattern that the target fits. Without it: any.'),
            },
          }),
        },
      },
    ),
    readonly: flag('Whether nobody can register or remove locations. Without it: false.'),
    providers: map(
      'What brings entities in bulk, by the name of its module. Without it: nothing does.',
      Object.fromEntries(
        Object.entries(providers).map(([name, what]) => [
          name,
          {
            type: ['object', 'array'],
            markdownDescription: `${what} Needs the module in the backend. Without it: none.`,
          },
        ]),
      ),
    ),
    processors: map('Settings of processors, by their names. Without it: their defaults.'),
    processingInterval: {
      ...duration,
      type: ['object', 'string', 'boolean'],
      markdownDescription:
        'How often every entity is processed again, such as `{ minutes: 30 }`; `false` for never. Without it: every 100 to 150 seconds.',
    },
    orphanStrategy: choice(
      ['keep', 'delete'],
      'What becomes of entities that nothing refers to any more. Without it: `delete`.',
    ),
    orphanProviderStrategy: choice(
      ['keep', 'delete'],
      'What becomes of what a provider brought that is gone. Without it: `keep`.',
    ),
    stitchingStrategy: map('When relations are put together. Without it: deferred.', {
      mode: choice(
        ['immediate', 'deferred'],
        'Whether it is done at once, or soon. Without it: `deferred`.',
      ),
      pollingInterval: {
        ...duration,
        markdownDescription:
          'How often it is looked for what is to be done. Without it: every second.',
      },
      stitchTimeout: {
        ...duration,
        markdownDescription: 'After how long it is tried again. Without it: a minute.',
      },
    }),
    import: map('How repositories are imported. Without it: as usual.', {
      entityFilename: text('What descriptors are called. Without it: `catalog-info.yaml`.'),
      pullRequestBranchName: text(
        'The branch of pull requests. Without it: `backstage-integration`.',
      ),
    }),
    useUrlReadersSearch: flag(
      'Whether patterns are searched for by the integration. Without it: false.',
    ),
  },
);

/** Schema of app-config.yaml with the catalog's part; the rest belongs to other plugins. */
export const appConfigSchema: JsonSchema = {
  type: 'object',
  properties: {
    app: map('The pages in the browser. Without it Backstage does not start.'),
    backend: map('The server. Without it Backstage does not start.'),
    organization: map('What your organisation is called. Without it pages name none.'),
    integrations: map(
      'Hosts that files are read from, with their tokens. Without it only public ones are.',
    ),
    auth: map('How people sign in. Without it no way to do so is set up.'),
    catalog,
    techdocs: map(
      'How pages of documentation are built and kept. Without it the backend does both itself.',
    ),
    scaffolder: map('How templates are run. Without it: as usual.'),
    search: map('How the search works. Without it: as the backend is set up.'),
    permission: map('Whether permissions are asked. Without it: everybody may do all.'),
    proxy: map('Servers that the browser reaches through the backend. Without it: none.'),
  },
};
