import { describe, expect, it } from 'vitest';
import { actionsAt, offered } from '../../../../../support/codeActions';
import { aComponent, aDescriptor, documents } from '../../../../../support/descriptors';
import { openLanguageWorkspace } from '../../../../../support/languageWorkspace';

const files = { 'org.yaml': documents(aDescriptor('group:team'), aDescriptor('group:sales/crew')) };

describe('Expanding and shortening of refs', () => {
  it.each([
    ['Expand ref to group:default/team', 'owner: te<|>am # us', 'owner: group:default/team # us'],
    ['Expand ref to group:default/team', "owner: 'te<|>am'", "owner: 'group:default/team'"],
    ['Expand ref to group:sales/crew', 'owner: sales/<|>crew', 'owner: group:sales/crew'],
    ['Expand ref to group:default/Team', 'owner: Group:<|>Team', 'owner: group:default/Team'],
    ['Shorten ref to team', 'owner: "<|>group:default/team"', 'owner: "team"'],
    ['Shorten ref to sales/crew', 'owner: group:sales/crew<|>', 'owner: sales/crew'],
    ['Shorten ref to user:jane', 'owner: user:default/jane<|>', 'owner: user:jane'],
  ])('%s: %s', async (title, before, after) => {
    const text = aComponent('shop').replace('owner: team', before);
    const actions = await offered({ files, text, only: ['refactor.rewrite'] });
    expect(actions.find(title).kind).toBe('refactor.rewrite');
    expect(actions.text(title)).toBe(aComponent('shop').replace('owner: team', after));
  });

  it('omits the namespace of the entity', async () => {
    const text = aDescriptor('component:sales/shop', { owner: 'group:sales/crew' });
    const actions = await offered({ files, text: text.replace('sales/crew', 'sales/<|>crew') });
    expect(actions.text('Shorten ref to crew')).toBe(text.replace('group:sales/crew', 'crew'));
  });

  it('supports annotations, which include the kind', async () => {
    const text = aDescriptor(
      'component:sales/shop',
      { owner: 'crew' },
      { annotations: { 'backstage.io/techdocs-entity': 'group:default/team' } },
    );
    const { titles } = await offered({
      files,
      text: text.replace('default/team', '<|>default/team'),
    });
    expect(titles).toEqual(['Shorten ref to group:team']);
  });

  it("isn't offered for templated refs", async () => {
    const text = aComponent('shop').replace('owner: team', "owner: '${{ parameters.o<|>wner }}'");
    expect((await offered({ files, text })).titles).toEqual([]);
  });
});

describe('Move the definition to a file', () => {
  const api = (type: string, definition: string): string =>
    `apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: prices
spec:
  type: ${type}
  definition<|>: ${definition}
  lifecycle: production
  owner: team # us
`;

  it.each([
    [
      'openapi.yaml',
      'openapi',
      '|\n    openapi: 3.1.0\n    # c\n    info: {}',
      'openapi: 3.1.0\n# c\ninfo: {}\n',
    ],
    ['openapi.json', 'openapi', '\'{"openapi": "3.1.0"}\'', '{"openapi": "3.1.0"}'],
    ['asyncapi.yaml', 'asyncapi', '|-\n    asyncapi: 3.0.0', 'asyncapi: 3.0.0'],
    ['graphql', 'graphql', '>\n    type Query {}', 'type Query {}\n'],
    ['proto', 'grpc', '|+\n    syntax = "proto3";\n', 'syntax = "proto3";\n\n'],
    ['txt', 'other', 'text', 'text'],
  ])('creates prices.%s', async (extension, type, definition, content) => {
    const text = api(type, definition);
    const actions = await offered({ files, text });
    const title = `Move the definition to ./prices.${extension}`;
    expect(actions.find(title).kind).toBe('refactor.extract');
    const changes = actions.changes(title);
    expect(changes[`prices.${extension}`]).toBe(content);
    expect(changes['catalog-info.yaml']?.replace('\n\n', '\n')).toBe(
      api(type, `\n    $text: ./prices.${extension}`).replace('<|>', '').replace(': \n', ':\n'),
    );
    expect(await actions.codesAfter(title)).toEqual([]);
  });

  it('keeps the line ends of the descriptor', async () => {
    const text = api('openapi', '|\n    openapi: 3.1.0').replaceAll('\n', '\r\n');
    const actions = await offered({ files, text });
    const changes = actions.changes('Move the definition to ./prices.openapi.yaml');
    expect(changes['prices.openapi.yaml']).toBe('openapi: 3.1.0\n');
    expect(changes['catalog-info.yaml']?.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it.each([
    ['with a comment', '| # mine\n    openapi: 3.1.0'],
    ['in a file', '\n    $text: ./a.yaml'],
  ])("isn't offered for a definition %s", async (_, definition) => {
    expect(
      (await offered({ files, text: api('openapi', definition), only: ['refactor'] })).titles,
    ).toEqual([]);
  });

  it("doesn't overwrite a file", async () => {
    const text = api('graphql', '|\n    type Query {}');
    const { titles } = await offered({ files: { ...files, 'prices.graphql': '' }, text });
    expect(titles).toEqual([]);
  });
});

describe('Ignore a problem', () => {
  it('inserts a comment above the line in the document at the cursor', async () => {
    const broken = aComponent('b', { owner: 'nobody' });
    const text = documents(aComponent('a'), broken.replace('nobody', 'no<|>body'));
    const actions = await offered({ files, text });
    const title = 'Ignore dangling-reference on this line';
    expect(actions.text(title)).toBe(
      documents(
        aComponent('a'),
        broken.replace('  owner', '  # callboard-disable-next-line dangling-reference\n  owner'),
      ),
    );
    expect(await actions.codesAfter(title)).toEqual([]);
  });

  it("is offered for a text's own problems", async () => {
    const workspace = await openLanguageWorkspace({ ...files, 'a.yaml': aComponent('a') });
    const request = workspace.actions('a.yaml', `<|>${aComponent('a')}`);
    const own = {
      code: 'misspelled-field',
      severity: 'hint',
      message: '',
      file: request.text.uri,
      document: 0,
      range: request.range,
    } as const;
    const actions = await actionsAt({ ...request, problems: [own] });
    expect(actions.map(({ title }) => title)).toEqual(['Ignore misspelled-field on this line']);
  });

  it("is offered for a plugin's problems, which only the client has", async () => {
    const workspace = await openLanguageWorkspace({ ...files, 'a.yaml': aComponent('a') });
    const marked = aComponent('a').replace('name: a', 'name: <|>a');
    const request = workspace.actions('a.yaml', marked);
    const { range } = request;
    const renamed = { source: 'callboard', code: 'renamed-in-backstage', message: 'Old', range };
    const missing = { ...renamed, code: 'missing-runbook' };
    const [action, second, ...more] = await actionsAt({
      ...request,
      only: ['quickfix'],
      diagnostics: [{ ...renamed, source: 'else' }, renamed, missing],
    });
    expect(second?.title).toBe('Ignore missing-runbook on this line');
    expect(more).toEqual([]);
    expect(action).toMatchObject({
      title: 'Ignore renamed-in-backstage on this line',
      diagnostics: [renamed],
    });
    const [change] = action?.edit?.documentChanges ?? [];
    expect(change).toMatchObject({
      edits: [{ newText: '  # callboard-disable-next-line renamed-in-backstage\n' }],
    });
  });
});
