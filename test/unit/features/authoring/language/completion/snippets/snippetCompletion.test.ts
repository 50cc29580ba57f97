import { describe, expect, it } from 'vitest';
import { acceptedAt, labelsAt } from '../../../../../../support/completions';
import { aComponent, aDescriptor, documents } from '../../../../../../support/descriptors';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
} from '../../../../../../support/languageWorkspace';
import { expandSnippet } from '../../../../../../support/snippets';
import { openCatalog } from '../../../../../../support/testCatalog';

const SNIPPETS = [
  'Component',
  'API (OpenAPI)',
  'API (AsyncAPI)',
  'API (GraphQL)',
  'API (gRPC)',
  'API (tRPC)',
  'API (MCP server)',
  'Resource',
  'System',
  'Domain',
  'Group',
  'User',
  'Location',
  'Template',
  'AiResource (skill)',
  'AiResource (rule)',
  'Dataset',
];

const options = {
  options: {
    customKinds: [
      {
        kind: 'Dataset',
        apiVersions: ['example.com/v1'],
        relations: [
          { field: 'spec.owner', type: 'ownedBy', inverse: 'ownerOf', defaultKind: 'Group' },
        ],
      },
    ],
  },
};

const org = documents(aDescriptor('group:team-a'), aDescriptor('group:other/team-b'));
const files: Readonly<Record<string, string>> = {
  'org.yaml': org,
  'shop/apis/catalog-info.yaml': aComponent('apis', { owner: 'team-a' }),
};

describe('Descriptor snippets', () => {
  const labels = async (text: string, path = 'catalog-info.yaml'): Promise<readonly string[]> =>
    labelsAt((await openLanguageWorkspace(files, options)).cursor(path, text));

  it('are offered for all kinds', async () => {
    expect(await labels('<|>')).toEqual(SNIPPETS);
  });

  it.each([
    ['a document after others', `${aComponent('a')}---\n<|>`, 'a.yaml', 'Component'],
    ['a document before others', `<|>\n---\n${aComponent('a')}`, 'a.yaml', 'Component'],
    ['a document with a comment', '# About us\n<|>\n# End\n', 'catalog-info.yml', 'Group'],
    ['a partially typed word', 'Templ<|>', 'template.yaml', 'Template'],
    ['a document with an apiVersion', 'apiVersion: example.com/v1\n<|>', 'a.yaml', 'Dataset'],
  ])('are offered in %s', async (_, text, path, expected) => {
    expect(await labels(text, path)).toContain(expected);
  });

  it.each([
    ['another kind of file', '<|>', 'values.yaml'],
    ['a document with content', 'kind: Component\n<|>', 'catalog-info.yaml'],
    ['a document with later content', '<|>\nkind: Component\n', 'catalog-info.yaml'],
    ['a map', 'spec:\n  <|>', 'catalog-info.yaml'],
  ])('are not offered in %s', async (_, text, path) => {
    expect((await labels(text, path)).filter(label => SNIPPETS.includes(label))).toEqual([]);
  });

  it.each(SNIPPETS)('expand to a valid document: %s', async label => {
    const workspace = await openLanguageWorkspace(files, options);
    const request = workspace.cursor('shop/catalog-info.yaml', '<|>');
    const text = expandSnippet(await acceptedAt(request, label));
    const catalog = await openCatalog({ ...files, 'shop/catalog-info.yaml': text }, options);
    const errors = catalog.problems('shop/catalog-info.yaml').filter(p => p.severity === 'error');

    expect(errors).toEqual([]);
    expect(catalog.engine.getEntities().length).toBe(4);
  });

  it.each(SNIPPETS)('expand to a valid document in an empty workspace: %s', async label => {
    const workspace = await openLanguageWorkspace({}, options);
    const text = expandSnippet(
      await acceptedAt(workspace.cursor('catalog-info.yaml', '<|>'), label),
    );
    const catalog = await openCatalog({ 'catalog-info.yaml': text }, options);

    expect(catalog.problems().filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(catalog.engine.getEntities().length).toBe(1);
  });

  const accepted = async (
    workspace: LanguageWorkspace,
    [path, text]: readonly [string, string],
    label: string,
  ): Promise<string> => acceptedAt(workspace.cursor(path, text), label);

  it("use the folder's name and the file's owner and system", async () => {
    const beside = documents(
      aDescriptor('system:web', { owner: 'team-a' }),
      aComponent('My-Shop', { owner: 'team-a', system: 'web' }),
    );
    const path = 'My Shop!/catalog-info.yaml';
    const workspace = await openLanguageWorkspace({ ...files, [path]: beside }, options);

    expect(await accepted(workspace, [path, `${beside}---\n<|>`], 'Component')).toBe(
      `${beside}---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: \${1:My-Shop-2}
spec:
  type: \${3|service,website,library|}
  lifecycle: \${4|experimental,production,deprecated|}
  owner: \${2:team-a}
  system: web
$0`,
    );
  });

  it('offer a choice of groups without a near owner', async () => {
    const workspace = await openLanguageWorkspace({ 'org/org.yaml': org }, options);
    expect(await accepted(workspace, ['catalog-info.yaml', '<|>'], 'System')).toContain(
      'owner: ${2|team-a,other/team-b|}',
    );
  });

  it('include a definition file beside them', async () => {
    const workspace = await openLanguageWorkspace({ 'a/openapi.yaml': 'openapi: 3.1.0\n' });
    const text = await accepted(workspace, ['a/catalog-info.yaml', '<|>'], 'API (OpenAPI)');
    expect(text).toContain('definition:\n    \\$text: ./openapi.yaml\n');
  });

  it('start with the kind after an apiVersion', async () => {
    const workspace = await openLanguageWorkspace({}, options);
    const text = await accepted(
      workspace,
      ['a.yaml', 'apiVersion: backstage.io/v1alpha1\n<|>'],
      'Domain',
    );
    expect(text).toMatch(/^apiVersion: backstage.io\/v1alpha1\nkind: Domain\n/);
  });
});
