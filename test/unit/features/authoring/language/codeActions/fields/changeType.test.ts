import { describe, expect, it } from 'vitest';
import { offered } from '../../../../../../support/codeActions';
import { aComponent, aDescriptor, documents } from '../../../../../../support/descriptors';

const files = {
  'org.yaml': documents(
    aDescriptor('group:team'),
    aDescriptor('component:orders'),
    aDescriptor('component:cart'),
    aDescriptor('resource:cart'),
    aDescriptor('api:prices'),
  ),
};

const SHOP = aComponent('shop');

describe('Conversion of text to a list', () => {
  it.each([
    ['plain', 'dependsOn: component:ord<|>ers # c', 'dependsOn:\n    - component:orders # c'],
    [
      'accepts quoted text',
      'dependsOn: "component:ord<|>ers"',
      'dependsOn:\n    - component:orders',
    ],
    [
      'splits at commas',
      'dependsOn: component:ord<|>ers, component:cart',
      'dependsOn:\n    - component:orders\n    - component:cart',
    ],
    ['accepts a single API', 'consumesApis: pri<|>ces', 'consumesApis:\n    - prices'],
  ])('%s', async (_, before, after) => {
    const text = `${SHOP}  ${before}\n`;
    const field = before.split(':')[0] ?? '';
    const title = `Make spec.${field} a list`;
    const actions = await offered({ files, text });
    expect(actions.codes).toEqual(['invalid-spec']);
    expect(actions.find(title)).toMatchObject({ kind: 'quickfix', isPreferred: true });
    expect(actions.text(title)).toBe(`${SHOP}  ${after}\n`);
    expect(await actions.codesAfter(title)).toEqual([]);
    const crlf = await offered({ files, text: text.replaceAll('\n', '\r\n') });
    expect(crlf.text(title)).toBe(`${SHOP}  ${after}\n`.replaceAll('\n', '\r\n'));
  });

  it('works in flow maps, later documents and at the file end', async () => {
    const flow = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: b, tags: ja<|>va }
spec: { type: service, lifecycle: production, owner: team }`;
    const actions = await offered({ files, text: documents(SHOP, flow) });
    const title = 'Make metadata.tags a list';
    expect(actions.text(title)).toBe(documents(SHOP, flow.replace('ja<|>va', '[java]')));
    expect(await actions.codesAfter(title)).toEqual([]);
  });

  it('keeps a target with a comma as one item', async () => {
    const text = aDescriptor('location:all', { targets: './a,b.yaml' });
    const actions = await offered({ files, text: text.replace('a,b', 'a,<|>b') });
    expect(actions.text('Make spec.targets a list')).toBe(
      text.replace(' ./a,b.yaml', '\n    - "./a,b.yaml"'),
    );
  });

  it('adds the kind to a ref that needs one', async () => {
    const actions = await offered({ files, text: `${SHOP}  dependsOn: ord<|>ers # c\n` });
    const title = 'Make spec.dependsOn a list of component:orders';
    expect(actions.titles.filter(other => other.startsWith('Make'))).toEqual([title]);
    expect(actions.text(title)).toBe(`${SHOP}  dependsOn:\n    - component:orders # c\n`);
    expect(await actions.codesAfter(title)).toEqual([]);
  });

  it('offers all possible kinds', async () => {
    const { titles, actions } = await offered({ files, text: `${SHOP}  dependsOn: car<|>t\n` });
    expect(titles.filter(title => title.startsWith('Make'))).toEqual([
      'Make spec.dependsOn a list of component:cart',
      'Make spec.dependsOn a list of resource:cart',
    ]);
    expect(actions.filter(({ isPreferred }) => isPreferred)).toEqual([]);
  });

  it('skips anchors and values other than text', async () => {
    for (const value of ['&o component:orders', '{}', '1']) {
      const { titles } = await offered({ files, text: `${SHOP}  dependsOn<|>: ${value}\n` });
      expect(titles.filter(title => title.startsWith('Make'))).toEqual([]);
    }
  });
});

describe('Conversion of a number or boolean to text', () => {
  it.each([
    ['spec.type', 'type: service', 'type: 1<|>2 # c', 'type: "12" # c'],
    ['spec.lifecycle', 'lifecycle: production', 'lifecycle: tr<|>ue', 'lifecycle: "true"'],
    ['metadata.name', 'name: shop', 'name: 1.1<|>0', 'name: "1.10"'],
    [
      'quotes an annotation',
      'name: shop',
      'name: shop\n  annotations: { "a/b": tr<|>ue, c: d }',
      'name: shop\n  annotations: { "a/b": "true", c: d }',
    ],
    [
      'quotes a tag',
      'name: shop',
      'name: shop\n  tags:\n    - 2<|>4',
      'name: shop\n  tags:\n    - "24"',
    ],
  ])('%s', async (_, field, before, after) => {
    const text = SHOP.replace(field, before);
    const actions = await offered({ files, text });
    const title = actions.titles.find(other => other.startsWith('Convert')) ?? '';
    expect(title).toMatch(/^Convert to text: ".+"$/);
    expect(actions.find(title)).toMatchObject({ kind: 'quickfix', isPreferred: true });
    expect(actions.text(title)).toBe(SHOP.replace(field, after));
    expect(await actions.codesAfter(title)).toEqual([]);
  });
});
