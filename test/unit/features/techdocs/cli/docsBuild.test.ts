import { existsSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { listFiles, writeFiles } from '../../../../support/folders';
import { useTemporaryFolder } from '../../../../support/temporaryFolder';
import { callboard } from '../../../cli/capture';

let cwd: string;

const files: Readonly<Record<string, string>> = {
  'mkdocs.yml': `site_name: Shop
site_description: What it sells
site_url: https://example.com/shop
repo_url: https://github.com/example/shop
extra_css: [extra.css]
nav:
  - Home: index.md
  - Guide:
      - guide/setup.md
      - Web: https://example.com/
plugins:
  - techdocs-core
  - redirects:
      redirect_maps:
        old/page.md: guide/setup.md#second
        ../../../escaped.md: index.md
`,
  'docs/index.md':
    '# Shop & more\n\n[setup](guide/setup.md#second) ![dot](dot.svg)\n\n## Part\n\nText.\n',
  'docs/guide/setup.md': '# Setup\n\n## Second\n\n[home](../index.md), [gone](gone.md)\n',
  'docs/alone.md': 'No heading.\n',
  'docs/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'docs/extra.css': 'p {}',
  'docs/.hidden': 'secret',
};

const put = (path: string, text: string): void => writeFiles(cwd, { [path]: text });

const read = (path: string): string => readFileSync(join(cwd, path), 'utf8');

const listed = (folder: string): readonly string[] => listFiles(join(cwd, folder));

const build = (...args: string[]): ReturnType<typeof callboard> =>
  callboard(['docs', 'build', ...args], { cwd, env: { SOURCE_DATE_EPOCH: '1700000000' } });

useTemporaryFolder(path => (cwd = path));
beforeEach(() => {
  for (const [path, text] of Object.entries(files)) put(path, text);
});

describe('callboard docs build', () => {
  it('follows the release of techdocs-core in the settings', async () => {
    put('docs/alone.md', '> [!NOTE]\n> Body\n');
    await build('--out', 'site');
    expect(read('site/alone/index.html')).toContain('class="admonition note"');
    put('.vscode/settings.json', '{ "callboard.docs.techdocsCore": "1.6" }');
    await build('--out', 'site');
    expect(read('site/alone/index.html')).toContain('<blockquote>');
    await build('--out', 'site', '--techdocs-core', '1.7');
    expect(read('site/alone/index.html')).toContain('class="admonition note"');
  });

  it('writes the files of MkDocs, a theme, and metadata for TechDocs', async () => {
    const { code, stdout } = await build('--out', 'site', '--etag', 'abc');
    expect(code).toBe(0);
    expect(stdout).toBe('Built 3 pages into site: 14 files written\n');
    const found = listed('site');
    expect(found.map(path => path.replace(/main\.[0-9a-f]{8}\./, 'main.HASH.'))).toEqual([
      '404.html',
      'alone/index.html',
      'assets/javascripts/chunks/shared.js',
      'assets/javascripts/site.js',
      'assets/stylesheets/main.HASH.min.css',
      'dot.svg',
      'extra.css',
      'guide/setup/index.html',
      'index.html',
      'old/page/index.html',
      'search/search_index.json',
      'sitemap.xml',
      'sitemap.xml.gz',
      'techdocs_metadata.json',
    ]);
    expect(JSON.parse(read('site/techdocs_metadata.json'))).toEqual({
      site_name: 'Shop',
      site_description: 'What it sells',
      build_timestamp: 1_700_000_000_000,
      engine: 'mkdocs',
      files: found,
      etag: 'abc',
    });
  });

  it('resolves links to pages and files, and reports broken ones', async () => {
    const { stderr } = await build('--out', 'site');
    expect(read('site/index.html')).toContain('<a href="guide/setup/#second">setup</a>');
    expect(read('site/index.html')).toContain('src="dot.svg"');
    expect(read('site/guide/setup/index.html')).toContain('<a href="../../">home</a>');
    expect(read('site/guide/setup/index.html')).toContain('<a href="gone.md">gone</a>');
    expect(stderr).toContain(
      "docs/guide/setup.md:5:22: warning: Doc file 'guide/setup.md' contains a link 'gone.md', but the target 'guide/gone.md' is not found among documentation files.\n",
    );
    expect(read('site/old/page/index.html')).toContain(
      'content="0; url=../../guide/setup/#second"',
    );
  });

  it('reports other links as configured, like MkDocs', async () => {
    put(
      'docs/index.md',
      '# Shop\n\n[a](guide) [b](/elsewhere) [c](alone.md?x#y) [d](.hidden) [e](#f)\n',
    );
    const quiet = await build('.', '--out', 'out');
    expect(quiet.stderr).not.toContain('index.md');
    expect(read('out/index.html')).toContain('href="alone/?x#y"');
    const config = files['mkdocs.yml'] ?? '';
    const levels = '{ unrecognized_links: warn, absolute_links: warn }';
    put('mkdocs.yml', `${config}strict: true\nvalidation:\n  links: ${levels}\n`);
    const { code, stderr } = await build('.', '--out', 'strict');
    expect(code).toBe(1);
    expect(stderr).toContain(
      "docs/index.md:3:1: warning: Doc file 'index.md' contains an unrecognized relative link 'guide', it was left as is.\n",
    );
    expect(stderr).toContain(
      "docs/index.md:3:12: warning: Doc file 'index.md' contains an absolute link '/elsewhere', it was left as is.\n",
    );
  });

  it('uses the current time if SOURCE_DATE_EPOCH is invalid', async () => {
    const env = { SOURCE_DATE_EPOCH: '9'.repeat(20) };
    expect(await callboard(['docs', 'build', '--out', 'site'], { cwd, env })).toMatchObject({
      code: 0,
    });
    expect(read('site/sitemap.xml')).toContain(new Date().toISOString().slice(0, 4));
  });

  it('notes that HTML is not sanitized', async () => {
    put('docs/index.md', '<script>alert(1)</script>\n');
    const { stderr } = await build('--out', 'site');
    expect(read('site/index.html')).toContain('<script>alert(1)</script>');
    expect(stderr).toContain('not sanitized');
  });

  it('writes changed files and removes old ones', async () => {
    await build('--out', 'site');
    const before = statSync(join(cwd, 'site/index.html')).ino;
    put('docs/alone.md', 'Other text.\n');
    rmSync(join(cwd, 'docs/dot.svg'));
    put('site/CNAME', 'docs.example.com');
    const { stdout } = await build('--out', 'site');
    expect(stdout).toBe('Built 3 pages into site: 3 files written, 10 unchanged, 1 removed\n');
    expect(statSync(join(cwd, 'site/index.html')).ino).toBe(before);
    expect(existsSync(join(cwd, 'site/dot.svg'))).toBe(false);
    expect(read('site/CNAME')).toBe('docs.example.com');
  });

  it("doesn't change a folder of other files without --clean", async () => {
    put('site/notes.txt', 'mine');
    const { code, stderr } = await build('--out', 'site');
    expect(code).toBe(2);
    expect(stderr).toContain('site was not changed');
    expect(listed('site')).toEqual(['notes.txt']);
    put('site/.nojekyll', '');
    expect((await build('--out', 'site', '--clean')).code).toBe(0);
    expect(listed('site')).not.toContain('notes.txt');
    expect(listed('site')).toContain('.nojekyll');
  });

  it.each([
    ['.', 'contains the sources of the docs'],
    ['docs', 'contains the sources of the docs'],
    ['docs/site', 'is inside the docs'],
    ['..', 'contains the sources of the docs'],
    ['link/site', 'is inside the docs'],
  ])('rejects the output folder %s', async (out, why) => {
    symlinkSync(join(cwd, 'docs'), join(cwd, 'link'));
    const { code, stderr } = await build('--out', out, '--clean');
    expect(code).toBe(2);
    expect(stderr).toContain(why);
    expect(read('docs/index.md')).toBe(files['docs/index.md']);
  });

  it.each([
    ['..\\odd.md', 'leads out of the site'],
    ['C:\\odd.md', 'leads out of the site'],
    ['a/.git/odd.md', 'leads into what git keeps'],
    ['techdocs_metadata.json.md', 'is in the way of "techdocs_metadata.json"'],
    ['dot.svg/odd.md', 'is in the way of "dot.svg"'],
  ])('skips a redirect from "%s", because it %s', async (from, why) => {
    const config = files['mkdocs.yml'] ?? '';
    put('mkdocs.yml', config.replace('../../../escaped.md', from));
    const { code, stderr } = await build('--out', 'site');
    expect(code).toBe(0);
    expect(stderr).toContain(`The redirect from "${from.slice(0, -3)}/" ${why} and is skipped`);
    expect(listed('site').filter(name => name.includes('odd'))).toEqual([]);
  });

  it('never writes outside of its folder, whatever the config or an earlier list', async () => {
    put('elsewhere/keep.txt', 'kept');
    const { stderr } = await build('--out', 'deep/site');
    expect(stderr).toContain('The redirect from "../../../escaped/" leads out of the site');
    expect(existsSync(join(cwd, '..', 'escaped'))).toBe(false);
    const metadata = JSON.parse(read('deep/site/techdocs_metadata.json')) as { files: string[] };
    metadata.files.push('../../elsewhere/keep.txt', 'link/keep.txt', '/etc/hostname');
    put('deep/site/techdocs_metadata.json', JSON.stringify(metadata));
    symlinkSync(join(cwd, 'elsewhere'), join(cwd, 'deep/site/link'));
    rmSync(join(cwd, 'deep/site/guide'), { recursive: true });
    symlinkSync(join(cwd, 'elsewhere'), join(cwd, 'deep/site/guide'));
    const { code, stderr: second } = await build('--out', 'deep/site');
    expect(code).toBe(2);
    expect(second).toContain("is a symbolic link, which isn't followed");
    rmSync(join(cwd, 'deep/site/guide'));
    expect((await build('--out', 'deep/site')).code).toBe(0);
    expect(listed('elsewhere')).toEqual(['keep.txt']);
  });

  it('builds nothing with errors in the config, or with warnings and --strict', async () => {
    expect(await build('--out', 'site', '--strict')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Nothing was built: 2 warnings'),
    });
    put('mkdocs.yml', 'nav: 3\n');
    const { code, stderr } = await build('--out', 'site');
    expect(code).toBe(1);
    expect(stderr).toContain(
      "mkdocs.yml:1:6: error: Config value 'nav': Expected nav to be a list",
    );
    expect(existsSync(join(cwd, 'site'))).toBe(false);
  });

  it('builds the docs folder or a README without a config', async () => {
    rmSync(join(cwd, 'mkdocs.yml'));
    await build('--out', 'site', '--site-name', 'Named');
    expect(JSON.parse(read('site/techdocs_metadata.json'))).toMatchObject({
      site_name: 'Named',
      site_description: 'None',
    });
    rmSync(join(cwd, 'docs'), { recursive: true });
    expect((await build('--out', 'site')).code).toBe(2);
    put('README.md', '# Read me\n');
    await build('--out', 'site');
    expect(read('site/index.html')).toContain('<h1 id="read-me">');
  });

  it('copies the diagram library only for diagrams', async () => {
    put('docs/index.md', '```mermaid\ngraph\n```\n');
    await build('--out', 'site');
    expect(listed('site').filter(path => path.includes('/chunks/'))).toEqual([
      'assets/javascripts/chunks/diagrams.js',
      'assets/javascripts/chunks/later.js',
      'assets/javascripts/chunks/library.js',
      'assets/javascripts/chunks/shared.js',
    ]);
  });

  it.each([
    [[], 'docs build needs --out OUT'],
    [['gone', '--out', 'site'], "Folder gone doesn't exist"],
    [['mkdocs.yml', '--out', 'site'], "mkdocs.yml isn't a folder"],
    [['a', 'b', '--out', 'site'], 'at most 1'],
  ])('reports an error for %j', async (args, message) => {
    const { code, stderr } = await build(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('distinguishes options of subcommands', async () => {
    const { stderr } = await callboard(['docs', 'render', 'a.md', '--out', 'b'], { cwd });
    expect(stderr).toContain('Unknown option --out for "docs render"');
  });

  it('reports diagrams that are not rendered in the page and on stderr', async () => {
    put(
      'docs/drawings.md',
      [
        '# Drawings',
        '',
        '```plantuml',
        '@startuml',
        'A -> B',
        '@enduml',
        '```',
        '',
        '=== "Graph"',
        '',
        '    ```graphviz neato graph.png',
        '    graph { a -- b }',
        '    ```',
        '',
        '```kroki-d2',
        'a -> b',
        '```',
        '',
        '```mermaid',
        'flowchart LR',
        '```',
        '',
      ].join('\n'),
    );
    rmSync(join(cwd, 'docs/guide/setup.md'));
    put('mkdocs.yml', 'site_name: Shop\n');
    put('docs/index.md', '# Shop\n');
    const { code, stderr } = await build('--out', 'site', '--strict');
    const advice =
      'To show it, write it in Mermaid, add it as an image, or build the docs with MkDocs.';
    expect(stderr.split('\n').slice(0, 3)).toEqual([
      `docs/drawings.md:3:1: warning: This PlantUML diagram isn't drawn. ${advice}`,
      `docs/drawings.md:11:5: warning: This Graphviz diagram isn't drawn. ${advice}`,
      `docs/drawings.md:15:1: warning: This D2 diagram isn't drawn. ${advice}`,
    ]);
    expect(code).toBe(0);
    const page = read('site/drawings/index.html');
    for (const name of ['PlantUML', 'Graphviz', 'D2']) {
      expect(page).toMatch(
        new RegExp(`<p class="md-diagram-note" role="note">This ${name} [^<]*</p>\\n<(?:pre|div)`),
      );
    }
    expect(page.match(/md-diagram-note/g)).toHaveLength(3);
    expect(page).toContain('A -&gt; B');
    expect(read('site/search/search_index.json')).not.toContain("isn't drawn");
  });
});
