import { describe, expect, it } from 'vitest';
import { SiteInMemory } from '../../../../../support/siteInMemory';

describe('Include of another site', () => {
  const nav = (...entries: readonly string[]): string =>
    `site_name: A\nplugins: [monorepo]\nnav:\n${entries.map(entry => `  - ${entry}\n`).join('')}`;
  const part = { 'part/mkdocs.yml': 'site_name: Part\n', 'part/docs/index.md': '# P' };

  it.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'without a title',
      { 'mkdocs.yml': nav("'!include part/mkdocs.yml'"), ...part },
      'An include needs a title: `- Title: "!include …"`',
    ],
    [
      'twice',
      {
        'mkdocs.yml': nav("One: '!include part/mkdocs.yml'", "Two: '!include part/mkdocs.yml'"),
        ...part,
      },
      'You cannot have duplicated site names: site/part/mkdocs.yml is included twice',
    ],
    [
      'with the name of another',
      {
        'mkdocs.yml': nav("One: '!include part/mkdocs.yml'", "Two: '!include other/mkdocs.yml'"),
        ...part,
        'other/mkdocs.yml': 'site_name: Part\n',
        'other/docs/index.md': '# O',
      },
      'You cannot have duplicated site names: site/other/mkdocs.yml has that of site/part/mkdocs.yml',
    ],
    [
      'that is not YAML',
      { 'mkdocs.yml': nav("One: '!include part/site.json'"), 'part/site.json': '{}' },
      'The included file path site/part/site.json does not point to a .yml (or .yaml) file',
    ],
    [
      'by a pattern that is not for YAML',
      { 'mkdocs.yml': nav("One: '*include part/*.json'") },
      'The wildcard include path part/*.json does not end with .yml (or .yaml)',
    ],
    [
      'without a name',
      {
        'mkdocs.yml': nav("One: '!include part/mkdocs.yml'"),
        ...part,
        'part/mkdocs.yml': 'nav: []\n',
      },
      "The included file path site/part/mkdocs.yml does not contain a valid 'site_name' key",
    ],
    [
      'whose name leads out of the site',
      {
        'mkdocs.yml': nav("One: '!include part/mkdocs.yml'"),
        ...part,
        'part/mkdocs.yml': 'site_name: a/../b\n',
      },
      "The included file path site/part/mkdocs.yml does not contain a valid 'site_name' key",
    ],
    [
      'whose pages are outside',
      {
        'mkdocs.yml': nav("One: '!include part/mkdocs.yml'"),
        ...part,
        'part/mkdocs.yml': 'site_name: Part\ndocs_dir: /docs\n',
      },
      '"/docs" is outside the repository and isn\'t read',
    ],
    [
      'without pages',
      {
        'mkdocs.yml': nav("One: '!include part/mkdocs.yml'"),
        'part/mkdocs.yml': 'site_name: Part\n',
      },
      'The docs folder of site/part/mkdocs.yml, "docs", does not exist',
    ],
    [
      'whose navigation is no list',
      {
        'mkdocs.yml': nav("One: '!include part/mkdocs.yml'"),
        ...part,
        'part/mkdocs.yml': 'site_name: Part\nnav: text\n',
      },
      "The nav of site/part/mkdocs.yml isn't a list",
    ],
    [
      'that includes another',
      {
        'mkdocs.yml': nav("One: '!include part/mkdocs.yml'"),
        ...part,
        'part/mkdocs.yml': "site_name: Part\nnav: [{ More: '!include more.yml' }]\n",
      },
      'Nested !include statements are not supported',
    ],
  ])('is reported %s', async (_, files, expected) => {
    const site = new SiteInMemory({ 'docs/index.md': '# I', ...files });
    const { problems } = await site.content();
    const messages = problems
      // Pages that the navigation then lacks.
      .filter(({ code }) => code !== 'page-not-in-nav')
      .map(({ message }) => message);
    expect(messages).toEqual([expected]);
  });

  it('derives the navigation and the folder from files and the name', async () => {
    const site = new SiteInMemory({
      'mkdocs.yml': nav("Part: '!include part/mkdocs.yml'", "All: '*include */mkdocs.yml'"),
      'docs/index.md': '# I',
      'part/mkdocs.yml': "site_name: Straße Østers 1,5 d'or\n",
      'part/docs/b.md': '# B',
      'part/docs/folder/a.md': '# A',
      'part/docs/images/a.png': '',
    });
    expect(await site.nav()).toEqual([
      'Part',
      '  Folder',
      '    A -> strasse-osters-15-d-or/folder/a.md',
      '  B -> strasse-osters-15-d-or/b.md',
      'All',
      "  Straße Østers 1,5 d'or",
      '    Folder',
      '      A -> strasse-osters-15-d-or/folder/a.md',
      '    B -> strasse-osters-15-d-or/b.md',
    ]);
  });
});
