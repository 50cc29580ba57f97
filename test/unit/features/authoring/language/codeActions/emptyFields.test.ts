import { describe, expect, it } from 'vitest';
import { offered } from '../../../../../support/codeActions';
import { aComponent, aDescriptor, documents } from '../../../../../support/descriptors';

const files = {
  'org.yaml': documents(aDescriptor('group:team-a'), aDescriptor('group:team')),
  'other.yaml': aComponent('other', { owner: 'team-a', lifecycle: 'beta' }),
};

const HEAD = 'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: shop\n';
const SPEC = 'spec:\n  type: service\n  lifecycle: production\n';

describe('Fix for an empty field', () => {
  it.each([
    ['alone', `${SPEC}  owner:<|>\n`, `${SPEC}  owner: team-a\n`],
    ['before a space', `${SPEC}  owner: <|>\n  system: \n`, undefined],
    ['before a comment', `${SPEC}  owner:<|> # us\n`, `${SPEC}  owner: team-a # us\n`],
    ['at the end of the file', `${SPEC}  owner:<|>`, `${SPEC}  owner: team-a`],
    ['in quotes', `${SPEC}  owner: ""<|>\n`, `${SPEC}  owner: "team-a"\n`],
    ['as a null', `${SPEC}  owner: ~<|> # us\n`, `${SPEC}  owner: team-a # us\n`],
    [
      'in brackets',
      'spec: { owner: <|>, type: service, lifecycle: production }\n',
      'spec: { owner: team-a, type: service, lifecycle: production }\n',
    ],
    [
      'in brackets, as a key alone',
      'spec: { type: service, lifecycle: production, owner:<|> }\n',
      'spec: { type: service, lifecycle: production, owner: team-a }\n',
    ],
    [
      'before the next document',
      `${SPEC}  owner:<|>\n---\n${aComponent('b', { owner: 'team-a' })}`,
      `${SPEC}  owner: team-a\n---\n${aComponent('b', { owner: 'team-a' })}`,
    ],
  ])('%s', async (_, before, after) => {
    const text = HEAD + before;
    const actions = await offered({ files, text });
    const title = 'Set spec.owner to team-a';
    expect(actions.titles).toContain(title);
    if (after === undefined) return;
    expect(actions.find(title)).toMatchObject({ isPreferred: true, kind: 'quickfix' });
    expect(actions.text(title)).toBe(HEAD + after);
    expect(await actions.codesAfter(title)).toEqual([]);
    const crlf = await offered({ files, text: text.replaceAll('\n', '\r\n') });
    expect(crlf.text(title)).toBe((HEAD + after).replaceAll('\n', '\r\n'));
  });

  it.each([
    ['metadata.name', 'work', `${HEAD.replace('shop', '<|>')}${SPEC}  owner: team-a\n`],
    ['spec.type', 'service', `${HEAD}spec:\n  type:<|>\n  lifecycle: beta\n  owner: team-a\n`],
    ['spec.lifecycle', 'beta', `${HEAD}spec:\n  type: a\n  lifecycle:<|>\n  owner: team-a\n`],
    [
      'apiVersion',
      'backstage.io/v1alpha1',
      `${HEAD.replace('backstage.io/v1alpha1', '<|>')}${SPEC}  owner: team-a\n`,
    ],
  ])('sets %s to %s', async (field, value, text) => {
    const actions = await offered({ files, text });
    const title = `Set ${field} to ${value}`;
    expect(await actions.codesAfter(title)).toEqual([]);
  });

  it('offers several owners without a preferred one', async () => {
    const text = `${HEAD}${SPEC}  owner:<|>\n`;
    const actions = await offered({
      files: { 'org.yaml': documents(aDescriptor('group:a'), aDescriptor('group:b')) },
      text,
    });
    expect(actions.titles.filter(title => title.startsWith('Set'))).toEqual([
      'Set spec.owner to a',
      'Set spec.owner to b',
    ]);
    expect(actions.actions.filter(({ isPreferred }) => isPreferred)).toEqual([]);
  });

  it.each([
    ['kind: Component', 'kind:<|>', 'Component'],
    ['kind: Component', "kind: ''<|> # c", 'Component'],
  ])('sets the kind that matches the other fields', async (before, after, kind) => {
    const text = `${HEAD}${SPEC}  owner: team-a\n`.replace(before, after);
    const actions = await offered({ files, text });
    expect(await actions.codesAfter(`Set kind to ${kind}`)).toEqual([]);
  });

  it.each([
    ['API', 'type: openapi\n  lifecycle: beta\n  owner: team-a\n  definition: a'],
    ['Group', 'type: team\n  children: []'],
    ['User', 'memberOf: [team-a]'],
    ['Resource', 'type: database\n  owner: team-a\n  dependencyOf: []'],
    ['System', 'owner: team-a\n  domain: shops'],
    ['Location', 'targets: [./a.yaml]'],
  ])('detects a document as a %s by its fields', async (kind, spec) => {
    const text = `${HEAD.replace('Component', '<|>')}spec:\n  ${spec}\n`;
    const { titles } = await offered({ files, text });
    expect(titles.filter(title => title.startsWith('Set kind'))).toEqual([`Set kind to ${kind}`]);
  });
});

describe('Fix for an empty map', () => {
  it.each([
    ['alone', 'spec:<|>\n', ''],
    ['before a comment', 'spec:<|> # c\n', ' # c'],
    ['at the end of the file', 'spec:<|>', ''],
  ])('fills a spec %s', async (_, before, comment) => {
    const text = HEAD + before;
    const after = `${HEAD}spec:${comment}\n  type: service\n  lifecycle: beta\n  owner: team-a\n`;
    const title = 'Add all missing fields';
    const actions = await offered({ files, text });
    expect(actions.text(title).trimEnd()).toBe(after.trimEnd());
    expect(await actions.codesAfter(title)).toEqual([]);
  });

  it('fills only the document at the cursor', async () => {
    const next = aComponent('b', { owner: 'team-a' });
    const title = 'Add all missing fields';
    const actions = await offered({ files, text: `${HEAD}spec:<|>\n---\n${next}` });
    expect(actions.text(title)).toBe(
      `${HEAD}spec:\n  type: service\n  lifecycle: beta\n  owner: team-a\n---\n${next}`,
    );
    expect(await actions.codesAfter(title)).toEqual([]);
  });

  it('fills metadata with a name', async () => {
    const text = `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:<|>\n${SPEC}  owner: team-a\n`;
    const actions = await offered({ files, text });
    expect(actions.text('Add all missing fields')).toBe(text.replace('<|>', '\n  name: work'));
  });

  it.each(['openapi', 'asyncapi', 'graphql', 'grpc', 'trpc'])(
    'fills the spec of an API (%s) with a starter definition',
    async type => {
      const text = `${HEAD.replace('Component', 'API')}spec:<|>\n`;
      const api = aDescriptor('api:a', { type, owner: 'team-a', definition: 'a' });
      const actions = await offered({ files: { ...files, 'api.yaml': api }, text });
      const title = 'Add all missing fields';
      expect(actions.text(title)).toMatch(
        new RegExp(`  type: ${type}\n  lifecycle: .*\n  owner: team-a\n  definition: \\|\n    \\w`),
      );
      expect(await actions.codesAfter(title)).toEqual([]);
    },
  );
});

describe('Removal of an empty optional field', () => {
  it.each([
    ['spec.dependsOn', `${SPEC}  dependsOn:<|>\n  owner: team-a\n`],
    ['spec.dependsOn', `${SPEC}  owner: team-a\n  dependsOn:<|> # later\n`],
    ['spec.system', `${SPEC}  owner: team-a\n  system: ''<|>`],
    ['metadata.tags', `  tags:<|>\n${SPEC}  owner: team-a\n`],
  ])('removes %s', async (field, rest) => {
    const text = HEAD + rest;
    const actions = await offered({ files, text });
    const title = `Remove ${field}`;
    const line = new RegExp(`  ${field.split('.')[1] ?? ''}:.*(?:\n|$)`);
    expect(actions.text(title).trimEnd()).toBe(text.replace(line, '').trimEnd());
    expect(await actions.codesAfter(title)).toEqual([]);
  });
});
