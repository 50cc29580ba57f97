import { readAppConfig } from '../../../src/features/appConfig/core';
import {
  appendItem,
  ignoreCommentIn,
  removeField,
  replaceValue,
  setField,
} from '../../../src/features/authoring/core/edits';
import { upgradeText } from '../../../src/features/authoring/core/upgrade';
import {
  parseEntityFilter,
  matchesFilter,
  readCatalogOptions,
} from '../../../src/features/catalog/core';
import { parseYamlDocuments } from '../../../src/features/catalog/core/ingest/yaml/yamlDocuments';
import {
  ownersOfPath,
  ownerSpans,
  parseCodeowners,
} from '../../../src/features/scm/core/codeowners';
import { readEntityRef } from '../../../src/model';
import { parsePredicate } from '../../../src/cli/catalog/predicateText';
import { splitPredicates } from '../../../src/model/predicates';
import { Glob, isTooComplex } from '../../../src/platform/core/globs';
import { compilePattern } from '../../../src/platform/core/linearRegExp';
import { openBackstage } from '../../support/backstageCatalog';
import { aComponent, aDescriptor } from '../../support/descriptors';
import { fileUri } from '../../support/inMemoryFileSystem';
import type { Reader } from '../attack';
import { ENVIRONMENT, filesAt, readCatalog } from './places';

const HEAD = 'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: x\n';
const SPEC = 'spec:\n  type: a\n  lifecycle: b\n  owner: c\n';

/** Names as long as a file system allows, which nearly match the repeated text of an attack. */
const PATHS = ['a'.repeat(200), `${'a/'.repeat(60)}b`, '{'.repeat(100), '['.repeat(100), 'x.yaml'];
const manyNames = Object.fromEntries(PATHS.map(path => [`${path}/x.yaml`, aComponent('x')]));

const apiWith = (field: string): string =>
  aDescriptor('api:a', {
    type: 'openapi',
    lifecycle: 'b',
    owner: 'c',
    definition: 'DEFINITION',
  }).replace(/definition: .*/, `definition: { ${field}: ./foreign }`);

export const catalogReaders: readonly Reader[] = [
  {
    name: 'descriptors',
    format: 'yaml',
    sources: [
      'src/platform/core/yaml/',
      'src/features/catalog/core/ingest/',
      'src/features/catalog/core/shared/',
      'src/features/catalog/core/packing/',
      'src/model/annotations/annotationFormats.ts',
    ],
    frames: [
      '<|>',
      `${HEAD}${SPEC}  x: <|>\n`,
      `${HEAD}  annotations: <|>\n${SPEC}`,
      `${HEAD}  links: [<|>]\n  tags: <|>\n${SPEC}`,
      `${HEAD}${SPEC}  dependsOn: [<|>]\n`,
      `${HEAD}  annotations: { github.com/project-slug: <|>, backstage.io/techdocs-ref: <|> }\n${SPEC}`,
      'apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: { name: x }\nspec: { targets: [<|>] }\n',
      '# callboard-disable-next-line <|>\napiVersion: <|>\nkind: <|>\nmetadata: { name: <|> }\n',
    ],
    read: text => readCatalog({ 'x.yaml': text, 'z.yaml': aComponent('z') }),
  },
  {
    name: 'files of $text, $json and $yaml',
    format: 'yaml',
    sources: ['src/features/catalog/core/processing/placeholderResolution.ts'],
    frames: ['<|>', '{"a": <|>}'],
    read: async text => [
      await readCatalog({ 'x.yaml': apiWith('$text'), foreign: text }),
      await readCatalog({ 'x.yaml': apiWith('$json'), foreign: text }),
      await readCatalog({ 'x.yaml': apiWith('$yaml'), foreign: text }),
    ],
  },
  {
    name: 'files of $openapi and $asyncapi',
    format: 'yaml',
    sources: ['src/features/catalog/core/processing/bundleReferences.ts'],
    frames: ['<|>', 'openapi: 3.0.0\npaths: <|>\n', 'a: { $ref: <|> }\nb: { $ref: "#/<|>" }\n'],
    read: async text => [
      await readCatalog({ 'x.yaml': apiWith('$openapi'), foreign: text }),
      await readCatalog({ 'x.yaml': apiWith('$asyncapi'), foreign: text }),
    ],
  },
  {
    name: 'schemas of custom kinds',
    format: 'json',
    sources: ['src/features/catalog/core/customKinds/'],
    frames: [
      '<|>',
      '{"properties": <|>}',
      '{"properties": {"spec": {"properties": <|>}}}',
      '{"definitions": <|>, "$ref": "#/l1"}',
      '{"properties": {"kind": {"pattern": <|>}}}',
    ],
    read: schema =>
      readCatalog(
        {
          'schema.json': schema,
          'x.yaml': 'apiVersion: acme.com/v1\nkind: Boat\nmetadata: { name: x }\nspec: { a: b }\n',
        },
        {
          options: {
            customKinds: [
              { kind: 'Boat', apiVersions: ['acme.com/v1'], schema: 'schema.json', relations: [] },
            ],
          },
        },
      ),
  },
  {
    name: 'layers of the catalog model',
    format: 'yaml',
    sources: ['src/features/catalog/core/modelLayers/'],
    frames: [
      '<|>',
      'layerId: a\nops: <|>\n',
      'layerId: a\nops: [{ op: declareKind.v1, group: <|>, names: <|> }]\n',
      'layerId: a\nops: [{ op: declareRelation.v1, fromKind: <|>, toKind: <|>, forward: <|> }]\n',
    ],
    read: text =>
      readCatalog({
        '.callboard/config.yaml': 'model:\n  layers: [model.yaml]\n',
        'model.yaml': text,
        'x.yaml': aComponent('x'),
      }),
  },
  {
    name: 'filter predicates in the filter of the catalog',
    format: 'json',
    sources: ['src/model/predicates/'],
    frames: ['<|>', 'where:<|>', '{"spec.type": <|>}', 'a -where:{"$all": [<|>]} b'],
    read: text => splitPredicates(text),
  },
  {
    name: 'filter predicates of the command line',
    format: 'yaml',
    sources: ['src/cli/catalog/predicateText.ts'],
    frames: ['<|>', 'kind: <|>\n', '$any: [{ spec.type: <|> }]\n', '{"$all": [<|>]}'],
    read: text => parsePredicate(text),
  },
  {
    name: 'settings of the catalog',
    format: 'value',
    sources: ['src/features/catalog/core/options.ts'],
    read: text => {
      const value: unknown = JSON.parse(text);
      const { options, errors } = readCatalogOptions(() => value);
      return [options.include, options.exclude, options.customKinds, errors];
    },
  },
  {
    name: 'globs of callboard.catalog.exclude',
    format: 'glob',
    sources: ['src/features/catalog/core/discovery/globs.ts'],
    frames: ['<|>', '**/<|>', '<|>/**'],
    isBudgeted: true,
    read: glob => readCatalog(manyNames, { options: { exclude: [glob] } }),
  },
  {
    name: '.gitignore',
    format: 'glob',
    sources: ['src/features/catalog/core/discovery/fileSelector.ts'],
    frames: ['<|>', '!<|>\n<|>', '/<|>/\n*'],
    isBudgeted: true,
    read: text => readCatalog({ ...manyNames, '.gitignore': text }),
  },
  {
    name: 'targets of Locations',
    format: 'glob',
    sources: ['src/platform/core/globs/'],
    frames: ['<|>', './**/<|>'],
    isBudgeted: true,
    read: pattern =>
      isTooComplex(pattern) ? undefined : PATHS.map(path => new Glob(pattern).test(path)),
  },
  {
    name: 'patterns of schemas, Templates and fixtures',
    format: 'pattern',
    sources: [
      'src/platform/core/linearRegExp/',
      'src/features/scaffolder/core/rendering/patternChecks.ts',
    ],
    frames: ['<|>', '^<|>$'],
    read: source => {
      const pattern = compilePattern(source, { maxSize: 10_000 });
      return PATHS.map(path => pattern?.test(path));
    },
    allows: error =>
      error instanceof SyntaxError ||
      /pattern|group/.test(error instanceof Error ? error.message : ''),
  },
  {
    name: 'entity refs',
    format: 'text',
    sources: ['src/model/refs/entityRef.ts'],
    read: text => readEntityRef(text, { defaultKind: 'a', defaultNamespace: 'b' }),
  },
  {
    name: 'CODEOWNERS',
    format: 'codeowners',
    sources: ['src/features/scm/core/codeowners/'],
    frames: ['<|>', '<|> @a\n', '[<|>][9] @b\n<|>\n'],
    read: text => {
      const github = parseCodeowners(text, 'github');
      const gitlab = parseCodeowners(text, 'gitlab');
      return PATHS.map(path => [
        ownersOfPath(github.rules, path),
        ownersOfPath(gitlab.rules, path),
        ownerSpans(text, '@a'),
      ]);
    },
  },
  {
    name: "git's own files",
    format: 'git',
    sources: ['src/features/catalog/core/repository/'],
    families: ['git'],
    frames: ['<|>', '[remote "origin"]\n\turl = <|>\n', '[branch "<|>"]\n\tremote = <|>\n'],
    read: async text => [
      await readCatalog({
        '.git/config': text,
        '.git/HEAD': 'ref: refs/heads/main',
        'x.yaml': aComponent('x'),
      }),
      await readCatalog({ '.git/config': '', '.git/HEAD': text, 'x.yaml': aComponent('x') }),
      await readCatalog({ '.git': text, 'x.yaml': aComponent('x') }),
      await readCatalog({
        '.git': 'gitdir: ./real',
        'real/commondir': text,
        'real/HEAD': text,
        'x.yaml': aComponent('x'),
      }),
    ],
  },
  {
    name: 'app-config.yaml',
    format: 'yaml',
    sources: [
      'src/features/appConfig/core/',
      'src/features/catalog/core/configuredBackstage/config/appConfigFile.ts',
    ],
    frames: [
      '<|>',
      'catalog:\n  locations: [{ type: file, target: <|> }]\n',
      'catalog: <|>\nbackend: <|>\nintegrations: <|>\n',
      'catalog: { rules: <|>, processors: <|>, providers: <|> }\n',
      'catalog: { $include: <|> }\nbackend: { $file: <|> }\n',
    ],
    read: text =>
      readAppConfig([fileUri('/work/app-config.yaml')], {
        fileSystem: filesAt({ 'app-config.yaml': text, 'more.yaml': text }),
        environment: new Map(),
        parse: parseYamlDocuments,
        maxFileSize: 1_000_000,
        kinds: ['Component'],
      }),
  },
  {
    name: 'files that a Backstage would register',
    format: 'yaml',
    sources: [
      'src/features/catalog/core/configuredBackstage/parsedFile.ts',
      'src/features/catalog/core/configuredBackstage/backstageIndex.ts',
    ],
    frames: ['<|>', `${HEAD}${SPEC}  x: <|>\n`, `${HEAD}  annotations: <|>\n${SPEC}`],
    read: async text => {
      const config = 'catalog: { locations: [{ type: file, target: /work/x.yaml }] }';
      const engine = await openBackstage(filesAt({ 'app-config.yaml': config, 'x.yaml': text }), {
        configs: [fileUri('/work/app-config.yaml')],
        environment: ENVIRONMENT,
        confinedTo: [fileUri('/work')],
      });
      return [engine.getEntities(), engine.getProblems()];
    },
  },
  {
    name: 'entity filters',
    format: 'text',
    sources: ['src/features/catalog/core/query/'],
    frames: ['<|>', 'kind=<|>', 'spec.<|>=a', 'metadata.annotations.<|>'],
    read: text => {
      const filter = parseEntityFilter(text);
      const entity = JSON.parse(
        '{"apiVersion":"a","kind":"b","metadata":{"name":"c","__proto__":{"a":1}},"spec":{"a":[1]}}',
      ) as never;
      return filter.ok ? matchesFilter(entity, filter.value) : filter;
    },
  },
  {
    name: 'edits of YAML files',
    format: 'yaml',
    sources: [
      'src/features/authoring/core/edits/',
      'src/features/scaffolder/core/publish/registration.ts',
    ],
    frames: ['<|>', `${HEAD}${SPEC}  x: <|>\n`, 'a: <|>\nspec: { targets: [<|>] }\n'],
    read: text => [
      setField(text, { document: 0, path: ['spec', 'owner'], value: 'x' }),
      removeField(text, { document: 0, path: ['spec', 'owner'] }),
      appendItem(text, { document: 0, path: ['spec', 'targets'], value: 'x' }),
      replaceValue(text, { line: 0, character: 3 }, 'x', {}),
      ignoreCommentIn('file:///work/x.yaml', text, 0, 'a'),
    ],
  },
  {
    name: 'files with outdated parts',
    format: 'yaml',
    sources: ['src/features/authoring/core/upgrade/', 'src/model/releases/'],
    frames: [
      'allowedKinds: <|>',
      `${HEAD}  annotations: { backstage.io/definition-at-location: <|> }\n${SPEC}`,
      'apiVersion: backstage.io/v1beta2\nkind: Template\nmetadata: { name: x }\nspec: { steps: [{ action: <|>, input: <|> }] }\n',
    ],
    read: text => upgradeText(text, 'catalog-info.yaml', { from: '1.0', to: '1.99' }),
  },
];
