import { describe, expect, it } from 'vitest';
import { offered } from '../../../../../../support/codeActions';

const HEAD = `apiVersion: backstage.io/v1alpha1
kind<|>: Component # what it is
metadata:
  name: shop
  title: "Shop: *all* of it"
  description: |
    Sells things.
`;
const SPEC = `spec: { type: service, lifecycle: production, owner: nobody }\n`;
const TITLE = 'Add TechDocs to Component "shop"';

describe('Add TechDocs', () => {
  it('writes the annotation, config and first page and keeps other text', async () => {
    const actions = await offered({ path: 'shop/catalog-info.yaml', text: HEAD + SPEC });
    expect(actions.changes(TITLE)).toEqual({
      'shop/catalog-info.yaml': `${HEAD.replace('<|>', '')}  annotations:\n    backstage.io/techdocs-ref: dir:.\n${SPEC}`,
      'shop/mkdocs.yml': 'site_name: "Shop: *all* of it"\nplugins:\n  - techdocs-core\n',
      'shop/docs/index.md': '# Shop: \\*all\\* of it\n\nSells things.\n',
    });
  });

  it('adds to existing annotations', async () => {
    const text = HEAD.replace('  title', '  annotations: { a: b } # of others\n  title') + SPEC;
    const actions = await offered({ text });
    expect(actions.text(TITLE)).toContain(
      '  annotations: { a: b, backstage.io/techdocs-ref: dir:. } # of others\n',
    );
  });

  it.each([
    ['mkdocs.yml', ['catalog-info.yaml']],
    ['docs/index.md', ['catalog-info.yaml', 'mkdocs.yml']],
    ['docs/README.md', ['catalog-info.yaml', 'mkdocs.yml']],
  ])('keeps an existing %s', async (path, changed) => {
    const actions = await offered({ text: HEAD + SPEC, files: { [path]: 'there' } });
    const title = path === 'mkdocs.yml' ? 'Add backstage.io/techdocs-ref: dir:.' : TITLE;
    expect(Object.keys(actions.changes(title)).sort()).toEqual(changed);
  });

  it.each([
    [
      'has docs',
      HEAD.replace('  title', '  annotations:\n    backstage.io/techdocs-ref: dir:docs\n  title') +
        SPEC,
    ],
    [
      'shares docs',
      HEAD.replace(
        '  title',
        '  annotations:\n    backstage.io/techdocs-entity: system:a\n  title',
      ) + SPEC,
    ],
    ['is a user', `${HEAD.replace('Component', 'User')}spec: { memberOf: [] }\n`],
    ['is templated', HEAD.replace('name: shop', 'name: ${{ values.name }}') + SPEC],
    ["isn't at the cursor", HEAD.replace('<|>', '') + SPEC.replace('spec', 'spec<|>')],
  ])("isn't offered when an entity %s", async (_, text) => {
    const { titles } = await offered({ text });
    expect(titles.filter(title => title.includes('echDocs') || title.includes('techdocs'))).toEqual(
      [],
    );
  });
});
