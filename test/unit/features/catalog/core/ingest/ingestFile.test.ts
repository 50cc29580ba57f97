import { describe, expect, it } from 'vitest';
import { aComponent, aDescriptor, documents } from '../../../../../support/descriptors';
import { marked } from '../../../../../support/markedText';
import { openCatalog } from '../../../../../support/testCatalog';

const SILENT = { refs: [], codes: [] };

async function judge(
  text: string,
  path = 'x.yaml',
): Promise<{ refs: readonly string[]; codes: readonly string[] }> {
  const catalog = await openCatalog({
    [path]: text,
    'org.yaml': documents(aDescriptor('group:team'), aDescriptor('group:o')),
  });
  const org = ['group:default/team', 'group:default/o'];
  return {
    refs: catalog.refs().filter(ref => !org.includes(ref)),
    codes: catalog.codes(path),
  };
}

/** A complete entity; a text replaces `$1`. */
const component = (name: string, more = ''): string =>
  `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: ${name}\nspec:\n  type: service\n  lifecycle: production\n  owner: team\n${more}`;

it('overwrites the location annotations of an entity', async () => {
  const text = aDescriptor(
    'component:a',
    {},
    {
      annotations: { 'backstage.io/managed-by-origin-location': 5 },
    },
  );
  expect(await judge(text)).toEqual({ refs: ['component:default/a'], codes: [] });
});

describe('descriptor detection', () => {
  it.each([
    ['accepts any file name', 'x.yaml', aComponent('a'), ['component:default/a']],
    ['accepts the other extension', 'x.yml', aComponent('a'), ['component:default/a']],
    [
      'accepts a document among others',
      'x.yaml',
      documents('apiVersion: v1\nkind: Pod\n', aComponent('a')),
      ['component:default/a'],
    ],
    ['ignores other extensions', 'x.txt', aComponent('a'), []],
    ['ignores mentions', 'x.yaml', 'text: see backstage.io/v1alpha1\n', []],
    [
      'ignores other API versions',
      'x.yaml',
      'apiVersion: notbackstage.io/v1\nkind: Component\n',
      [],
    ],
    [
      'ignores Kubernetes annotations',
      'x.yaml',
      'apiVersion: v1\nkind: Pod\nmetadata: {labels: {backstage.io/kubernetes-id: a}}\n',
      [],
    ],
    ['nothing', 'x.yaml', '', []],
    ['ignores other documents of a descriptor file', 'catalog-info.yaml', '# nothing yet\n', []],
  ])('%s', async (_, path, text, refs) => {
    expect(await judge(text, path)).toEqual({ refs, codes: [] });
  });

  it.each([
    ['a list', '- a\n'],
    ['a text', 'hello\n'],
    ['an object without apiVersion', 'kind: Component\nmetadata: {name: a}\n'],
  ])('treats a catalog-info.yaml with %s as a descriptor', async (_, text) => {
    expect(await judge(text, 'catalog-info.yaml')).toEqual({
      refs: [],
      codes: ['invalid-envelope'],
    });
    expect(await judge(text, 'other.yaml')).toEqual(SILENT);
  });

  it('checks all documents beside a descriptor unless they are clearly something else', async () => {
    const text = documents(aComponent('a'), '- b\n', 'apiVersion: v1\nkind: Pod\n');
    expect(await judge(text)).toEqual({
      refs: ['component:default/a'],
      codes: ['invalid-envelope'],
    });
  });

  it.each([
    ['an incomplete value', 'metadata:\n  name: a\nspec:\n  owner: "te'],
    ['an incomplete list', 'metadata: [\n'],
    ['a tab', 'metadata:\n\tname: a\n'],
  ])('reports broken YAML of a descriptor: %s', async (_, rest) => {
    const text = `apiVersion: backstage.io/v1alpha1\nkind: Component\n${rest}`;
    expect(await judge(text)).toEqual({ refs: [], codes: ['yaml-syntax'] });
  });

  it('reports a broken document by its number and keeps the others', async () => {
    const catalog = await openCatalog({
      'x.yaml': documents(
        aDescriptor('group:a'),
        'kind: Group\nmetadata: [\n',
        aDescriptor('group:b'),
      ),
    });
    expect(catalog.refs()).toEqual(['group:default/a', 'group:default/b']);
    expect(catalog.problems().map(({ document }) => document)).toEqual([1]);
  });
});

describe('templates', () => {
  it.each([
    ['a name', component('${{ values.name }}')],
    ['a Jinja name', component('{{ cookiecutter.name }}').replaceAll("'", '"')],
    ['a quoted name', component('"{{ name }}"')],
    ['a reference', component('a').replace('owner: team', 'owner: ${{ values.owner }}')],
    [
      'a field that would be invalid',
      component('a').replace('service', '"{{ 1 }}"').replace('owner: team', 'owner: "${{ x }}"'),
    ],
    ['a control statement', component('a', '{% if values.x %}\n  system: s\n{% endif %}\n')],
    ['a comment', component('a', '{# later #}\n')],
    ['an unquoted value', component('a', '  system: {{ system }}\n')],
    ['an invalid tag', component('a').replace('spec:', '  tags: ["${{ tag }}"]\nspec:')],
  ])('in a skeleton are ignored: %s', async (_, text) => {
    expect(await judge(text)).toEqual(SILENT);
  });

  it('are entities of kind Template', async () => {
    const text = aDescriptor('template:t', {
      parameters: [{ title: '${{ x }}' }],
      steps: [
        {
          id: 's',
          action: 'fetch:template',
          input: { url: './s', values: { n: '${{ parameters.n }}' } },
        },
      ],
    });
    expect((await judge(text)).refs).toEqual(['template:default/t']);
  });

  it('with errors are reported', async () => {
    const text = aDescriptor('template:t', { steps: [{ action: 7, input: { a: '${{ user }}' } }] });
    expect(await judge(text)).toEqual({ refs: [], codes: ['invalid-spec'] });
  });

  it.each([
    ['in prose', component('a').replace('spec:', '  description: Write {{ name }} here\nspec:')],
    ['in an annotation', component('a').replace('spec:', '  annotations: {x: "{{ y }}"}\nspec:')],
    [
      'in a definition',
      'apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: {name: a}\nspec:\n  type: openapi\n  lifecycle: x\n  owner: team\n  definition: |\n    servers: [{url: "{{ host }}"}]\n',
    ],
  ])("don't hide an entity: %s", async (_, text) => {
    expect((await judge(text)).refs).toHaveLength(1);
  });

  it("in a definition don't hide errors elsewhere", async () => {
    const text = `apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: {name: a}\nspec:\n  type: 7\n  lifecycle: x\n  owner: team\n  definition: |\n    {{ host }}\n`;
    expect(await judge(text)).toEqual({ refs: [], codes: ['invalid-spec'] });
  });

  it.each([
    ['x.yaml', 't', ['yaml-syntax']],
    ['x.yaml', '${{ values.name }}', []],
    ['skeleton/x.yaml', 't', []],
    ['my-skeleton-x.yaml', 't', ['yaml-syntax']],
  ])(
    'in a Template hide broken YAML only in a skeleton: %s named %s',
    async (path, name, codes) => {
      const text = `apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata: {name: "${name}"}\nspec:\n  type: service\n  steps:\n    - action: fetch:plain\n      input:\n        url: \${{ parameters.url }}\n       targetPath: .\n`;
      expect(await judge(text, path)).toEqual({ refs: [], codes });
    },
  );

  it.each([
    ['in a definition', 'spec:\n  definition: |\n    a: {{ host }}\n    {% raw %}\n  owner: [\n'],
    [
      'in prose',
      'metadata:\n  name: a\n  description: |\n    Use {{ name }}.\n    {{ this }}\nspec: [\n',
    ],
    ['in a comment', '# {{ x }}\nspec: [\n'],
    ['in quotes', 'metadata: {description: "a: {{ x }}"}\nspec: [\n'],
  ])("don't hide broken YAML elsewhere: %s", async (_, rest) => {
    const text = `apiVersion: backstage.io/v1alpha1\nkind: API\n${rest}`;
    expect(await judge(text)).toEqual({ refs: [], codes: ['yaml-syntax'] });
  });
});

describe('skeletons', () => {
  const template = (url: unknown, action = 'fetch:template'): string =>
    aDescriptor('template:t', { steps: [{ id: 's', name: 'S', action, input: { url } }] });

  it.each([
    ['./skeleton', true],
    ['skeleton/', true],
    ['./skeleton/catalog-info.yaml', true],
    ['./skeleton/${{ parameters.kind }}', true],
    ['./other', false],
    ['.', false],
    ['https://example.com/skeleton', false],
    ['./${{ parameters.where }}', false],
    [7, false],
  ])("at %j hide the folder's descriptors: %s", async (url, isHidden) => {
    const catalog = await openCatalog({
      'template.yaml': template(url),
      'skeleton/catalog-info.yaml': aDescriptor('group:g'),
    });
    expect(catalog.refs().includes('group:default/g')).toBe(!isHidden);
  });

  it('hide errors until the Template is deleted', async () => {
    const catalog = await openCatalog({
      't/template.yaml': template('./skeleton', 'fetch:cookiecutter'),
      't/skeleton/catalog-info.yaml': 'metadata: {{ x }}\n',
      't/skeleton/x.yaml': aComponent('a', { type: 7 }),
    });
    expect(catalog.codes('t/skeleton/x.yaml')).toEqual([]);
    await catalog.remove('t/template.yaml');
    expect(catalog.codes('t/skeleton/x.yaml')).toEqual(['invalid-spec']);
  });
});

describe('problems of one document', () => {
  it.each([
    ['invalid-envelope', 'apiVersion: backstage.io/v1alpha1\n<|kind|>: 7\nmetadata: {name: a}\n'],
    [
      'invalid-metadata',
      'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: <|a b|>}\nspec: {type: t, children: []}\n',
    ],
    [
      'invalid-spec',
      'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: a}\nspec: {type: <|7|>, children: []}\n',
    ],
    [
      'invalid-reference',
      'apiVersion: backstage.io/v1alpha1\nkind: Resource\nmetadata: {name: a}\nspec: {type: t, owner: team, dependsOn: [<|bare|>]}\n',
    ],
    ['unknown-kind', 'apiVersion: backstage.io/v1alpha1\nkind: <|Widget|>\nmetadata: {name: a}\n'],
    [
      'unknown-kind',
      'apiVersion: <|backstage.io/v9|>\nkind: Group\nmetadata: {name: a}\nspec: {type: t, children: []}\n',
    ],
    [
      'case-variant-keys',
      'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: a}\nspec: {type: t, children: [], x: 1, <|X|>: 2}\n',
    ],
    [
      'placeholder-missing',
      'apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: {name: a}\nspec: {type: t, owner: team, lifecycle: l, definition: {$text: <|./no.txt|>}}\n',
    ],
    [
      'dangling-reference',
      'apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata: {name: a}\nspec: {owner: <|nobody|>}\n',
    ],
    ['yaml-syntax', 'apiVersion: backstage.io/v1alpha1\nkind: Group\n<|kind|>: Group\n'],
  ])('%s is marked at its position: %j', async (code, source) => {
    const { text, ranges } = marked(source);
    const catalog = await openCatalog({ 'x.yaml': text, 'org.yaml': aDescriptor('group:team') });
    const found = catalog.problems('x.yaml').map(problem => [problem.code, problem.range]);
    if (source.includes('<|kind|>: 7')) {
      expect(found.map(([first]) => first)).toEqual([code]);
    } else expect(found).toEqual([[code, ranges[0]]]);
  });

  it('mark refs of a list at their written position despite sorting', async () => {
    const { text, ranges } = marked(
      'apiVersion: backstage.io/v1alpha1\nkind: User\nmetadata: {name: a}\nspec:\n  memberOf:\n    - team\n    - <|nobody|>\n    - <|another|>\n',
    );
    const catalog = await openCatalog({ 'x.yaml': text, 'org.yaml': aDescriptor('group:team') });
    expect(catalog.problems('x.yaml').map(({ range }) => range)).toEqual(ranges);
    expect(catalog.messages('x.yaml')).toEqual([
      'spec.memberOf[1] refers to group:default/nobody, which is not in the catalog',
      'spec.memberOf[2] refers to group:default/another, which is not in the catalog',
    ]);
  });
});

describe('files', () => {
  it('that are too large are reported only if they look like descriptors', async () => {
    const catalog = await openCatalog(
      {
        'catalog-info.yaml': `# ${'x'.repeat(500)}\n`,
        'descriptor.yaml': `${aComponent('a')}# ${'x'.repeat(500)}\n`,
        'other.yaml': `# ${'x'.repeat(500)}\n`,
      },
      { options: { maxFileSize: 400 } },
    );
    expect(catalog.refs()).toEqual([]);
    expect(
      ['catalog-info.yaml', 'descriptor.yaml', 'other.yaml'].map(p => catalog.codes(p)),
    ).toEqual([['file-too-large'], ['file-too-large'], []]);
  });

  it("that can't be read are reported only if named catalog-info.yaml", async () => {
    const catalog = await openCatalog({ 'a/catalog-info.yaml': aComponent('a'), 'b.yaml': 'b' });
    catalog.files.setReadable('/work/a/catalog-info.yaml', false);
    catalog.files.setReadable('/work/b.yaml', false);
    await catalog.engine.refresh();
    expect(catalog.codes()).toEqual(['file-not-read']);
  });

  it('with invalid UTF-8 are read', async () => {
    const text = new TextEncoder().encode(aDescriptor('group:a', {}, { description: 'x~y' }));
    const catalog = await openCatalog({
      'x.yaml': text.map(byte => (byte === 0x7e ? 0xff : byte)),
    });
    expect(catalog.entity('group:default/a')?.metadata['description']).toBe('x\uFFFDy');
  });
});

describe('custom kinds', () => {
  const options = {
    customKinds: [
      {
        kind: 'Widget',
        apiVersions: ['example.com/v1'],
        relations: [
          { field: 'spec.owner', type: 'ownedBy', inverse: 'ownerOf', defaultKind: 'Group' },
        ],
      },
    ],
  };

  it('are recognized by apiVersion and related by their fields', async () => {
    const catalog = await openCatalog(
      {
        'x.yaml':
          'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\nspec: {owner: team}\n',
      },
      { options },
    );
    expect(catalog.relations('group:default/team')).toEqual(['ownerOf widget:default/w']);
  });
});

describe('comments and settings', () => {
  const broken = (comment: string): string =>
    `apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata: {name: a}\nspec:\n  ${comment}`;

  it.each([
    ['owner: nobody # callboard-disable-line', []],
    ['owner: nobody # callboard-disable-line dangling-reference', []],
    ['owner: nobody # callboard-disable-line other, dangling-reference -- a reason', []],
    ['owner: nobody # callboard-disable-line other', ['dangling-reference']],
    ['# callboard-disable-next-line dangling-reference\n  owner: nobody', []],
    ['# callboard-disable-next-line\n\n  owner: nobody', ['dangling-reference']],
    ['# callboard-disable-line\n  owner: nobody', ['dangling-reference']],
    ['owner: nobody # a word about callboard-disable-line', ['dangling-reference']],
    ['owner: nobody#callboard-disable-line', ['dangling-reference']],
  ])('%j', async (text, codes) => {
    expect((await judge(broken(text))).codes).toEqual(codes);
  });

  it('change severities and disable problems', async () => {
    const catalog = await openCatalog(
      { 'x.yaml': aDescriptor('system:a', { owner: 'b' }), 'y.yaml': aComponent('a', { type: 7 }) },
      { options: { severities: { 'dangling-reference': 'error', 'invalid-spec': 'off' } } },
    );
    expect(catalog.problems().map(({ code, severity }) => [code, severity])).toEqual([
      ['dangling-reference', 'error'],
    ]);
    expect(catalog.refs()).toEqual(['system:default/a']);
  });
});
