import { describe, expect, it } from 'vitest';
import { offered } from '../../../../../../support/codeActions';
import {
  aComponent,
  aDescriptor,
  aLocation,
  documents,
} from '../../../../../../support/descriptors';

const files = { 'org.yaml': aDescriptor('group:team') };

/** A component with one more field, and the cursor in it. */
function component(field: string): string {
  return `${aComponent('shop')}  ${field}\n`;
}

describe("Creation of a ref's missing entity", () => {
  it.each([
    ['System "sales"', 'system: sa<|>les'],
    ['Component "cart"', 'subcomponentOf: ca<|>rt'],
    ['API "prices"', 'providesApis: [pri<|>ces]'],
    ['Resource "db"', "dependsOn:\n    - 'resource:d<|>b'"],
    ['Resource "db"', 'dependsOn:\n    - resource:other/d<|>b'],
    ['AiResource "helper"', 'dependsOn:\n    - airesource:helper<|>'],
  ])('creates a valid %s for %s', async (label, field) => {
    const actions = await offered({ files, text: component(field) });
    expect(actions.codes).toEqual(['dangling-reference']);
    const inFile = `Create ${label} in this file`;
    expect(actions.find(inFile)).toMatchObject({
      kind: 'quickfix',
      diagnostics: [{ code: 'dangling-reference' }],
    });
    expect(await actions.codesAfter(inFile)).toEqual([]);
    const second = await offered({ files, text: component(field) });
    const name = label.replace(/.*"(.*)"/, '$1');
    const beside = `Create ${label} in catalog-info-${name}.yaml`;
    expect(Object.keys(second.changes(beside))).toEqual([`catalog-info-${name}.yaml`]);
    expect(await second.codesAfter(beside)).toEqual([]);
  });

  it("isn't offered when its descriptor has a missing field", async () => {
    const broken = aDescriptor('system:sales', { owner: undefined });
    const actions = await offered({
      files: { ...files, 'sales.yaml': broken },
      text: component('system: sales<|>'),
    });
    expect(actions.codes).toContain('dangling-reference');
    expect(actions.titles.filter(title => title.startsWith('Create'))).toEqual([]);
  });

  it('adds a document to the file', async () => {
    const text = component('system: sales<|>').trimEnd();
    const actions = await offered({ files, text });
    expect(actions.text('Create System "sales" in this file')).toBe(
      documents(
        `${text.replace('<|>', '')}\n`,
        'apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata:\n  name: sales\nspec:\n  owner: team\n',
      ),
    );
  });

  it("isn't offered when its descriptor has an invalid field", async () => {
    const failing = { ...files, 'sales.yaml': aDescriptor('system:sales', { owner: 7 }) };
    const text = component('system: sales<|>');
    const actions = await offered({ files: failing, text });
    expect(actions.codes).toContain('dangling-reference');
    expect(actions.titles.filter(title => title.startsWith('Create'))).toEqual([]);
  });

  it('keeps line ends', async () => {
    const text = component('system: sales<|>').replaceAll('\n', '\r\n');
    const actions = await offered({ files, text });
    const after = actions.text('Create System "sales" in this file');
    expect(after.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('offers all kinds of the field and adapts the ref', async () => {
    const text = aComponent('shop', { owner: 'jane' }).replace('jane', '"ja<|>ne" # her');
    const actions = await offered({ files, text, path: 'shop.yml' });
    expect(actions.titles.filter(title => title.startsWith('Create'))).toEqual([
      'Create Group "jane" in this file',
      'Create Group "jane" in jane.yml',
      'Create User "jane" in this file',
      'Create User "jane" in jane.yml',
    ]);
    const title = 'Create User "jane" in jane.yml';
    expect(actions.text(title)).toBe(
      aComponent('shop', { owner: 'jane' }).replace('jane', '"user:jane" # her'),
    );
    expect(await actions.codesAfter(title)).toEqual([]);
  });

  it('uses the owner of the referring entity', async () => {
    const org = documents(aDescriptor('group:team'), aDescriptor('group:others/crew'));
    const text = `${aComponent('shop', { owner: 'others/crew' })}  system: sales<|>\n`;
    const actions = await offered({ files: { 'org.yaml': org }, text });
    expect(actions.text('Create System "sales" in this file')).toContain(
      'name: sales\nspec:\n  owner: others/crew',
    );
  });

  it('uses another name if the file exists', async () => {
    const actions = await offered({
      files: { ...files, 'catalog-info-sales.yaml': '# mine\n' },
      text: component('system: sales<|>'),
    });
    expect(actions.titles).toContain('Create System "sales" in catalog-info-sales-2.yaml');
  });

  it("adds the new file to the Location of the ref's file", async () => {
    const actions = await offered({
      files: { ...files, 'all.yaml': aLocation('all', './shop/catalog-info.yaml') },
      path: 'shop/catalog-info.yaml',
      text: component('system: sales<|>'),
    });
    const title = 'Create System "sales" in catalog-info-sales.yaml';
    expect(actions.changes(title)['all.yaml']).toBe(
      aLocation('all', './shop/catalog-info.yaml', './shop/catalog-info-sales.yaml'),
    );
    expect(await actions.codesAfter(title)).toEqual([]);
  });

  it.each([
    ['an unsuitable kind', 'system: component:new<|>'],
    ['an invalid name', 'system: a b<|>'],
    ['an unknown kind', 'dependsOn: [dataset:a<|>]'],
    ['an existing entity', 'subcomponentOf: shop<|>'],
  ])("isn't offered for %s", async (_, field) => {
    const { titles } = await offered({ files, text: component(field) });
    expect(titles.filter(title => title.startsWith('Create'))).toEqual([]);
  });
});
