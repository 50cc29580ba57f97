import { describe, expect, it } from 'vitest';
import { english } from '../../../../../../src/base';
import { kindPlural, relationLabel } from '../../../../../../src/model/presentation';
import { fixtureFiles } from '../../../../../support/fixtureFiles';
import { textAt } from '../../../../../support/markedText';
import { openCatalog, type TestCatalog } from '../../../../../support/testCatalog';

const company = fixtureFiles('catalogModel');

function opened(changes: Readonly<Record<string, string>> = {}): Promise<TestCatalog> {
  return openCatalog({ ...company, ...changes });
}

const CATALOG = company['catalog-info.yaml'] ?? '';

/** `code: message` of each problem. */
const messages = (catalog: TestCatalog): readonly string[] =>
  catalog.problems().map(({ code, message }) => `${code}: ${message}`);

describe('Catalog with model layers', () => {
  it('has the kinds and relations of the model', async () => {
    const catalog = await opened();
    expect(messages(catalog)).toEqual([]);
    expect(catalog.relations('component:default/billing')).toEqual([
      'explainedBy runbook:default/billing-on-call',
      'ownedBy group:default/payments',
      'reads dataset:default/invoices',
    ]);
    expect(catalog.relations('dataset:default/invoices')).toEqual([
      'ownedBy group:default/payments',
      'readBy component:default/billing',
      'storedIn warehouse:default/north-1',
    ]);
  });

  it('has the names of the kinds and relations', async () => {
    const data = (company['model/data.yaml'] ?? '')
      .replace('plural: datasets', 'plural: data sets')
      .replace('title: stored in', 'title: is kept in');
    const { names } = (await opened({ 'model/data.yaml': data })).engine;
    const plurals = ['Dataset', 'component', 'Unheard'].map(kind =>
      kindPlural(kind, english, names),
    );
    expect(plurals).toEqual(['Data sets', 'Components', 'Unheard']);
    const titles = ['storedIn', 'ownedBy'].map(type => relationLabel(type, english, names));
    expect(titles).toEqual(['Is kept in', 'Owned by']);
  });

  it.each([
    [
      'tier: gold',
      'tier: bronze',
      'invalid-spec: /spec/tier must be equal to one of the allowed values - allowedValues: gold,silver',
    ],
    [
      '  tier: gold\n',
      '',
      "invalid-spec: /spec must have required property 'tier' - missingProperty: tier",
    ],
    ['topic: payments.made', 'topic: 7', 'invalid-spec: /spec/topic must be string - type: string'],
    [
      'CC-1234',
      'marketing',
      'invalid-spec: /metadata/annotations/acme.com~1cost-center must match pattern "^CC-[0-9]{4}$" - pattern: ^CC-[0-9]{4}$',
    ],
    [
      'acme.com/region: north',
      'acme.com/region: east',
      'invalid-spec: /metadata/labels/acme.com~1region must be equal to one of the allowed values - allowedValues: north,south',
    ],
    [
      'apiVersion: acme.com/v1\nkind: Warehouse',
      'apiVersion: acme.com/v2\nkind: Warehouse',
      'unknown-kind: Kind "Warehouse" exists, but has no version matching apiVersion "acme.com/v2"',
    ],
  ])('reports a value that the model forbids: %s', async (text, other, expected) => {
    const catalog = await opened({ 'catalog-info.yaml': CATALOG.replace(text, other) });
    expect(messages(catalog)).toContain(expected);
  });

  it('reports errors of layers at their position and applies the rest', async () => {
    const layer = `- op: declareKind.v1
  kind: Dataset
  group: other.com
  properties: { singular: a, plural: b, description: c }
- op: updateKind.v1
  kind: Unheard
  properties: { plural: x }
- op: declareTagg.v1
  name: x
- op: declareKindVersion.v1
  kind: Runbook
  name: v2
  properties: { schema: { jsonSchema: { type: text } } }
`;
    const catalog = await opened({ 'model/wrong.yaml': layer });
    const found = catalog.problems('model/wrong.yaml');
    expect(found.map(({ code, message, range }) => [code, message, textAt(layer, range)])).toEqual([
      ['invalid-model', 'Unknown op type "declareTagg.v1"', 'declareTagg.v1'],
      [
        'invalid-model',
        'Invalid JSON schema, error at path /type: must be equal to one of the allowed values, expected one of: array, boolean, integer, null, number, object, string',
        'text',
      ],
      ['invalid-model', 'Kind "Dataset" is declared more than once', 'Dataset'],
      ['invalid-model', 'Cannot update unknown kind "Unheard"', 'Unheard'],
    ]);
    expect(catalog.relations('dataset:default/invoices')).toContain(
      'readBy component:default/billing',
    );
  });

  it('follows changes of layers and of the configuration', async () => {
    const catalog = await opened({ '.callboard/config.yaml': 'model: {}\n' });
    expect(catalog.codes()).toContain('unknown-kind');
    await catalog.write({ '.callboard/config.yaml': 'model:\n  layers: [model/*.yaml]\n' });
    expect(messages(catalog)).toEqual([]);
    await catalog.write({ 'model/tier.yaml': '- op: removeKind.v1\n  kind: Runbook\n' });
    expect(messages(catalog)).toEqual([
      'unknown-kind: No processor recognized the entity runbook:default/billing-on-call as valid, possibly caused by a foreign kind or apiVersion',
    ]);
    await catalog.remove('model/tier.yaml');
    expect(messages(catalog)).toEqual([]);
  });
});

/** `message: text at its range` of the problems of a file. */
function placedMessages(catalog: TestCatalog, path: string, text: string): readonly string[] {
  return catalog
    .problems(path)
    .map(({ message, range }) => `${message}: ${textAt(text, range).replace(/\s+/g, ' ')}`);
}

describe('Configuration of model layers', () => {
  it.each([
    ['[model]\n', 'The configuration must be an object: [model]'],
    ['model: layers\n', 'model must be an object with layers: layers'],
    ['model: { layer: [] }\n', '"layer" isn\'t a field of model. Known: layers: layer'],
    [
      'model: { layers: model/a.yaml }\n',
      'model.layers must be a list of paths or globs: model/a.yaml',
    ],
    ['model: { layers: [7] }\n', 'A layer must be a path or a glob: 7'],
  ])('reports %s', async (text, expected) => {
    const catalog = await openCatalog({ '.callboard/config.yaml': text });
    expect(placedMessages(catalog, '.callboard/config.yaml', text)).toEqual([expected]);
  });

  it('hides a problem that a comment disables', async () => {
    const text = '# callboard-disable-next-line invalid-config\nmodel: layers\n';
    expect(messages(await openCatalog({ '.callboard/config.yaml': text }))).toEqual([]);
  });

  it.each([
    ['../model.yaml', 'invalid-config: The layer ../model.yaml is outside the workspace folder'],
    ['/model.yaml', 'invalid-config: The layer /model.yaml is outside the workspace folder'],
    ['none.yaml', "invalid-model: File none.yaml doesn't exist"],
  ])('reports the path %s', async (pattern, expected) => {
    const catalog = await openCatalog({
      '.callboard/config.yaml': `model: { layers: [${pattern}] }\n`,
    });
    expect(messages(catalog)).toEqual([expected]);
  });

  it('reports a layer that it must not read or cannot read', async () => {
    const catalog = await openCatalog({
      '.callboard/config.yaml': 'model: { layers: [link.yaml, secret.yaml] }\n',
      'secret.yaml': '[]',
      '/other/model.yaml': '[]',
    });
    catalog.files.link('/work/link.yaml', '/other/model.yaml');
    catalog.files.setReadable('/work/secret.yaml', false);
    await catalog.engine.refresh();
    expect(messages(catalog)).toEqual([
      "invalid-model: Can't read link.yaml: it leads out of the workspace",
      "invalid-model: Can't read secret.yaml: permission denied",
    ]);
  });

  it('finds the layers of a pattern in every folder but those of packages', async () => {
    const layer = '- { op: removeKind.v1, kind: Unheard }\n';
    const catalog = await openCatalog({
      '.callboard/config.yaml': 'model: { layers: ["**/*.layer.yaml"] }\n',
      'a.layer.yaml': layer,
      'b/c/d.layer.yaml': layer,
      'b/other.yaml': layer,
      'node_modules/e.layer.yaml': layer,
    });
    expect(catalog.problems().map(({ file }) => file?.replace('file:///work/', ''))).toEqual([
      'a.layer.yaml',
      'b/c/d.layer.yaml',
    ]);
  });

  it('suggests the nearest name of a field', async () => {
    const catalog = await openCatalog({
      '.callboard/config.yaml': 'model: { layers: [layer.yaml] }\n',
      'layer.yaml': '- { op: removeKind.v1, kind: API, kinds: API }\n',
    });
    expect(catalog.problems('layer.yaml')).toMatchObject([{ suggestions: ['kind'] }]);
  });
});

describe('Schema of a kind', () => {
  const declared = (schema: string): string => `- op: declareKind.v1
  kind: Dataset
  group: acme.com
  properties: { singular: dataset, plural: datasets, description: Data. }
- op: declareKindVersion.v1
  kind: Dataset
  name: v1
  properties: { schema: { jsonSchema: ${schema} } }
`;

  it.each([
    ['{ type: array, properties: {} }', 'Schema root type must be "object": array'],
    [
      '{ properties: {}, allOf: [{ type: object }] }',
      'Schema must not use "allOf" keyword in the root: [{ type: object }]',
    ],
    ['{ type: object }', 'Schema must have a "properties" field that is an object: jsonSchema'],
    [
      '{ properties: { metadata: {} } }',
      'Schema must not try to declare the reserved root field "metadata": {}',
    ],
    ['{ properties: { spec: true } }', 'Schema for root field "spec" must be an object: true'],
    [
      '{ properties: { spec: { not: {} } } }',
      'Schema for root field "spec" must not use "not" keyword: {}',
    ],
    [
      '{ properties: { spec: { properties: { a: { $ref: other.json } } } } }',
      'The schema of Dataset v1 can\'t be used: $ref "other.json" leads out of the schema: schema',
    ],
  ])('is reported: %s', async (schema, expected) => {
    const layer = declared(schema);
    const catalog = await openCatalog({
      '.callboard/config.yaml': 'model: { layers: [layer.yaml] }\n',
      'layer.yaml': layer,
    });
    expect(placedMessages(catalog, 'layer.yaml', layer)).toEqual([expected]);
  });
});

it('a kind of the settings stays valid beside layers', async () => {
  const customKinds = [{ kind: 'Server', apiVersions: ['acme.com/v1', 'acme.com/v2'] }];
  const entity = (apiVersion: string, name: string): string =>
    `apiVersion: ${apiVersion}\nkind: Server\nmetadata: { name: ${name} }\nspec: { any: 1 }\n`;
  const catalog = await openCatalog(
    {
      '.callboard/config.yaml': 'model: { layers: [layer.yaml] }\n',
      'layer.yaml': '- { op: removeKind.v1, kind: API }\n',
      'catalog-info.yaml': `${entity('acme.com/v2', 'a')}---\n${entity('acme.com/v3', 'b')}`,
    },
    { options: { customKinds } },
  );
  expect(catalog.refs()).toEqual(['server:default/a']);
  expect(catalog.codes()).toEqual(['unknown-kind']);
});
