import { describe, expect, it } from 'vitest';
import type { Hover } from 'vscode-languageserver-types';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { getLanguageService, type LanguageService } from 'yaml-language-server';
import {
  type ContributedSchema,
  contributedSchemaFor,
  contributedSchemaIn,
  contributedSchemaUri,
} from '../../../../../../../src/features/authoring/core/schemas';
import {
  contributedSchema,
  type StructureKind,
} from '../../../../../../../src/features/authoring/language';
import { aComponent, aDescriptor, documents } from '../../../../../../support/descriptors';

const cluster: StructureKind = {
  kind: 'Cluster',
  apiVersions: ['acme.example/v1'],
  schema: {
    $ref: '#/definitions/s0',
    definitions: {
      s0: { properties: { spec: { $ref: '#/definitions/s1' } } },
      s1: {
        required: ['region'],
        properties: {
          region: { type: 'string', enum: ['eu', 'us'], description: 'Where it runs.' },
        },
      },
    },
  },
};

/** The YAML language service as in the other extension: one contributed schema per file. */
function otherExtension(name: ContributedSchema): LanguageService {
  const service = getLanguageService({
    schemaRequestService: () => Promise.resolve(contributedSchema(name, [cluster])),
    workspaceContext: { resolveRelativePath: path => path },
    clientCapabilities: {
      textDocument: { completion: { completionItem: { snippetSupport: true } } },
    },
  });
  service.configure({ validate: true, hover: true, completion: true, schemas: [] });
  service.registerCustomSchemaProvider(() => Promise.resolve(contributedSchemaUri(name, 1)));
  return service;
}

let version = 0;

/** A new version each time: parsed versions are cached by every service. */
function documentOf(text: string): TextDocument {
  return TextDocument.create('file:///a.yaml', 'yaml', ++version, text);
}

function fileOf(markedText: string): { document: TextDocument; offset: number } {
  const offset = markedText.indexOf('<|>');
  const text = markedText.replace('<|>', '');
  return { document: documentOf(text), offset };
}

async function hoverAt(markedText: string, name: ContributedSchema = 'descriptors') {
  const { document, offset } = fileOf(markedText);
  const hover: Hover | null = await otherExtension(name).doHover(
    document,
    document.positionAt(offset),
  );
  return hover && typeof hover.contents === 'object' && 'value' in hover.contents
    ? hover.contents.value
    : undefined;
}

async function labelsAt(markedText: string, name: ContributedSchema = 'descriptors') {
  const { document, offset } = fileOf(markedText);
  const service = otherExtension(name);
  const { items } = await service.doComplete(document, document.positionAt(offset), false);
  return items.map(({ label }) => label);
}

describe('Contributed schema for all documents of a file', () => {
  it.each([
    [
      'apiVersion: backstage.io/v1alpha1\nkind: Component\nspec:\n  lifecyc<|>le: x\n',
      /The lifecycle of the component/,
    ],
    [
      'apiVersion: backstage.io/v1alpha1\nkind: API\nspec:\n  type: mcp-server\n  remo<|>tes: []\n',
      /endpoints of the MCP server/,
    ],
    [
      'apiVersion: backstage.io/v1alpha1\nkind: API\nspec:\n  type: openapi\n  defin<|>ition: x\n',
      /a block of text/,
    ],
    [
      'apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nspec:\n  steps:\n    - act<|>ion: x\n',
      /The action to run/,
    ],
    [
      'apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nspec:\n  param<|>eters: []\n',
      /The fields of the form/,
    ],
    ['apiVersion: acme.example/v1\nkind: Cluster\nspec:\n  reg<|>ion: eu\n', /Where it runs/],
    [
      'apiVersion: backstage.io/v1alpha1\nkind: Nothing\nmetadata:\n  tit<|>le: x\n',
      /The display name/,
    ],
  ])('explains fields by kind: %j', async (text, explanation) => {
    expect(await hoverAt(text)).toMatch(explanation);
    expect(await hoverAt(documents(aDescriptor('group:a'), text))).toMatch(explanation);
  });

  it.each([
    ['apiVersion: backstage.io/v1alpha1\nkind: User\nspec:\n  <|>\n', ['memberOf', 'profile']],
    [
      'apiVersion: backstage.io/v1alpha1\nkind: Component\nspec:\n  lifecycle: <|>\n',
      ['experimental', 'production'],
    ],
    ['apiVersion: acme.example/v1\nkind: Cluster\nspec:\n  region: <|>\n', ['eu', 'us']],
    ['apiVersion: backstage.io/v1alpha1\nkind: <|>\n', ['Component', 'Cluster']],
  ])('completes fields by kind: %j', async (text, labels) => {
    expect(await labelsAt(text)).toEqual(expect.arrayContaining(labels));
  });

  it('ignores other documents in the same file', async () => {
    const other = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  nam<|>e: a\n';
    expect(await hoverAt(documents(aComponent('a'), other))).toBeFalsy();
    expect(await labelsAt(documents(aComponent('a'), `${other}spec:\n  <|>`))).toEqual([]);
  });

  it.each(['descriptors', 'mkdocs', 'app-config'] as const)(
    'reports no problems: %s',
    async name => {
      const wrong = documents(
        'kind: Component\nspec: [1]\nmetadata: text\nrelations: 1\n',
        'apiVersion: acme.example/v1\nkind: Cluster\nspec:\n  region: 7\n  more: {}\n',
        'apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nspec:\n  parameters: x\n  steps: {}\n',
        'site_name: 1\nnav: text\nplugins: 5\n',
        'catalog:\n  locations: {}\n  rules: 1\n  readonly: maybe\n',
      );
      const document = documentOf(wrong);
      expect(await otherExtension(name).doValidation(document, false)).toEqual([]);
    },
  );

  it('inserts line breaks for nested fields', async () => {
    const { document, offset } = fileOf(
      'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  <|>\n',
    );
    const service = otherExtension('descriptors');
    const { items } = await service.doComplete(document, document.positionAt(offset), false);
    const textOf = (field: string) => items.find(({ label }) => label === field)?.insertText;
    expect(textOf('annotations')).toContain('annotations:\n');
    expect(textOf('tags')).toContain('tags:\n  - ');
    expect(textOf('title')).toBe('title: ');
  });
});

describe('contributedSchemaFor', () => {
  it.each([
    ['a.yaml', aComponent('a'), 'descriptors'],
    [
      'a.yaml',
      documents('kind: Deployment\napiVersion: apps/v1\n', aComponent('a')),
      'descriptors',
    ],
    [
      'a.yaml',
      aDescriptor('cluster:a', {}, { apiVersion: 'x' }).replace(
        /apiVersion: .*/,
        'apiVersion: acme.example/v1',
      ),
      'descriptors',
    ],
    ['mkdocs.yml', 'site_name: A\n', 'mkdocs'],
    ['app-config.local.yaml', 'catalog: {}\n', 'app-config'],
    ['a.callboard-test.yaml', 'tests: []\n', 'template-test'],
    ['a.yaml', 'apiVersion: apps/v1\nkind: Deployment\n', undefined],
    ['a.yaml', '', undefined],
  ])('%s', (name, text, expected) => {
    expect(contributedSchemaFor(`file:///${name}`, text, [cluster])).toBe(expected);
  });
});

it('parses its own URIs with any revision', () => {
  expect(contributedSchemaIn(contributedSchemaUri('app-config', 12))).toBe('app-config');
  expect(contributedSchemaUri('mkdocs', 1)).not.toBe(contributedSchemaUri('mkdocs', 2));
  for (const uri of [
    'callboard-schema:/kind-API',
    'file:///mkdocs/1',
    'callboard-schema:/mkdocs/x',
  ]) {
    expect(contributedSchemaIn(uri)).toBeUndefined();
  }
});
