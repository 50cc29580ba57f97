import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callboard } from '../../../cli/capture';

let cwd: string;

const files: Readonly<Record<string, string>> = {
  'plain/page.md': '# Title\n\n!!! note\n    Body\n\n--8<-- "part.md"\n\n--8<-- "missing.md"\n',
  'plain/part.md': '*part*\n',
  'site/mkdocs.yml': `site_name: Site
markdown_extensions:
  - nl2br
  - other.extension
  - pymdownx.superfences:
      custom_fences:
        - name: mermaid
          class: mermaid
          format: !!python/name:pymdownx.superfences.fence_code_format
  - toc:
      permalink: '#'
`,
  'site/docs/index.md':
    '# Title\n\none\ntwo\n\n```mermaid\ngraph\n```\n\n```js\nlet a;\n```\n\n--8<-- "docs/part.md"\n',
  'site/docs/part.md': 'included\n',
  'site/docs/link.md': '--8<-- "docs/outside.md"\n\ntext\n',
  'secret.md': 'secret\n',
  'alert.md': '> [!NOTE]\n> Body\n',
  'older/.vscode/settings.json': '{ "callboard.docs.techdocsCore": "1.6" }',
  'older/alert.md': '> [!NOTE]\n> Body\n',
  'heir/mkdocs.yml': 'INHERIT: base.yml\nsite_name: Heir\n',
  'heir/base.yml': 'markdown_extensions:\n  nl2br:\n  toc:\n    permalink: false\n',
  'heir/docs/index.md': '# Title\n\none\ntwo\n',
};

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'callboard-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
  symlinkSync(join(cwd, 'secret.md'), join(cwd, 'site/docs/outside.md'));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const run = (...args: string[]): ReturnType<typeof callboard> =>
  callboard(['docs', ...args], { cwd });

describe('callboard docs render', () => {
  it.each([
    ['the latest techdocs-core', '.', [], 'class="admonition note"'],
    ['techdocs-core 1.6 of the option', '.', ['--techdocs-core', '1.6'], '<blockquote>'],
    ['techdocs-core 1.6 of the settings', 'older', [], '<blockquote>'],
    ['the option before the settings', 'older', ['--techdocs-core', '1.7'], '"admonition note"'],
  ])('follows %s', async (_name, folder, more, expected) => {
    const args = ['docs', 'render', 'alert.md', ...more];
    expect((await callboard(args, { cwd: join(cwd, folder) })).stdout).toContain(expected);
  });

  it('rejects an unknown release of techdocs-core', async () => {
    const { code, stderr } = await run('render', 'alert.md', '--techdocs-core', '2');
    expect(code).toBe(2);
    expect(stderr).toContain('--techdocs-core must be one of 1.6, 1.7, not "2"');
  });

  it('prints the HTML of a page and reports missing includes', async () => {
    const { code, stdout, stderr } = await run('render', 'plain/page.md');
    expect(code).toBe(0);
    expect(stdout)
      .toBe(`<h1 id="title">Title<a class="headerlink" href="#title" title="Permanent link">&para;</a></h1>
<div class="admonition note">
<p class="admonition-title">Note</p>
<p>Body</p>
</div>
<p><em>part</em></p>
`);
    expect(stderr).toBe(
      'plain/page.md:8: The included file or section "missing.md" doesn\'t exist\n',
    );
  });

  it('uses the extensions of the nearest mkdocs.yml and reports unknown ones', async () => {
    const { stdout, stderr } = await run('render', 'site/docs/index.md');
    expect(stdout).toContain('title="Permanent link">#</a></h1>');
    expect(stdout).toContain('<p>one<br />\ntwo</p>');
    expect(stdout).toContain(
      '<pre class="mermaid" data-diagram="mermaid"><code>graph</code></pre>',
    );
    expect(stdout).toContain('<span class="hljs-keyword">let</span> a;');
    expect(stdout).toContain('<p>included</p>');
    expect(stderr).toBe(
      "site/docs/index.md: the extension other.extension isn't supported and is ignored\n",
    );
  });

  it('applies inherited configs and options in any form', async () => {
    const { stdout } = await run('render', 'heir/docs/index.md');
    expect(stdout).toBe('<h1 id="title">Title</h1>\n<p>one<br />\ntwo</p>\n');
  });

  it("doesn't follow links out of the site", async () => {
    const { stdout, stderr } = await run('render', 'site/docs/link.md');
    expect(stdout).toBe('<p>text</p>\n');
    expect(stderr).toContain('site/docs/link.md:1: The included file');
  });

  it.each([
    [[], '"docs" needs a subcommand. Available: docs build, docs check, docs render'],
    [['explain'], 'Unknown command "docs explain". Available: docs build, docs check, docs render'],
    [['render'], 'docs render needs a page: callboard docs render FILE.md'],
    [['render', 'no.md'], "File no.md doesn't exist"],
    [['render', 'plain'], 'plain is not a file'],
  ])('rejects %j', async (args, message) => {
    const { code, stderr } = await run(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
