import { beforeAll, describe, expect, it } from 'vitest';
import { acceptedAt, labelsAt } from '../../../../../../support/completions';
import { aComponent } from '../../../../../../support/descriptors';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
} from '../../../../../../support/languageWorkspace';

const HEAD = 'apiVersion: backstage.io/v1alpha1\n';

describe('Path completion', () => {
  let workspace: LanguageWorkspace;
  const location = (spec: string): string =>
    `${HEAD}kind: Location\nmetadata:\n  name: all\nspec:\n${spec}`;
  const api = (spec: string): string => `${HEAD}kind: API\nmetadata:\n  name: a\nspec:\n${spec}`;
  const labels = (text: string, path = 'shop/all.yaml'): Promise<readonly string[]> =>
    labelsAt(workspace.cursor(path, text));

  beforeAll(async () => {
    workspace = await openLanguageWorkspace({
      'shop/basket/catalog-info.yaml': aComponent('basket'),
      'shop/front/component.yaml': aComponent('front'),
      'shop/front/values.yaml': 'replicas: 2\n',
      'shop/apis/open api.yaml': 'openapi: 3.0.0\n',
      'shop/apis/data.json': '{}\n',
      'shop/apis/notes.md': 'Notes\n',
      'shop/apis/.hidden.yaml': 'a: b\n',
      'shop/node_modules/x/catalog-info.yaml': 'a: b\n',
      'org/org.yaml': aComponent('org'),
      '/outside/secret.yaml': 'a: b\n',
    });
  });

  it.each([
    [
      'target: <|>',
      [
        './front/component.yaml',
        './basket/catalog-info.yaml',
        '../org/org.yaml',
        './apis/',
        './basket/',
        './front/',
      ].sort(),
    ],
    ['targets:\n    - ./fr<|>', ['./front/', './front/component.yaml']],
    ['targets:\n    - ./front/<|>', ['./front/component.yaml']],
    ['targets:\n    - ./front/component.yaml\n    - ./front/<|>', []],
    ['target: ../<|>', ['../org/', '../org/org.yaml', '../shop/']],
    ['target: ../../<|>', []],
    ['target: ../../outside/<|>', []],
    ['target: https://<|>', []],
    ['target: /<|>', []],
  ])('offers descriptors in Locations: %s', async (field, expected) => {
    expect([...(await labels(location(`  ${field}\n`)))].sort()).toEqual([...expected].sort());
  });

  it('lists near descriptors first', async () => {
    expect((await labels(location('  target: <|>\n')))[0]).toBe('./basket/catalog-info.yaml');
  });

  it.each([
    ['$text: ./apis/<|>', ['./apis/data.json', './apis/notes.md', './apis/open%20api.yaml']],
    ['$openapi: apis/<|>', ['apis/data.json', 'apis/open%20api.yaml']],
    ['$json: ./apis/d<|>', ['./apis/data.json']],
    ['$yaml: /shop/ap<|>', ['/shop/apis/']],
    ['$text: ./../../outside/<|>', []],
    ['$text: ./../../work/shop/<|>', []],
  ])('offers files in placeholders: %s', async (field, expected) => {
    expect(await labels(api(`  definition:\n    ${field}\n`))).toEqual(expected);
  });

  it.each([
    ['definition: <|>', '$text', 'definition: \n    \\$text: ./$0'],
    ['definition:\n    <|>', '$json', 'definition:\n    \\$json: ./$0'],
    ['definition:\n    $op<|>', '$openapi', 'definition:\n    \\$openapi: ./$0'],
  ])('inserts placeholders: %s', async (field, label, expected) => {
    const request = workspace.cursor('shop/all.yaml', api(`  ${field}\n`));
    expect(await acceptedAt(request, label)).toBe(api(`  ${expected}\n`));
  });
});
