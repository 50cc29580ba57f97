import { describe, expect, it } from 'vitest';
import { Random } from '../../../../../support/globPairs';
import { at, SiteInMemory } from '../../../../../support/siteInMemory';

const CONFIG = 'site_name: Ferry\nnav:\n  - Home: index.md\n  - more.md\n';

function ferry(): SiteInMemory {
  return new SiteInMemory({
    'mkdocs.yml': CONFIG,
    'docs/index.md': '# Welcome',
    'docs/more.md': '# More',
  });
}

describe('changed site', () => {
  it('rereads only a saved page', async () => {
    const site = ferry();
    expect(await site.nav()).toEqual(['Home -> index.md', 'More -> more.md']);
    site.files.takeReads();
    expect(await site.change({ 'docs/more.md': '# Much more' })).toBe(true);
    expect(await site.nav()).toEqual(['Home -> index.md', 'Much more -> more.md']);
    expect(site.files.takeReads()).toEqual({ '/work/site/docs/more.md': 1 });
  });

  it('is unchanged if a page has the same metadata', async () => {
    const site = ferry();
    const before = await site.content();
    expect(await site.change({ 'docs/more.md': '# More\n\nAnother text' })).toBe(false);
    expect(await site.content()).toBe(before);
  });

  it('rereads the folder if a page is added or removed', async () => {
    const site = new SiteInMemory({ 'mkdocs.yml': 'site_name: A', 'docs/index.md': '# I' });
    expect(await site.nav()).toEqual(['I -> index.md']);
    expect(await site.change({ 'docs/sub/new.md': '# New' })).toBe(true);
    expect(await site.nav()).toEqual(['I -> index.md', 'Sub', '  New -> sub/new.md']);
    expect(await site.change({ 'docs/sub/new.md': undefined })).toBe(true);
    expect(await site.nav()).toEqual(['I -> index.md']);
  });

  it('rereads the config and inherited configs', async () => {
    const site = new SiteInMemory({
      'mkdocs.yml': 'INHERIT: ../base.yml',
      '/work/base.yml': 'site_name: Base',
      'docs/index.md': '# I',
    });
    expect((await site.content()).site.name).toBe('Base');
    expect(await site.change({ '/work/base.yml': 'site_name: Other' })).toBe(true);
    expect((await site.content()).site.name).toBe('Other');
  });

  it('reads an include that was missing', async () => {
    const site = new SiteInMemory({
      'mkdocs.yml': `site_name: A\nnav:\n  - Home: index.md\n  - Part: '!include part/mkdocs.yml'`,
      'docs/index.md': '# I',
    });
    expect(await site.nav()).toEqual(['Home -> index.md', 'Part']);
    expect(
      await site.change({
        'part/mkdocs.yml': 'site_name: part\nnav: [index.md]',
        'part/docs/index.md': '# P',
      }),
    ).toBe(true);
    expect(await site.nav()).toEqual(['Home -> index.md', 'Part', '  P -> part/index.md']);
  });

  it('is unchanged for other files', async () => {
    const site = ferry();
    await site.content();
    expect(await site.change({ 'src/main.ts': '', '/work/other/docs/x.md': '# X' })).toBe(false);
  });
});

describe('aborted reading of a site', () => {
  it('does not affect another caller', async () => {
    const site = ferry();
    const abort = new AbortController();
    site.files.onRead = () => abort.abort();
    const first = site.content(abort.signal);
    const second = site.content();
    await expect(first).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect((await second).pages).toHaveLength(2);
  });
});

describe('site reader', () => {
  it('stays in the repository, whatever the config contains', async () => {
    const site = new SiteInMemory({
      'mkdocs.yml': [
        'INHERIT: ../../outside/base.yml',
        'site_name: A',
        'docs_dir: ../../outside',
        'nav:',
        "  - One: '!include ../../outside/mkdocs.yml'",
        "  - Two: '*include ../../outside/*/mkdocs.yml'",
        "  - Three: '!include /outside/mkdocs.yml'",
      ].join('\n'),
      '/outside/base.yml': 'extra: { secret: 1 }',
      '/outside/mkdocs.yml': 'site_name: secret\nnav: [index.md]',
      '/outside/index.md': '# Secret',
    });
    const { pages, extra } = await site.content();
    expect([pages, extra]).toEqual([[], {}]);
    expect(site.files.takeReads()).toEqual({ '/work/site/mkdocs.yml': 1 });
    expect(await site.problems()).toEqual([
      "error docs-outside-repository mkdocs.yml 0:9-0:31 The inherited config is outside the repository and isn't read.",
      `error docs-outside-repository mkdocs.yml 4:9-4:44 "../../outside/mkdocs.yml" is outside the repository and isn't read`,
      `error docs-outside-repository mkdocs.yml 5:9-5:46 "../../outside/*/mkdocs.yml" is outside the repository and isn't read`,
      `error docs-outside-repository mkdocs.yml 6:11-6:41 "/outside/mkdocs.yml" is outside the repository and isn't read`,
      `error docs-outside-repository mkdocs.yml 2:10-2:23 "../../outside" is outside the repository and isn't read`,
    ]);
  });

  it('skips symbolic links out of the repository and circular ones', async () => {
    const site = new SiteInMemory({
      'mkdocs.yml': 'site_name: A',
      'docs/index.md': '# I',
      '/outside/secret.md': '# Secret',
      '/work/shared/page.md': '# Shared',
    });
    site.files.link('/work/site/docs/out', '/outside');
    site.files.link('/work/site/docs/out.md', '/outside/secret.md');
    site.files.link('/work/site/docs/in', '/work/shared');
    site.files.link('/work/site/docs/ring', '/work/site/docs');
    expect(await site.nav()).toEqual(['I -> index.md', 'In', '  Shared -> in/page.md']);
    expect(await site.problems()).toEqual(
      [
        `error docs-outside-repository mkdocs.yml 0:0-0:12 The symbolic link "docs/out" leads out of the repository and isn't followed`,
      ].concat(
        `error docs-outside-repository mkdocs.yml 0:0-0:12 The symbolic link "docs/out.md" leads out of the repository and isn't followed`,
      ),
    );
    expect(site.files.takeReads()).not.toHaveProperty('/outside/secret.md');
  });
});

describe('problems of a site', () => {
  it('are in the navigation', async () => {
    const site = new SiteInMemory({
      'mkdocs.yml': [
        'site_name: A',
        'nav:',
        '  - Home: index.md',
        '  - Gone: gone.md',
        '  - also-gone.md',
        '  - Deep:',
        '      - gone/too.md',
        '  - Web: https://example.com',
      ].join('\n'),
      'docs/index.md': '# I',
      'docs/left-out.md': '---\ntitle: X\n---\n\n# Left out',
    });
    const missing = (path: string): string =>
      `A reference to '${path}' is included in the 'nav' configuration, which is not found in the documentation files.`;
    expect(await site.problems()).toEqual([
      `warning nav-page-missing mkdocs.yml 3:10-3:17 ${missing('gone.md')}`,
      `warning nav-page-missing mkdocs.yml 4:4-4:16 ${missing('also-gone.md')}`,
      `warning nav-page-missing mkdocs.yml 6:8-6:19 ${missing('gone/too.md')}`,
      'info page-not-in-nav docs/left-out.md 4:0-4:10 The page is not included in the "nav" configuration of mkdocs.yml.',
    ]);
  });

  it.each([
    ['', ['info', 'warning']],
    ['absolute_links: warn', ['warning', 'warning']],
    ['absolute_links: ignore', [undefined, 'warning']],
    ['not_found: ignore', ['info', undefined]],
  ])('of absolute entries have the severity of "%s"', async (levels, [absolute, missing]) => {
    const site = new SiteInMemory({
      'mkdocs.yml': [
        'site_name: X',
        'nav:',
        '  - index.md',
        '  - Out: /index.md',
        '  - gone.md',
        ...(levels === '' ? [] : [`validation: { nav: { ${levels} } }`]),
      ].join('\n'),
      'docs/index.md': '# I',
    });
    expect(await site.problems()).toEqual([
      ...(absolute === undefined
        ? []
        : [
            `${absolute} nav-path-absolute mkdocs.yml 3:9-3:18 An absolute path to '/index.md' is included in the 'nav' configuration, which presumably points to an external resource.`,
          ]),
      ...(missing === undefined
        ? []
        : [
            `${missing} nav-page-missing mkdocs.yml 4:4-4:11 A reference to 'gone.md' is included in the 'nav' configuration, which is not found in the documentation files.`,
          ]),
    ]);
  });

  it('are in the config', async () => {
    const site = new SiteInMemory({
      'mkdocs.yml': [
        'repo_url: example.com/x',
        'use_directory_urls: maybe',
        'docs_dir: pages',
        'edit_uri_template: "{file}"',
        'exclude_docs: [a]',
        'plugins:',
        '  - techdocs-core',
        '  - with-pdf',
        '  - search: yes',
        'markdown_extensions:',
        '  - toc: { permalink: true }',
        '  - my.extension',
        'nav:',
        '  - A: !include b.yml',
        '  - {}',
      ].join('\n'),
    });
    expect(await site.problems()).toEqual([
      "error mkdocs-invalid mkdocs.yml 13:16-13:21 could not determine a constructor for the tag '!include': the monorepo plugin wants it in quotes",
      "error mkdocs-invalid mkdocs.yml 0:10-0:23 Config value 'repo_url': The URL isn't valid, it should include the http:// (scheme)",
      "error mkdocs-invalid mkdocs.yml 3:19-3:27 Config value 'edit_uri_template': Unknown template substitute: 'file'",
      "error mkdocs-invalid mkdocs.yml 0:0-0:0 Config value 'site_name': Required configuration not provided.",
      "error mkdocs-invalid mkdocs.yml 14:4-14:6 Config value 'nav': Expected nav item to be a dict of size 1",
      "error mkdocs-invalid mkdocs.yml 1:20-1:25 Config value 'use_directory_urls': Expected type: <class 'bool'>, got maybe",
      "error mkdocs-invalid mkdocs.yml 4:14-4:17 Config value 'exclude_docs': Expected a multiline string.",
      `info unknown-docs-plugin mkdocs.yml 7:4-7:12 The plugin "with-pdf" isn't supported and is ignored`,
      "error mkdocs-invalid mkdocs.yml 8:4-8:10 Config value 'plugins': Invalid config options for the 'search' plugin.",
      `info unknown-docs-extension mkdocs.yml 11:4-11:16 The Markdown extension "my.extension" isn't supported and is ignored`,
      "error docs-dir-invalid mkdocs.yml 2:10-2:15 Config value 'docs_dir': The path 'pages' isn't an existing directory.",
      `warning nav-page-missing mkdocs.yml 13:16-13:21 A reference to 'b.yml' is included in the 'nav' configuration, which is not found in the documentation files.`,
    ]);
  });

  // The matcher must track which of the last 60 characters were an `a`.
  const slowPattern = `*a${'?'.repeat(60)}x`;
  const slowNames = (): readonly string[] => {
    const random = new Random(1);
    return random.list(300, () => random.list(230, () => random.pick(['a', 'b'])).join(''));
  };

  it('include patterns that take too long to match', async () => {
    const pattern = slowPattern;
    const site = new SiteInMemory({
      'mkdocs.yml': [
        'site_name: A',
        `exclude_docs: "${pattern}"`,
        `plugins: [exclude: { glob: ["${pattern}"] }]`,
      ].join('\n'),
      ...Object.fromEntries(slowNames().map(name => [`docs/${name}.md`, ''])),
    });
    const problems = (await site.problems()).filter(problem => problem.includes(pattern));
    expect(problems).toEqual([
      `error mkdocs-invalid mkdocs.yml 1:14-1:79 Config value 'exclude_docs': The pattern '${pattern}' takes too long to match and is ignored`,
      `info unknown-docs-plugin mkdocs.yml 2:28-2:93 The pattern "${pattern}" of the plugin exclude takes too long to match and is ignored`,
    ]);
  });

  it('include patterns of .pages files that take too long to match', async () => {
    const site = new SiteInMemory({
      'mkdocs.yml': 'site_name: A\nplugins: [awesome-pages]\n',
      'docs/.pages': `nav: ["... | ${slowPattern}", "... | glob=b*", "..."]\n`,
      ...Object.fromEntries(slowNames().map(name => [`docs/${name}.md`, ''])),
    });
    expect((await site.problems()).filter(problem => problem.includes(slowPattern))).toEqual([
      expect.stringContaining(
        `The pattern "${slowPattern}" of awesome-pages takes too long to match and is ignored`,
      ),
    ]);
  });

  it.each([
    ['takes too long to match', slowPattern],
    ['is too large', '*?'.repeat(20_000)],
  ])('include a wildcard of an include that %s', async (_, pattern) => {
    const site = new SiteInMemory({
      'mkdocs.yml': `site_name: A\nplugins: [monorepo]\nnav: [{ B: "*include ./${pattern}/mkdocs.yml" }]\n`,
      'docs/index.md': '# A',
      ...Object.fromEntries(slowNames().map(name => [`${name}/mkdocs.yml`, 'site_name: B\n'])),
    });
    const problems = (await site.problems()).filter(problem => problem.includes('too long to'));
    expect(problems).toHaveLength(1);
  });

  it('include unsupported extensions', async () => {
    const names = ['pymdownx.progressbar', 'markdown.extensions.smarty', 'extra', 'pymdownx.extra'];
    const extensions = [...names, 'markdown.extensions.toc', 'pymdownx.blocks.tab', 'tables'];
    const site = new SiteInMemory({
      'mkdocs.yml': `site_name: A\nmarkdown_extensions: [${extensions.join(', ')}]\n`,
      'docs/index.md': '# I',
    });
    const reported = (await site.problems()).map(problem => /The Markdown .*"/.exec(problem)?.[0]);
    expect(reported).toEqual(
      ['pymdownx.progressbar', 'markdown.extensions.smarty', 'pymdownx.blocks.tab'].map(
        name => `The Markdown extension "${name}"`,
      ),
    );
  });

  it('include unsupported plugins that change the output', async () => {
    const site = new SiteInMemory({
      'mkdocs.yml': 'site_name: A\nplugins: [search, kroki, minify, section-index]\n',
      'docs/index.md': '# I',
    });
    const reported = (await site.problems()).map(problem => /The plugin .*"/.exec(problem)?.[0]);
    expect(reported).toEqual(['The plugin "kroki"', 'The plugin "section-index"']);
  });

  it('include broken redirects', async () => {
    const site = new SiteInMemory({
      'mkdocs.yml':
        'site_name: A\nplugins:\n  - redirects:\n      redirect_maps:\n        old.md: index.md#x\n        a/README.md: gone.md\n',
      'docs/index.md': '# I',
    });
    expect(await site.problems()).toEqual([
      "warning redirect-target-missing mkdocs.yml 5:21-5:28 Redirect target 'gone.md' does not exist!",
    ]);
    expect([...(await site.content()).redirects]).toEqual([['old/', 'index.md#x']]);
  });
});

describe('invalid config', () => {
  it.each([
    ['nothing', ''],
    ['a list', '- a'],
    ['a text', 'hello'],
    ['a second document', 'site_name: A\n---\nb: c'],
    ['a ring of aliases', 'site_name: A\nnav: &a\n  - Deep: *a\n'],
    [
      'too many aliases',
      `site_name: A\na: &a [x, x]\n${'bcdefghijklmnopqrstuvwxyz'
        .split('')
        .map(
          (name, index) =>
            `${name}: &${name} [*${'abcdefghijklmnopqrstuvwxyz'[index]}, *${'abcdefghijklmnopqrstuvwxyz'[index]}]`,
        )
        .join('\n')}\nnav: *z\nextra: { z: *z }`,
    ],
    ['nesting', `site_name: A\nnav: ${'['.repeat(5000)}`],
    ['an alias without an anchor', 'site_name: *nobody'],
    ['a merge of texts', 'site_name: A\nextra:\n  <<: text\n'],
    [
      'a half-written key',
      'site_name: A\nnav:\n  - Home:\n  -\n  - : x\nplugins:\n  -\nmarkdown_extensions:\n',
    ],
  ])('can be %s', async (_, config) => {
    const site = new SiteInMemory({ 'mkdocs.yml': config, 'docs/index.md': '# I' });
    const { pages } = await site.content();
    expect(pages).toHaveLength(1);
  });
});

describe('unreadable config', () => {
  const ALIASES = `a: &a [x, x]\n${[...'bcdefghijklmnop']
    .map((name, index) => `${name}: &${name} [${`*${'abcdefghijklmno'[index]}, `.repeat(8)}]`)
    .join('\n')}\nsite_name: A\n`;

  it.each([
    ['has too many aliases', ALIASES, 'Aliases'],
    ['nests too deeply', `nav: ${'['.repeat(5000)}`, 'Nested deeper'],
    ['is a list', '- site_name: A\n', 'Expected a key-value mapping'],
    ['has an error', 'docs_dir: "docs\n', 'Missing closing'],
  ])('has one problem if it %s', async (_, config, message) => {
    const site = new SiteInMemory({ 'mkdocs.yml': config, 'docs/index.md': '# I' });
    expect(await site.problems()).toEqual([expect.stringContaining(message)]);
  });

  it('has one problem if another config inherits from it', async () => {
    const site = new SiteInMemory({
      'mkdocs.yml': 'INHERIT: base.yml\n',
      'base.yml': '- site_name: A\n',
      'docs/index.md': '# I',
    });
    expect(await site.problems()).toEqual([
      expect.stringContaining('Expected a key-value mapping'),
    ]);
  });
});

describe('inherited configs', () => {
  it('are limited in number, with a problem', async () => {
    const site = new SiteInMemory({
      'mkdocs.yml': 'INHERIT: c0.yml\n',
      'docs/index.md': '# I',
      ...Object.fromEntries(
        Array.from({ length: 300 }, (_, i) => [
          `c${i}.yml`,
          `INHERIT: c${i + 1}.yml\nsite_name: S${i}\n`,
        ]),
      ),
    });
    const { site: info } = await site.content();
    expect(info.name).toBe('S0');
    expect(await site.problems()).toEqual([
      expect.stringContaining('More than 100 configs inherit from each other'),
    ]);
  });
});

describe('symbolic links to folders', () => {
  const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];

  it('that refer to each other are followed once per folder', async () => {
    const site = new SiteInMemory({
      'mkdocs.yml': 'site_name: A\n',
      'docs/index.md': '# I',
      ...Object.fromEntries(NAMES.map(name => [`docs/${name}/page.md`, '# P'])),
    });
    for (const name of NAMES) {
      for (const other of NAMES) {
        if (other === name) continue;
        site.files.link(`/work/site/docs/${name}/to-${other}`, `/work/site/docs/${other}`);
      }
    }
    let checkCount = 0;
    const { readDirectory } = site.files;
    site.files.readDirectory = uri => {
      checkCount++;
      return readDirectory.call(site.files, uri);
    };
    const { pages } = await site.content();
    expect(pages.length).toBeGreaterThan(NAMES.length);
    expect(checkCount).toBeLessThan(NAMES.length ** 2 * 2);
  });

  it('add their pages under each of their names', async () => {
    const site = new SiteInMemory({
      'mkdocs.yml': 'site_name: A\n',
      'docs/v1/page.md': '# P',
    });
    site.files.link('/work/site/docs/latest', '/work/site/docs/v1');
    site.files.link('/work/site/docs/stable', '/work/site/docs/v1');
    const { pages } = await site.content();
    expect(pages.map(({ path }) => path).sort()).toEqual([
      'latest/page.md',
      'stable/page.md',
      'v1/page.md',
    ]);
  });
});

describe('too many aliases', () => {
  const tower = `a0: &a0 [x.md, x.md]\n${Array.from(
    { length: 60 },
    (_, level) => `a${level + 1}: &a${level + 1} [{ a: *a${level} }, { b: *a${level} }]\n`,
  ).join('')}`;
  const maps = `a0: &a0 { x: 1 }\n${Array.from(
    { length: 60 },
    (_, level) => `a${level + 1}: &a${level + 1} { a: *a${level}, b: *a${level} }\n`,
  ).join('')}`;
  const message = 'Aliases expand to more than 100000 values';

  it('are a problem of mkdocs.yml', async () => {
    const site = new SiteInMemory({
      'mkdocs.yml': `site_name: A\n${tower}nav: *a60\n`,
      'docs/index.md': '# I',
    });
    expect(await site.problems()).toContainEqual(expect.stringContaining(message));
  });

  it('are a problem of an inherited config', async () => {
    const site = new SiteInMemory({
      'base.yml': `${maps}extra: *a60\n`,
      'mkdocs.yml': `INHERIT: base.yml\nsite_name: A\n${maps}extra: *a60\n`,
      'docs/index.md': '# I',
    });
    expect((await site.problems()).filter(problem => problem.includes(message))).toHaveLength(1);
  });

  it('are ignored in .pages', async () => {
    const site = new SiteInMemory({
      'mkdocs.yml': 'site_name: A\nplugins: [awesome-pages]\n',
      'docs/index.md': '# I',
      'docs/.pages': `${tower}nav: *a60\n`,
    });
    expect((await site.content()).pages).toHaveLength(1);
  });

  it('are ignored in front matter', async () => {
    const site = new SiteInMemory({
      'mkdocs.yml': 'site_name: A\n',
      'docs/index.md': `---\n${tower}title: *a60\n---\n# I`,
    });
    expect((await site.content()).pages).toHaveLength(1);
  });
});

describe('environment variables', () => {
  const files = {
    'mkdocs.yml':
      'site_name: !ENV [NOBODY, NAME, Usual]\nuse_directory_urls: !ENV [FLAG, true]\nrepo_url: !ENV NOBODY',
    'docs/a.md': '# A',
  };

  it('have the given values with YAML types', async () => {
    const site = new SiteInMemory(files, { environment: { NAME: 'Given', FLAG: 'no' } });
    const { pages, site: given } = await site.content();
    expect([given.name, pages[0]?.url]).toEqual(['Given', 'a.html']);
  });

  it('have their defaults or no value', async () => {
    const site = new SiteInMemory(files);
    const { pages, site: usual } = await site.content();
    expect([usual.name, pages[0]?.url, await site.problems()]).toEqual(['Usual', 'a/', []]);
  });
});

describe('site without a config', () => {
  it('is generated as in TechDocs: the docs folder with the README as index', async () => {
    const site = new SiteInMemory(
      { 'README.md': '# Read me', 'docs/other.md': '# Other' },
      { origin: 'generated' },
    );
    expect(await site.nav()).toEqual(['Read me -> index.md', 'Other -> other.md']);
    expect(await site.change({ 'docs/index.md': '# Index' })).toBe(true);
    expect(await site.nav()).toEqual(['Index -> index.md', 'Other -> other.md']);
    expect(await site.problems()).toEqual([]);
  });

  it('is the README only if requested', async () => {
    const site = new SiteInMemory(
      { 'readme.md': 'Text', 'docs/other.md': '# Other' },
      { origin: 'readme' },
    );
    const { pages, home } = await site.content();
    expect(pages).toMatchObject([
      { path: 'README.md', url: '', title: 'Home', file: at('readme.md') },
    ]);
    expect(home).toBe('README.md');
  });
});

describe('edit URL of a page', () => {
  const repository = {
    root: 'file:///work',
    branch: 'main',
    remote: {
      webUrl: 'https://github.com/acme/ferry',
      pageUrl: (page: string, branch: string, path: string) =>
        `https://github.com/acme/ferry/${page}/${branch}/${path}`,
    },
  };

  it.each([
    ['site_name: A', 'https://github.com/acme/ferry/edit/main/site/docs/index.md'],
    [
      'site_name: A\nrepo_url: https://github.com/acme/other',
      'https://github.com/acme/ferry/edit/main/site/docs/index.md',
    ],
    ['site_name: A\nedit_uri: https://example.com/e/', 'https://example.com/e/index.md'],
    ['site_name: A\nedit_uri: ""\nrepo_url: ""', undefined],
  ])('%j', async (config, editUrl) => {
    const site = new SiteInMemory({ 'mkdocs.yml': config, 'docs/index.md': '' }, { repository });
    expect((await site.content()).pages[0]?.editUrl).toBe(editUrl);
  });
});

it('reports an unreadable page until it can be read', async () => {
  const site = new SiteInMemory({ 'mkdocs.yml': 'site_name: S\n', 'docs/index.md': '# Title\n' });
  site.files.setReadable('/work/site/docs/index.md', false);
  expect(await site.problems()).toEqual([
    expect.stringMatching(/docs-dir-invalid .*Can't read "index\.md": permission denied/),
  ]);
  site.files.setReadable('/work/site/docs/index.md', true);
  expect(await site.change({ 'docs/index.md': '# Title\n' })).toBe(true);
  expect(await site.problems()).toEqual([]);
  expect(await site.nav()).toEqual(['Title -> index.md']);
});
