import { expect, it } from 'vitest';
import { type AppConfig, readAppConfig } from '../../../../../src/features/appConfig/core';
import { parseYamlDocuments } from '../../../../../src/features/catalog/core/ingest/yaml/yamlDocuments';
import { fileUri, InMemoryFileSystem } from '../../../../support/inMemoryFileSystem';

/** Reads `/app-config.yaml` and all further configs in order of their names. */
function read(
  files: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = {},
): Promise<AppConfig> {
  const configs = Object.keys(files).filter(path => path.startsWith('/app-config'));
  return readAppConfig(configs.map(fileUri), {
    fileSystem: new InMemoryFileSystem(files),
    environment: new Map(Object.entries(environment)),
    parse: parseYamlDocuments,
    maxFileSize: 100_000,
    kinds: ['Component', 'Group'],
  });
}

function targetsOf({ catalog }: AppConfig): readonly string[] {
  return catalog.locations.map(({ target }) => target);
}

/** `line:message` of each, lines from 1. */
function issuesOf({ issues }: AppConfig): readonly string[] {
  return issues.map(({ place, message }) => `${place.range.start.line + 1}:${message}`);
}

function aConfig(...targets: readonly string[]): string {
  return `catalog:\n  locations:\n${targets.map(target => `    - { type: file, target: ${target} }\n`).join('')}`;
}

it.each([
  ['"${A}/x.yaml"', 'a/x.yaml'],
  ['"${ A }"', 'a'],
  ['"${EMPTY:-b}"', 'b'],
  ['"${NONE:- c }"', 'c'],
  ['"$${A}"', '${A}'],
  ['"$A"', '$A'],
  ['{ $env: A }', 'a'],
  ['{ $file: text.txt }', 'from/file'],
  ['{ $include: "more.yaml#some.where" }', 'included/a'],
])('reads the target %s as %s', async (written, target) => {
  const config = await read(
    {
      '/app-config.yaml': aConfig(written),
      '/text.txt': 'from/file\n\n',
      '/more.yaml': 'some: { where: "included/${A}" }',
    },
    { A: 'a', EMPTY: '' },
  );
  expect(targetsOf(config)).toEqual([target]);
  expect(config.issues).toEqual([]);
});

it('ignores values with an unset variable and reports them', async () => {
  const config = await read({ '/app-config.yaml': aConfig('a.yaml', '"${NONE}"') });
  expect(targetsOf(config)).toEqual(['a.yaml']);
  expect(issuesOf(config)).toEqual([
    '4:The environment variable NONE is not set, so catalog.locations[1].target is ignored',
    "4:Missing required config value at 'catalog.locations[1].target'",
  ]);
});

it('applies APP_CONFIG_… variables over every file without substitution', async () => {
  const config = await read(
    { '/app-config.yaml': aConfig('a.yaml'), '/app-config.local.yaml': 'catalog: {}' },
    {
      APP_CONFIG_catalog_locations: '[{ "type": "file", "target": "${A}.yaml" }]',
      APP_CONFIG_catalog_orphanStrategy: 'keep',
      APP_CONFIG_catalog_rules: '',
      APP_CONFIG_app_title: 'null',
      A: 'b',
    },
  );
  expect(targetsOf(config)).toEqual(['${A}.yaml']);
  expect(config.catalog.orphanStrategy).toBe('keep');
  expect(issuesOf(config)).toEqual([
    "1:In the environment variable APP_CONFIG_app_title: Failed to parse JSON-serialized config value for key 'app_title', Error: value may not be null",
  ]);
});

it.each<[variables: Readonly<Record<string, string>>, message: string]>([
  [{ APP_CONFIG_catalog_1: 'x' }, "Invalid env config key 'catalog_1'"],
  [
    { APP_CONFIG_catalog: 'x', APP_CONFIG_catalog_rules: '[]' },
    "Could not nest config for key 'catalog_rules' under existing value 'catalog'",
  ],
  [
    { APP_CONFIG_catalog_rules: '[]', APP_CONFIG_catalog: '{}' },
    "Refusing to override existing config at key 'catalog'",
  ],
])('reports the invalid variable in %o', async (variables, message) => {
  const [issue] = issuesOf(await read({ '/app-config.yaml': 'catalog: {}' }, variables));
  expect(issue).toMatch(/^1:In the environment variable APP_CONFIG_catalog\w*: /);
  expect(issue).toContain(message);
});

it('nests a variable in the object of another', async () => {
  const config = await read(
    { '/app-config.yaml': aConfig('a.yaml') },
    { APP_CONFIG_catalog: '{ "locations": [] }', APP_CONFIG_catalog_orphanStrategy: '"keep"' },
  );
  expect([targetsOf(config), config.catalog.orphanStrategy, config.issues]).toEqual([
    [],
    'keep',
    [],
  ]);
});

it('merges objects, replaces lists and hides values with null', async () => {
  const config = await read({
    '/app-config.yaml': `${aConfig('a.yaml', 'b.yaml')}  orphanStrategy: keep\n  rules: [{ allow: [Group] }]\n`,
    '/app-config.local.yaml': `${aConfig('c.yaml')}  rules: null\n`,
  });
  expect(targetsOf(config)).toEqual(['c.yaml']);
  expect(config.catalog.orphanStrategy).toBe('keep');
  expect(config.catalog.rules[0]?.allow?.map(({ kind }) => kind)).toEqual([
    'Component',
    'API',
    'Location',
  ]);
});

it('ignores values that only a server needs', async () => {
  const config = await read({
    '/app-config.yaml': `${aConfig('a.yaml')}kubernetes: { $file: secret }\nbackend: { auth: "\${SECRET}" }\n`,
    '/secret': 'x',
  });
  expect(config.issues).toEqual([]);
  expect(config.files).toEqual(['file:///app-config.yaml']);
});

it.each([
  ['catalog: 1', "1:Invalid type in config for key 'catalog', got number, wanted object"],
  [
    'catalog: { locations: {} }',
    "1:Invalid type in config for key 'catalog.locations', got object, wanted object-array",
  ],
  [
    aConfig('5'),
    "3:Invalid type in config for key 'catalog.locations[0].target', got number, wanted string",
  ],
  [
    'catalog:\n  rules:\n    - { allow: [Component], locations: [{ type: file, exact: a, pattern: b }] }',
    '3:A catalog rule location cannot have both exact and pattern values',
  ],
  [
    'catalog:\n  rules:\n    - { allow: [Component], locations: [{ type: file, pattern: "{1..5000}" }] }',
    '3:The pattern has too many characters or alternatives',
  ],
  ['catalog:\n  rules:\n    - {}', "3:Missing required config value at 'catalog.rules[0].allow'"],
  [
    'catalog:\n  rules:\n    - allow: [Componnent]',
    '3:Unknown kind Componnent. Did you mean Component?',
  ],
  [
    'catalog:\n  orphanStrategy: remove',
    '2:"remove" is neither keep nor delete; Backstage uses keep',
  ],
  [
    'catalog:\n  locations: [{ type: flie, target: a }]',
    '2:Unknown location type flie. Did you mean file?',
  ],
  [
    'catalog:\n  locations: { $include: missing.yaml }',
    '2:error at .catalog.locations, missing.yaml does not exist',
  ],
  ['- 1', '1:expected object at config root'],
])('reports an error in %s', async (text, issue) => {
  expect(issuesOf(await read({ '/app-config.yaml': text }))).toEqual([issue]);
});

/** A file that includes another many times. */
function including(file: string, times: number): string {
  return Array.from({ length: times }, (_, index) => `k${index}: { $include: ${file} }\n`).join('');
}

it('stops at a config that includes itself repeatedly', async () => {
  const config = await read({
    '/app-config.yaml': 'catalog:\n  a: &a { $include: app-config.yaml }\n  b: *a\n  c: *a\n',
  });
  expect(issuesOf(config)).toEqual([expect.stringMatching(/^2:catalog\..* is nested too deeply$/)]);
});

it('stops at files that include others too often', async () => {
  const config = await read({
    '/app-config.yaml': 'catalog: { $include: 1.yaml }',
    '/1.yaml': including('2.yaml', 40),
    '/2.yaml': including('3.yaml', 40),
    '/3.yaml': including('4.yaml', 40),
    '/4.yaml': 'a: 1\n',
  });
  expect(issuesOf(config)).toEqual([
    expect.stringMatching(/exceeds the maximum of 50000 values in a config$/),
  ]);
});
