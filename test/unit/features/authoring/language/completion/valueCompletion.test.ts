import { beforeAll, describe, expect, it } from 'vitest';
import { acceptedAt, labelsAt, offeredAt } from '../../../../../support/completions';
import { aComponent, aDescriptor, documents } from '../../../../../support/descriptors';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
} from '../../../../../support/languageWorkspace';

const HEAD = 'apiVersion: backstage.io/v1alpha1\n';

describe('Value completion', () => {
  let workspace: LanguageWorkspace;
  const labels = (text: string, path = 'catalog-info.yaml'): Promise<readonly string[]> =>
    labelsAt(workspace.cursor(path, text));

  beforeAll(async () => {
    workspace = await openLanguageWorkspace(
      {
        'a.yaml': documents(
          aDescriptor('component:a', { type: 'mobile-app' }, { tags: ['java', 'c#'] }),
          aDescriptor('component:b', { type: 'mobile-app', lifecycle: 'beta' }, { tags: ['java'] }),
          aDescriptor('component:shop/c', { type: 'worker' }),
          aDescriptor('resource:d', { type: 'bucket' }),
        ),
      },
      {
        options: {
          customKinds: [{ kind: 'Dataset', apiVersions: ['example.com/v1'] }],
        },
      },
    );
  });

  it.each([
    ['type: <|>', ['mobile-app', 'worker', 'service', 'website', 'library']],
    ['type: ser<|>', ['service']],
    ['lifecycle: <|>', ['production', 'beta', 'experimental', 'deprecated']],
  ])('offers used and well-known values in a spec: %s', async (field, expected) => {
    const text = `${HEAD}kind: Component\nmetadata:\n  name: x\nspec:\n  ${field}\n`;
    expect(await labels(text)).toEqual(expected);
  });

  it('shows the number of uses', async () => {
    const text = `${HEAD}kind: Component\nspec:\n  type: <|>\n`;
    const items = await offeredAt(workspace.cursor('catalog-info.yaml', text));
    expect(items.slice(0, 3).map(({ detail }) => detail)).toEqual([
      'Used 2 times',
      'Used once',
      'Common value',
    ]);
  });

  it('omits values of other kinds', async () => {
    expect(await labels(`${HEAD}kind: Resource\nspec:\n  type: b<|>\n`)).toEqual([
      'bucket',
      's3-bucket',
    ]);
    expect(await labels(`${HEAD}kind: Location\nspec:\n  type: <|>\n`)).toEqual(['file', 'url']);
    expect(await labels(`${HEAD}kind: Group\nspec:\n  lifecycle: <|>\n`)).toEqual([]);
  });

  it.each([
    ['namespace: <|>', ['default', 'shop']],
    ['tags: [<|>]', ['java', 'c#']],
    ['tags:\n    - java\n    - <|>', ['c#']],
    ['tags:\n    - ja<|>va', ['java']],
    ['links:\n    - url: https://a\n      icon: kind:sy<|>', ['kind:system']],
    ['links:\n    - url: https://a\n      type: run<|>', ['runbook']],
  ])('completes metadata: %s', async (field, expected) => {
    expect(await labels(`${HEAD}kind: Component\nmetadata:\n  name: x\n  ${field}\n`)).toEqual(
      expected,
    );
  });

  it('offers all known kinds for the apiVersion', async () => {
    expect(await labels('apiVersion: example.com/v1\nkind: <|>\n')).toEqual(['Dataset']);
    expect(await labels(`${HEAD}kind: Sys<|>\n`)).toEqual(['System']);
    expect(await labels('kind: Data<|>\n')).toEqual(['Dataset']);
    expect(await labels('apiVersion: v1\nkind: <|>\n')).toEqual([]);
    expect(await labels('kind: <|>\n', 'deployment.yaml')).toEqual([]);
  });

  it('offers the apiVersions of the kind', async () => {
    expect(await labels('apiVersion: <|>\nkind: Template\n', 'x.yaml')).toEqual([
      'scaffolder.backstage.io/v1beta3',
    ]);
    expect(await labels('apiVersion: ex<|>\n')).toEqual(['example.com/v1']);
    expect(await labels('apiVersion: <|>\n', 'deployment.yaml')).toEqual([]);
    expect(await labels('apiVersion: <|>\nkind: Deployment\n')).toEqual([]);
  });

  it('omits long and multi-line values', async () => {
    const long = 'x'.repeat(1000);
    const workspace = await openLanguageWorkspace({
      'a.yaml': documents(aComponent('a', { type: long }), aComponent('b', { type: 'x\ny' })),
    });
    const request = workspace.cursor('b.yaml', `${HEAD}kind: Component\nspec:\n  type: x<|>\n`);

    expect(await labelsAt(request)).toEqual([]);
  });

  it('quotes values if YAML requires it', async () => {
    const workspace = await openLanguageWorkspace({
      'a.yaml': documents(aComponent('a', { type: 'yes' }), aComponent('b', { type: "it's: so" })),
    });
    const at = `${HEAD}kind: Component\nspec:\n  type: <|>\n`;
    const request = workspace.cursor('b.yaml', at);

    expect(await acceptedAt(request, 'yes')).toBe(at.replace('<|>', "'yes'"));
    expect(await acceptedAt(request, "it's: so")).toBe(at.replace('<|>', "'it''s: so'"));
  });
});
