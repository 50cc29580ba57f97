import { builtInKinds } from '../../../core/schemas';
import type { JsonSchema } from './jsonSchema';

/** Numbers, flags and lists may all be written as `${VARIABLE}`: what is no text is checked loosely. */
const kindName: JsonSchema = {
  type: 'string',
  defaultSnippets: builtInKinds.map(kind => ({ label: kind, body: kind })),
  markdownDescription:
    'The kind that is let in, spelt as in descriptors. Without it Backstage does not start.',
};

const allow: JsonSchema = {
  type: 'array',
  markdownDescription:
    'The kinds that are let in. Without it the rule does not count and Backstage does not start.',
  items: {
    anyOf: [
      kindName,
      {
        type: 'object',
        required: ['kind'],
        properties: {
          kind: kindName,
          'spec.type': {
            type: 'string',
            markdownDescription: 'Only entities of this type. Without it: of any.',
          },
        },
      },
    ],
  },
};

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

/** What modules bring entities from, by the names of their settings. */
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

const catalog: JsonSchema = {
  type: 'object',
  markdownDescription:
    'Where the catalog takes entities from, and which it lets in. Without it the catalog is empty until somebody registers something.',
  properties: {
    locations: {
      type: 'array',
      markdownDescription:
        'Files that are always part of the catalog. Without it only what providers bring and people register.',
      items: {
        type: 'object',
        required: ['type', 'target'],
        properties: {
          type: {
            ...locationType,
            markdownDescription: 'How the target is read. Without it Backstage does not start.',
          },
          target: {
            type: 'string',
            markdownDescription: 'What is read. Without it Backstage does not start.',
          },
          rules: {
            type: 'array',
            markdownDescription:
              'Kinds that this location may bring besides those of `catalog.rules`. Without it: none.',
            items: { type: 'object', required: ['allow'], properties: { allow } },
          },
        },
      },
    },
    rules: {
      type: 'array',
      markdownDescription:
        'Which kinds are let in, and from where. Without it: Component, API and Location from everywhere.',
      items: {
        type: 'object',
        required: ['allow'],
        properties: {
          allow,
          locations: {
            type: 'array',
            markdownDescription: 'Where the rule counts. Without it: everywhere.',
            items: {
              type: 'object',
              required: ['type'],
              properties: {
                type: {
                  ...locationType,
                  markdownDescription:
                    'How the location is read. Without it Backstage does not start.',
                },
                exact: {
                  type: 'string',
                  markdownDescription: 'The target, letter by letter. Without it: any.',
                },
                pattern: {
                  type: 'string',
                  markdownDescription: 'A pattern that the target fits. Without it: any.',
                },
              },
            },
          },
        },
      },
    },
    readonly: {
      type: 'boolean',
      markdownDescription: 'Whether nobody can register or remove locations. Without it: false.',
    },
    providers: {
      type: 'object',
      markdownDescription:
        'What brings entities in bulk, by the name of its module. Without it: nothing does.',
      properties: Object.fromEntries(
        Object.entries(providers).map(([name, what]) => [
          name,
          {
            type: ['object', 'array'],
            markdownDescription: `${what} Needs the module in the backend. Without it: none.`,
          },
        ]),
      ),
    },
    processors: {
      type: 'object',
      markdownDescription: 'Settings of processors, by their names. Without it: their defaults.',
    },
    processingInterval: {
      ...duration,
      type: ['object', 'string', 'boolean'],
      markdownDescription:
        'How often every entity is processed again, such as `{ minutes: 30 }`; `false` for never. Without it: every 100 to 150 seconds.',
    },
    orphanStrategy: {
      enum: ['keep', 'delete'],
      markdownDescription:
        'What becomes of entities that nothing refers to any more. Without it: `delete`.',
    },
    orphanProviderStrategy: {
      enum: ['keep', 'delete'],
      markdownDescription:
        'What becomes of what a provider brought that is gone. Without it: `keep`.',
    },
    stitchingStrategy: {
      type: 'object',
      markdownDescription: 'When relations are put together. Without it: deferred.',
      properties: {
        mode: {
          enum: ['immediate', 'deferred'],
          markdownDescription: 'Whether it is done at once, or soon. Without it: `deferred`.',
        },
        pollingInterval: {
          ...duration,
          markdownDescription:
            'How often it is looked for what is to be done. Without it: every second.',
        },
        stitchTimeout: {
          ...duration,
          markdownDescription: 'After how long it is tried again. Without it: a minute.',
        },
      },
    },
    import: {
      type: 'object',
      markdownDescription: 'How repositories are imported. Without it: as usual.',
      properties: {
        entityFilename: {
          type: 'string',
          markdownDescription: 'What descriptors are called. Without it: `catalog-info.yaml`.',
        },
        pullRequestBranchName: {
          type: 'string',
          markdownDescription: 'The branch of pull requests. Without it: `backstage-integration`.',
        },
      },
    },
    useUrlReadersSearch: {
      type: 'boolean',
      markdownDescription:
        'Whether patterns are searched for by the integration. Without it: false.',
    },
  },
};

const part = (markdownDescription: string): JsonSchema => ({ type: 'object', markdownDescription });

/** app-config.yaml, of which the catalog's part is spelt out; the rest belongs to other plugins. */
export const appConfigSchema: JsonSchema = {
  type: 'object',
  properties: {
    app: part('The pages in the browser. Without it Backstage does not start.'),
    backend: part('The server. Without it Backstage does not start.'),
    organization: part('What your organisation is called. Without it pages name none.'),
    integrations: part(
      'Hosts that files are read from, with their tokens. Without it only public ones are.',
    ),
    auth: part('How people sign in. Without it no way to do so is set up.'),
    catalog,
    techdocs: part(
      'How pages of documentation are built and kept. Without it the backend does both itself.',
    ),
    scaffolder: part('How templates are run. Without it: as usual.'),
    search: part('How the search works. Without it: as the backend is set up.'),
    permission: part('Whether permissions are asked. Without it: everybody may do all.'),
    proxy: part('Servers that the browser reaches through the backend. Without it: none.'),
  },
};
