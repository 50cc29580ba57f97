import { readFixture, readTemplates } from '../../../src/features/scaffolder/core';
import { readRecords } from '../../../src/features/scaffolder/core/drift';
import { resolveForm } from '../../../src/features/scaffolder/core/forms/resolveForm';
import { checkParameters } from '../../../src/features/scaffolder/core/parameters/checkParameters';
import { InputError } from '../../../src/features/scm/core/forgeFiles';
import { defaultRepoHosts } from '../../../src/features/scm/core/forges';
import {
  namesIn,
  parseTemplate,
  skeletonIssues,
  templateIssues,
  templateModel,
  backstageActions,
} from '../../../src/features/templates/core';
import type { JsonObject } from '../../../src/model';
import { runTemplate } from '../../support/templateRuns';
import type { Reader } from '../attack';
import { readCatalog } from './places';

const TEMPLATE =
  'apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata: { name: x }\nspec:\n  type: a\n  owner: b\n';
const RECORD = 'version: 1\ntemplate: { ref: "template:default/a", source: a, path: b }\n';

export const templateReaders: readonly Reader[] = [
  {
    name: 'Templates',
    format: 'yaml',
    sources: ['src/features/scaffolder/core/templates/'],
    frames: [
      '<|>',
      `${TEMPLATE}  steps: <|>\n`,
      `${TEMPLATE}  parameters: <|>\n  steps: []\n`,
      `${TEMPLATE}  steps: [{ id: <|>, action: <|>, input: <|>, if: <|>, each: <|> }]\n  output: <|>\n`,
    ],
    read: async text => [readTemplates(text), await readCatalog({ 'x.yaml': text })],
    allows: error => error instanceof InputError,
  },
  {
    name: 'expressions',
    format: 'expression',
    sources: ['src/features/templates/core/'],
    frames: ['<|>', '${{ <|> }}', '{% if <|> %}a{% endif %}', '{# <|> #}'],
    read: text => [
      skeletonIssues(parseTemplate(text), namesIn(parseTemplate(text)), []),
      templateIssues(
        templateModel({
          spec: { steps: [{ id: 'a', action: 'debug:log', input: { message: text } }] },
        }),
        backstageActions,
      ),
    ],
  },
  {
    name: 'forms of Templates',
    format: 'value',
    sources: ['src/features/scaffolder/core/forms/', 'src/features/scaffolder/core/parameters/'],
    frames: [
      '<|>',
      '{"properties":<|>}',
      '{"properties":{"a":<|>},"required":<|>}',
      '{"properties":{"a":{"type":"string"}},"dependencies":<|>,"allOf":[<|>]}',
      '{"properties":{"a":{"type":"object","properties":<|>,"oneOf":[<|>]}}}',
      '{"definitions":<|>,"$ref":"#/definitions/l1"}',
    ],
    read: text => {
      const parameters = JSON.parse(text) as JsonObject;
      const values = { a: 'x', b: { c: 1 } };
      return [
        checkParameters({ parameters, values }),
        resolveForm({
          parameters,
          state: { values, cleared: [], variants: {} },
          hosts: defaultRepoHosts,
        }),
      ];
    },
    allows: error => error instanceof InputError,
  },
  {
    name: 'values of forms',
    format: 'value',
    sources: [],
    frames: ['{"a":<|>}', '{"b":<|>,"c":<|>}', '{"d":<|>}'],
    read: text => {
      const values = JSON.parse(text) as JsonObject;
      const parameters = {
        properties: {
          a: { type: 'string', pattern: '^[a-z]+$', 'ui:field': 'RepoUrlPicker' },
          b: { type: 'array', items: { type: 'object', properties: { x: { enum: [1] } } } },
          c: { $ref: '#/definitions/c' },
          d: { type: 'object', additionalProperties: { type: 'number' } },
        },
        definitions: { c: { type: 'object', properties: { c: { $ref: '#/definitions/c' } } } },
      };
      return [
        checkParameters({ parameters, values }),
        resolveForm({
          parameters,
          state: { values, cleared: [], variants: {} },
          hosts: defaultRepoHosts,
        }),
      ];
    },
    allows: error => error instanceof InputError,
  },
  {
    name: 'rendered skeletons',
    format: 'expression',
    sources: ['src/features/scaffolder/core/rendering/', 'src/features/scaffolder/core/actions/'],
    frames: ['<|>', '${{ <|> }}', 'x ${{ values.a | <|> }}'],
    scale: 0.2,
    read: async text => {
      const { status, error, files, log } = await runTemplate({
        template:
          'steps: [{ id: s, action: fetch:template, input: { url: ./s, values: { a: b } } }]',
        files: { 's/a.txt': text, 's/b.txt': 'fine' },
      });
      return {
        status,
        error,
        log,
        files: [...files].map(([path, file]) => [path, file.content.length]),
      };
    },
  },
  {
    name: 'inputs of steps',
    format: 'value',
    sources: [],
    frames: [
      '<|>',
      '{"url":<|>}',
      '{"targetPath":<|>,"url":"./s"}',
      '{"files":[<|>]}',
      '{"entity":<|>,"filePath":<|>}',
    ],
    scale: 0.2,
    read: async text => {
      const input = JSON.parse(text) as JsonObject;
      const actions = ['fetch:plain', 'fs:rename', 'fs:delete', 'catalog:write', 'debug:log'];
      return Promise.all(
        actions.map(async action => {
          const { status, error, log } = await runTemplate({
            template: { ...template, spec: { steps: [{ id: 's', action, input }] } },
            files: { 's/a': 'a' },
          });
          return { status, error, log };
        }),
      );
    },
  },
  {
    name: 'fixtures',
    format: 'yaml',
    sources: ['src/features/scaffolder/core/fixtures/'],
    frames: [
      '<|>',
      'tests: [{ name: a, values: <|>, expect: <|> }]\n',
      'tests: [{ name: a, expect: { files: { a: { matches: <|> } }, log: [<|>] } }]\n',
      'catalog: <|>\nsecrets: <|>\nuser: <|>\ntests: []\n',
    ],
    read: text => readFixture(text, 'file:///work/a.callboard-test.yaml'),
  },
  {
    name: '.callboard/template.yaml',
    format: 'yaml',
    sources: ['src/features/scaffolder/core/drift/'],
    frames: ['<|>', `${RECORD}values: <|>\nfiles: {}\n`, `${RECORD}values: {}\nfiles: <|>\n`],
    read: text => readRecords(text, 'file:///work/.callboard/template.yaml'),
  },
];

const template: JsonObject = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'x' },
};
