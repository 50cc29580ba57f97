import { expect, it } from 'vitest';
import { scaffolderConfigOf } from '../../../../../src/features/catalog/core/configuredBackstage/config/scaffolderConfigFile';
import { InMemoryFileSystem } from '../../../../support/inMemoryFileSystem';

async function read(
  files: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const {
    integrations,
    integrationSettings: _,
    issues,
    ...config
  } = await scaffolderConfigOf(
    Object.keys(files).map(path => `file://${path}`),
    {
      fileSystem: new InMemoryFileSystem(files),
      environment: new Map(Object.entries(environment)),
    },
  );
  return {
    ...config,
    integrations: Object.fromEntries(integrations),
    issues: issues.map(({ message }) => message),
  };
}

const nothing = { integrations: {}, environment: { parameters: {}, secrets: {} }, issues: [] };

it('is empty without a config', async () => {
  expect(await read({})).toEqual(nothing);
  expect(await read({ '/app-config.yaml': 'app: { title: x }' })).toEqual(nothing);
});

it('returns the integration of each host, the first one first', async () => {
  const files = {
    '/app-config.yaml': `integrations:
  github: [{ token: x }, { host: ghe.acme.org, token: '\${NO_TOKEN}' }]
  gitlab: [{ host: git.acme.org }, { host: ghe.acme.org }]
  gitea: { host: none.acme.org }
  gerrit: [{ baseUrl: 'https://none' }]
`,
  };
  expect(await read(files)).toEqual({
    ...nothing,
    integrations: { 'github.com': 'github', 'ghe.acme.org': 'github', 'git.acme.org': 'gitlab' },
  });
});

it('merges the default environment of files and variables', async () => {
  const files = {
    '/app-config.yaml': `scaffolder:
  defaultEnvironment:
    parameters: { region: north, size: small }
    secrets: { key: '\${KEY}' }
`,
    '/app-config.local.yaml':
      'scaffolder: { defaultEnvironment: { parameters: { region: south } } }',
  };
  const variables = {
    KEY: 'geheim',
    APP_CONFIG_scaffolder_defaultEnvironment_parameters_zone: 'z',
  };
  expect(await read(files, variables)).toEqual({
    ...nothing,
    environment: {
      parameters: { region: 'south', size: 'small', zone: 'z' },
      secrets: { key: 'geheim' },
    },
  });
});

it('reports invalid values', async () => {
  const files = {
    '/app-config.yaml':
      'scaffolder: { defaultEnvironment: { parameters: { n: 5, ok: x, no: [] } } }',
  };
  expect(await read(files)).toEqual({
    ...nothing,
    environment: { parameters: { ok: 'x' }, secrets: {} },
    issues: [
      "Invalid type in config for key 'scaffolder.defaultEnvironment.parameters.n', got number, wanted string",
      "Invalid type in config for key 'scaffolder.defaultEnvironment.parameters.no', got array, wanted string",
    ],
  });
});
