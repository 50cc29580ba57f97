import { describe, expect, it } from 'vitest';
import { offered } from '../../../../../../support/codeActions';
import { aComponent, aDescriptor, documents } from '../../../../../../support/descriptors';

const files = {
  'org.yaml': documents(
    aDescriptor('group:payments'),
    aDescriptor('group:paymemts2'),
    aDescriptor('component:orders', { owner: 'payments' }),
    aDescriptor('resource:orders', { owner: 'payments' }),
  ),
};

const HEAD = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
spec:
  type: service
  lifecycle: production
`;

describe('Fix with a suggestion', () => {
  it.each([
    ['plain', '  owner: paymnts<|> # us\n', '  owner: payments # us\n'],
    ['in double quotes', '  owner: "paym<|>nts"\n', '  owner: "payments"\n'],
    ['in single quotes', "  owner: 'paymn<|>ts'\n", "  owner: 'payments'\n"],
    ['after an anchor', '  owner: &us paymn<|>ts # us\n', '  owner: &us payments # us\n'],
    ['after a tag', '  owner: !!str paymn<|>ts\n', '  owner: !!str payments\n'],
    [
      'at its anchor',
      '  owner: &us paymn<|>ts\n  x-us: *us\n',
      '  owner: &us payments\n  x-us: *us\n',
    ],
    [
      'used by an alias',
      '  x-us: &us paymnts # us\n  owner: *u<|>s\n',
      '  x-us: &us payments # us\n  owner: *us\n',
    ],
  ])('corrects a ref %s', async (_, before, after) => {
    const actions = await offered({ files, text: HEAD + before });
    expect(actions.codes).toContain('dangling-reference');
    expect(actions.text('Change to "payments"')).toBe(HEAD + after);
    expect(await actions.codesAfter('Change to "payments"')).toEqual([]);
  });

  it('corrects a ref in a flow list', async () => {
    const text = `${HEAD}  owner: payments\n  dependsOn: [component:orders, "component:order<|>"] # all\n`;
    const title = 'Change to "component:orders"';
    const actions = await offered({ files, text });
    expect(actions.text(title)).toBe(
      `${HEAD}  owner: payments\n  dependsOn: [component:orders, "component:orders"] # all\n`,
    );
    expect(await actions.codesAfter(title)).toEqual([]);
  });

  it('corrects the document at the cursor and keeps line ends', async () => {
    const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
    const text = crlf(
      documents(aComponent('a', { owner: 'payments' }), `${HEAD}  owner: paymnts<|>\n`),
    );
    const actions = await offered({ files, text });
    expect(actions.text('Change to "payments"')).toBe(text.replace('paymnts<|>', 'payments'));
  });

  it('prefers a clearly nearest suggestion and attaches its problem', async () => {
    const { actions } = await offered({ files, text: `${HEAD}  owner: payment<|>\n` });
    const [first] = actions;
    expect(first).toMatchObject({
      title: 'Change to "payments"',
      kind: 'quickfix',
      isPreferred: true,
      diagnostics: [{ code: 'dangling-reference', severity: 2, source: 'callboard' }],
    });
  });

  it('prefers none of two equally near suggestions', async () => {
    const near = { 'org.yaml': documents(aDescriptor('group:team1'), aDescriptor('group:team2')) };
    const { actions } = await offered({ files: near, text: `${HEAD}  owner: team3<|>\n` });
    const changes = actions.filter(({ title }) => title.startsWith('Change to'));
    expect(changes.map(({ title }) => title)).toEqual(['Change to "team1"', 'Change to "team2"']);
    expect(changes.some(({ isPreferred }) => isPreferred)).toBe(false);
  });

  it('corrects a ref to the wrong kind', async () => {
    const text = `${HEAD}  owner: component:payments<|>\n`;
    const title = 'Change to "payments"';
    const actions = await offered({ files, text });
    expect(actions.text(title)).toBe(`${HEAD}  owner: payments\n`);
    expect(await actions.codesAfter(title)).toEqual([]);
  });

  it.each([
    ['unknown-annotation', 'github.com/project-slugs', 'github.com/project-slug'],
    ['deprecated-annotation', 'jenkins.io/github-folder', 'jenkins.io/job-full-name'],
  ])('renames the key of an annotation (%s)', async (code, key, right) => {
    const text = aComponent('a', { owner: 'payments' }).replace(
      'spec:',
      `  annotations:\n    ${key}<|>: a/b # c\nspec:`,
    );
    const actions = await offered({ files, text });
    expect(actions.codes).toEqual([code]);
    const title = `Change to "${right}"`;
    expect(actions.text(title)).toBe(text.replace(`${key}<|>`, right));
    expect(await actions.codesAfter(title)).toEqual([]);
  });

  it('corrects a ref in an annotation', async () => {
    const text = aComponent('a', { owner: 'payments' }).replace(
      'spec:',
      `  annotations:\n    backstage.io/techdocs-entity: 'component:or<|>dres' # docs\nspec:`,
    );
    const actions = await offered({ files, text });
    expect(actions.codes).toEqual(['dangling-reference']);
    const title = 'Change to "component:orders"';
    expect(actions.find(title).isPreferred).toBe(true);
    expect(actions.text(title)).toBe(text.replace('or<|>dres', 'orders'));
    expect(await actions.codesAfter(title)).toEqual([]);
  });

  it("corrects the format of an annotation's value", async () => {
    const text = aComponent('a', { owner: 'payments' }).replace(
      'spec:',
      `  annotations:\n    github.com/project-slug: "https://<|>github.com/acme/shop" # c\nspec:`,
    );
    const actions = await offered({ files, text });
    expect(actions.codes).toEqual(['invalid-annotation']);
    const title = 'Change to "acme/shop"';
    expect(actions.text(title)).toBe(text.replace('https://<|>github.com/acme/shop', 'acme/shop'));
    expect(await actions.codesAfter(title)).toEqual([]);
  });
});

describe('Fix for an invalid metadata value', () => {
  it.each([
    ['name: a', 'name: My <|>Shop # c', 'My-Shop', 'name: My-Shop # c'],
    ['name: a', 'name: a\n  namespace: "Te<|>am_A"', 'team-a', 'name: a\n  namespace: "team-a"'],
    ['name: a', 'name: a\n  tags: [b, Io<|>T]', 'iot', 'name: a\n  tags: [b, iot]'],
    ['name: a', 'name: a\n  labels:\n    b: c <|>d', 'c-d', 'name: a\n  labels:\n    b: c-d'],
    [
      'name: a',
      'name: a\n  links:\n    - url: www.b<|>.example',
      'https://www.b.example',
      'name: a\n  links:\n    - url: https://www.b.example',
    ],
  ])('%s: %s', async (field, before, value, after) => {
    const text = aComponent('a', { owner: 'default/payments' });
    const actions = await offered({ files, text: text.replace(field, before) });
    expect(actions.codes).toEqual(['invalid-metadata']);
    const title = `Change to "${value}"`;
    expect(actions.find(title).isPreferred).toBe(true);
    expect(actions.text(title)).toBe(text.replace(field, after));
    expect(await actions.codesAfter(title)).toEqual([]);
  });
});

describe('Fix for an unknown kind', () => {
  it.each([
    ['kind: Compnent<|> # c', 'Component', 'kind: Component # c'],
    ['kind: "compo<|>nent"', 'Component', 'kind: "Component"'],
    ['kind: Clutser<|>', 'Cluster', 'kind: Cluster'],
  ])('%s', async (before, kind, after) => {
    const text = aComponent('a', { owner: 'payments' }).replace('kind: Component', before);
    const customKinds = [{ kind: 'Cluster', apiVersions: ['backstage.io/v1alpha1'] }];
    const actions = await offered({ files, text, options: { options: { customKinds } } });
    const title = `Change to "${kind}"`;
    expect(actions.find(title).isPreferred).toBe(true);
    expect(actions.text(title)).toBe(text.replace(before, after));
    expect(await actions.codesAfter(title)).toEqual([]);
  });

  it('offers the apiVersions of its kind', async () => {
    const text = aComponent('a', { owner: 'payments' }).replace('/v1alpha1', '/v<|>1');
    const actions = await offered({ files, text });
    expect(await actions.codesAfter('Change to "backstage.io/v1beta1"')).toEqual([]);
  });
});
