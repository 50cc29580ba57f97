import { describe, expect, it } from 'vitest';
import { type DocsHome, docsHome } from '../../../../src/plugins/catalog/docsHome';
import { anEntity, InMemoryCatalog } from '../../../support/inMemoryCatalog';

/** The first page of what `component:web` documents, beside files of the workspace by path. */
async function homeOf(
  annotations: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
): Promise<DocsHome | undefined> {
  const web = anEntity('Component:web');
  const shop = anEntity('System:shop');
  const catalog = new InMemoryCatalog({
    entities: [
      { ...web, metadata: { ...web.metadata, annotations } },
      {
        ...shop,
        metadata: { ...shop.metadata, annotations: { 'backstage.io/techdocs-ref': 'dir:..' } },
      },
    ],
    files: {
      'component:default/web': 'file:///work/web/catalog-info.yaml',
      'system:default/shop': 'file:///work/shop/system.yaml',
    },
  });
  const textOf = (uri: string): string | undefined => files[uri.replace('file:///work/', '')];
  return docsHome('component:default/web', {
    catalog,
    files: {
      exists: uri => Promise.resolve(textOf(uri) !== undefined),
      readFile: uri => Promise.resolve(new TextEncoder().encode(textOf(uri))),
    },
  });
}
const ref = (value: string) => ({ 'backstage.io/techdocs-ref': value });

describe('The first page of the docs', () => {
  it.each([
    ['an index in docs', { 'web/mkdocs.yml': '', 'web/docs/index.md': '' }, 'web/docs/index.md'],
    ['the README of docs', { 'web/docs/README.md': '' }, 'web/docs/README.md'],
    ['the README beside docs', { 'web/README.md': '' }, 'web/README.md'],
    [
      'where docs_dir says',
      { 'web/mkdocs.yml': 'docs_dir: "pages" # here\n', 'web/pages/index.md': '' },
      'web/pages/index.md',
    ],
  ])('is %s', async (_name, files, page) => {
    expect(await homeOf(ref('dir:.'), files)).toEqual({ page: `file:///work/${page}` });
  });

  it('is not looked for where a config leads out of its site', async () => {
    const files = { 'web/mkdocs.yml': 'docs_dir: ../../etc\n', 'web/docs/index.md': '' };
    expect(await homeOf(ref('dir:.'), files)).toEqual({ page: 'file:///work/web/docs/index.md' });
  });

  it('is that of the entity that is named', async () => {
    const annotations = { 'backstage.io/techdocs-entity': 'system:default/shop' };
    const files = { 'docs/index.md': '' };
    expect(await homeOf(annotations, files)).toEqual({ page: 'file:///work/docs/index.md' });
  });

  it('is a page of the web', async () => {
    expect(await homeOf(ref('url:https://example.com/docs'))).toEqual({
      url: 'https://example.com/docs',
    });
  });

  it.each([
    ['nothing is written', {}],
    ['there is no page', ref('dir:.')],
    ['the ref is malformed', ref('docs')],
    ['the address runs a script', ref('url:javascript:alert(1)')],
    ['the entity is not there', { 'backstage.io/techdocs-entity': 'system:default/gone' }],
    ['the entity is malformed', { 'backstage.io/techdocs-entity': ':' }],
  ])('is none where %s', async (_name, annotations) => {
    expect(await homeOf(annotations)).toBeUndefined();
  });
});
