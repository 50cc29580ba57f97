import { describe, expect, it } from 'vitest';
import { aDescriptor } from '../../../../../support/descriptors';
import { textAt } from '../../../../../support/markedText';
import { at, openCatalog, type TestCatalog } from '../../../../../support/testCatalog';

const dataset = (spec: string): string =>
  `apiVersion: acme.com/v1\nkind: Dataset\nmetadata:\n  name: rates\nspec:\n${spec}`;

const schema = {
  $schema: 'http://json-schema.org/draft-07/schema',
  $id: 'DatasetV1',
  allOf: [
    { $ref: 'Entity' },
    {
      type: 'object',
      required: ['spec'],
      properties: {
        apiVersion: { enum: ['acme.com/v1'] },
        kind: { enum: ['Dataset'] },
        spec: {
          type: 'object',
          required: ['owner'],
          properties: {
            owner: { type: 'string', minLength: 1 },
            rows: { type: 'integer' },
            columns: { type: 'array', items: { $ref: '#/definitions/column' }, uniqueItems: true },
          },
        },
      },
    },
  ],
  definitions: { column: { type: 'string', pattern: '^[a-z_]+$' } },
};

async function opened(
  files: Readonly<Record<string, string>>,
  { path = 'schemas/dataset.json', roots = ['work'] }: { path?: string; roots?: string[] } = {},
): Promise<TestCatalog> {
  const relations = [
    { field: 'spec.owner', type: 'ownedBy', inverse: 'ownerOf', defaultKind: 'Group' },
  ];
  const customKinds = [{ kind: 'Dataset', apiVersions: ['acme.com/v1'], schema: path, relations }];
  return openCatalog(files, { options: { customKinds }, roots });
}

const files = (spec: string, content: unknown = schema): Record<string, string> => ({
  'schemas/dataset.json': typeof content === 'string' ? content : JSON.stringify(content),
  'data.yaml': dataset(spec),
});

describe('Kind with a JSON schema', () => {
  it('accepts valid entities with their relations', async () => {
    const catalog = await opened({
      ...files('  owner: team\n  columns: [a, b]\n'),
      'org.yaml': aDescriptor('group:team'),
    });
    expect(catalog.problems()).toEqual([]);
    expect(catalog.relations('dataset:default/rates')).toEqual(['ownedBy group:default/team']);
  });

  it('keeps the descriptions of its schema', async () => {
    const spec = { description: 'What only data has.', properties: { rows: { title: 'Rows' } } };
    const catalog = await opened(
      files('  rows: 1\n', { properties: { spec }, title: 7, description: 'Data.' }),
    );
    expect(catalog.problems()).toEqual([]);
    expect(Object.values(catalog.engine.model.schemas)).toMatchObject([
      {
        definitions: {
          s0: { description: 'Data.', properties: { spec: { description: spec.description } } },
        },
      },
    ]);
  });

  it('accepts any file name for the schema', async () => {
    const { 'data.yaml': data = '' } = files('  rows: 1\n');
    const content = { properties: { spec: { required: ['owner'] } } };
    const catalog = await opened(
      { 'data.yaml': data, ['__proto__']: JSON.stringify(content) },
      { path: '__proto__' },
    );
    expect(catalog.problems('data.yaml').map(({ code }) => code)).toEqual(['invalid-spec']);
  });

  it("reports errors in Backstage's words at their position", async () => {
    const catalog = await opened(files('  rows: many\n  columns: [a, B, a]\n'));
    const text = dataset('  rows: many\n  columns: [a, B, a]\n');
    expect(
      catalog
        .problems('data.yaml')
        .map(({ code, message, range }) => [code, message, textAt(text, range)]),
    ).toEqual([
      [
        'invalid-spec',
        "/spec must have required property 'owner' - missingProperty: owner",
        'spec',
      ],
      ['invalid-spec', '/spec/rows must be integer - type: integer', 'many'],
      [
        'invalid-spec',
        '/spec/columns must NOT have duplicate items (items ## 0 and 2 are identical) - i: 2, j: 0',
        '[a, B, a]',
      ],
      ['invalid-spec', '/spec/columns/1 must match pattern "^[a-z_]+$" - pattern: ^[a-z_]+$', 'B'],
    ]);
    expect(catalog.refs()).toEqual([]);
  });

  it('checks every pattern', async () => {
    const spec = { owner: { pattern: '^team-' }, tier: { pattern: '^\\d$' } };
    const catalog = await opened(
      files('  owner: crew\n  tier: "1"\n', { properties: { spec: { properties: spec } } }),
    );
    expect(catalog.problems('data.yaml').map(({ message }) => message)).toEqual([
      '/spec/owner must match pattern "^team-" - pattern: ^team-',
    ]);
  });

  it('accepts YAML schemas in several files and folders', async () => {
    const texts = {
      '/two/schemas/dataset.yaml':
        'properties:\n  spec:\n    $ref: parts/spec.yaml#/definitions/own%20spec\n',
      '/two/schemas/parts/spec.yaml':
        'definitions:\n  own spec:\n    required: [owner]\n    properties:\n      next: { $ref: ../dataset.yaml }\n',
      'data.yaml': dataset('  next: { spec: {} }\n'),
    };
    const catalog = await opened(texts, { path: 'schemas/dataset.yaml', roots: ['work', 'two'] });
    expect(catalog.messages()).toEqual([
      "/spec must have required property 'owner' - missingProperty: owner",
      "/spec/next/spec must have required property 'owner' - missingProperty: owner",
    ]);
  });

  it('adds requirements to an existing kind', async () => {
    const customKinds = [
      { kind: 'Component', apiVersions: ['backstage.io/v1alpha1'], schema: 'tags.json' },
    ];
    const catalog = await openCatalog(
      {
        'tags.json': '{"properties":{"metadata":{"required":["tags"]}}}',
        'a.yaml': aDescriptor('component:a'),
        'b.yaml': aDescriptor('component:b', { owner: undefined }),
      },
      { options: { customKinds } },
    );
    expect(catalog.messages()).toEqual([
      "/metadata must have required property 'tags' - missingProperty: tags",
      "/spec must have required property 'owner' - missingProperty: owner",
    ]);
  });

  it('reloads when its file or a referenced file changes', async () => {
    const catalog = await opened(files('  owner: x\n', { $ref: 'own.json' }));
    expect(catalog.codes()).toContain('custom-kind-schema');
    await catalog.write({ 'schemas/own.json': '{"properties":{"spec":{"required":["rows"]}}}' });
    expect(catalog.codes()).toEqual(['invalid-spec']);
    await catalog.remove('schemas');
    expect(catalog.codes()).toContain('custom-kind-schema');
    expect(catalog.refs()).toEqual(['dataset:default/rates']);
    await catalog.write({ 'schemas/dataset.json': 'true' });
    expect(catalog.codes()).not.toContain('custom-kind-schema');
  });
});

describe('Invalid schema', () => {
  const cases: readonly [string, unknown, string, string][] = [
    ["isn't JSON or YAML", '{"type": ', 'schemas/dataset.json', ''],
    ["isn't a schema", '[]', 'schemas/dataset.json', 'A schema must be an object or a boolean'],
    [
      'has a wrong type',
      { type: 'text' },
      'schemas/dataset.json',
      '/type must be equal to one of the allowed values',
    ],
    [
      'refers to another host',
      { $ref: 'https://example.com/x.json' },
      'schemas/dataset.json',
      'https://example.com/x.json is on another machine',
    ],
    [
      'refers to a file outside the workspace',
      { $ref: '../../secret.json' },
      'schemas/dataset.json',
      '../../secret.json is outside the workspace',
    ],
    [
      'refers to a missing file',
      { allOf: [{ $ref: 'gone.json' }] },
      'schemas/dataset.json',
      '$ref "gone.json": There is no such file',
    ],
    [
      'has a broken reference',
      { $ref: '#/definitions/x' },
      'schemas/dataset.json',
      '$ref "#/definitions/x" leads to nothing',
    ],
    [
      'has a pattern without linear matching',
      { properties: { kind: { pattern: '(a)\\1' } } },
      'schemas/dataset.json',
      'A pattern refers to one of its groups: \\1',
    ],
    [
      'has too many subschemas',
      { anyOf: Array.from({ length: 6000 }, () => ({})) },
      'schemas/dataset.json',
      'There are more than 5000 schemas',
    ],
    [
      'has too many dependencies',
      { dependencies: { kind: Array.from({ length: 6000 }, (_, index) => `p${index}`) } },
      'schemas/dataset.json',
      'There are more than 5000 schemas',
    ],
    [
      'has an oversized pattern',
      { properties: { kind: { pattern: 'a|'.repeat(5000) } } },
      'schemas/dataset.json',
      'A pattern is longer than 5000 characters',
    ],
    [
      'has oversized patterns in total',
      { allOf: Array.from({ length: 30 }, (_, index) => ({ pattern: `(?:a?){1000}${index}` })) },
      'schemas/dataset.json',
      'The patterns of the schema are too large',
    ],
    ['is too large', `"${'x'.repeat(1024 * 1024)}"`, 'schemas/dataset.json', 'it is larger than'],
  ];
  it.each(cases)('is reported at its position because it %s', async (_, content, path, message) => {
    const catalog = await opened({ ...files('  owner: 1\n', content), '/secret.json': '{}' });
    const [problem, ...others] = catalog.problems(path);
    expect(problem).toMatchObject({
      code: 'custom-kind-schema',
      severity: 'error',
      file: at(path),
    });
    expect(problem?.message).toContain(message);
    expect(others).toEqual([]);
    expect(catalog.problems()).toContainEqual(problem);
  });

  it('is marked at the keyword that the compiler rejects', async () => {
    const text = '{"allOf": [{}, {"properties": {"kind": {"minLength": "x"}}}]}';
    const catalog = await opened(files('  owner: x\n', text));
    const [problem] = catalog.problems('schemas/dataset.json');
    expect(problem?.message).toMatch(/\/allOf\/1\/properties\/kind\/minLength must be integer$/);
    expect(problem && textAt(text, problem.range)).toBe('"minLength"');
  });

  it("isn't reported where a comment disables it", async () => {
    const schema = 'properties:\n  spec:\n    # callboard-disable-next-line\n    minLength: x\n';
    const text = (comment: string) => schema.replace('# callboard-disable-next-line', comment);
    const catalog = await opened({
      ...files('  owner: x\n'),
      'schemas/dataset.json': text('# callboard-disable-next-line custom-kind-schema'),
    });
    expect(catalog.problems('schemas/dataset.json')).toEqual([]);
    await catalog.write({ 'schemas/dataset.json': text('# any other comment') });
    expect(catalog.codes()).toContain('custom-kind-schema');
  });

  it('is marked at the broken reference', async () => {
    const text = '{"allOf": [{}, {"$ref": "gone.json"}]}';
    const catalog = await opened(files('  owner: 1\n', text));
    const [problem] = catalog.problems('schemas/dataset.json');
    expect(problem && textAt(text, problem.range)).toBe('"gone.json"');
  });

  it('is reported in the settings if its path leaves the workspace', async () => {
    const catalog = await opened(files(''), { path: '../x.json' });
    expect(catalog.problems('.vscode/settings.json').map(({ code }) => code)).toEqual([
      'custom-kind-schema',
    ]);
  });
});

describe('Hostile schema', () => {
  const doubled = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [
      `d${index}`,
      { allOf: Array.from({ length: 2 }, () => ({ $ref: `#/definitions/d${index + 1}` })) },
    ]),
  );
  const tooManySteps = ['The schema of the kind takes more than 300000 steps to validate'];
  const rowsAre = (items: unknown): unknown => ({
    properties: { spec: { properties: { rows: { items } } } },
  });
  const rows = (item: string): string =>
    `  rows: [${Array.from({ length: 1000 }, () => item).join()}]\n`;
  const allOfSpec = (schema: unknown): unknown => ({
    properties: { spec: { allOf: Array.from({ length: 1000 }, () => schema) } },
  });
  const cases: readonly [string, unknown, string, string[]][] = [
    [
      'with multiplying alternatives',
      { $ref: '#/definitions/d0', definitions: { ...doubled, d60: {} } },
      '  owner: x\n',
      tooManySteps,
    ],
    [
      'that recurses on the same value',
      { allOf: [{ $ref: '#' }] },
      '  owner: x\n',
      ['The schema of the kind takes too long to validate'],
    ],
    [
      'with a pattern prone to backtracking',
      { properties: { spec: { properties: { owner: { pattern: '^(a+)+$' } } } } },
      `  owner: ${'a'.repeat(5000)}b\n`,
      ['/spec/owner must match pattern "^(a+)+$" - pattern: ^(a+)+$'],
    ],
    [
      'that compares each value with thousands',
      rowsAre({ enum: Array.from({ length: 20_000 }, (_, index) => ({ index })) }),
      rows('{index: x}'),
      tooManySteps,
    ],
    [
      'that requires thousands of properties of each value',
      rowsAre({ required: Array.from({ length: 20_000 }, (_, index) => `p${index}`) }),
      rows('{}'),
      tooManySteps,
    ],
    [
      'that forbids thousands of properties a thousand times',
      allOfSpec({ properties: {}, additionalProperties: false }),
      Array.from({ length: 5000 }, (_, index) => `  k${index}: 1\n`).join(''),
      tooManySteps,
    ],
    [
      'that measures a long text a thousand times',
      allOfSpec({ properties: { text: { maxLength: 1_000_000 } } }),
      `  text: ${'x'.repeat(500_000)}\n`,
      tooManySteps,
    ],
    [
      'that compares the items of a long list a thousand times',
      allOfSpec({ properties: { rows: { uniqueItems: true } } }),
      `  rows: [${Array.from({ length: 20_000 }, (_, index) => index).join()}]\n`,
      tooManySteps,
    ],
    [
      'that matches a long text a thousand times',
      allOfSpec({ properties: { text: { pattern: '(?:a?){10}b' } } }),
      `  text: ${'a'.repeat(20_000)}\n`,
      tooManySteps,
    ],
    [
      'that requires unique items',
      { properties: { spec: { properties: { rows: { uniqueItems: true } } } } },
      `  rows: [${Array.from({ length: 20_000 }, (_, index) => `{a: ${index}}`).join()}]\n`,
      [],
    ],
    [
      'with names of object properties',
      '{"properties": {"__proto__": false, "constructor": false}, "__proto__": {"type": 7}}',
      '  owner: x\n',
      [],
    ],
  ];
  it.each(cases)('%s takes bounded time', async (_, content, spec, messages) => {
    const catalog = await opened(files(spec, content));
    const messagesOfCatalog = catalog
      .problems()
      .filter(({ code }) => code !== 'dangling-reference')
      .map(({ message }) => message);
    expect(messagesOfCatalog).toEqual(messages);
  });
});
