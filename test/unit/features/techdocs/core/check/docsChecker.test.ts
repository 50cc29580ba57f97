import { describe, expect, it } from 'vitest';
import { DocsChecker, type DocsCheckerDeps } from '../../../../../../src/features/techdocs/core';
import type { Problem } from '../../../../../../src/model';
import { growth, LINEAR } from '../../../../../support/growth';
import { at, SiteInMemory } from '../../../../../support/siteInMemory';
import { TestClock } from '../../../../../support/testClock';

class CheckedSite extends SiteInMemory {
  readonly checker: DocsChecker;

  constructor(
    files: Readonly<Record<string, string>>,
    { config = 'site_name: Ferry', ...deps }: Partial<DocsCheckerDeps> & { config?: string } = {},
  ) {
    super({ 'mkdocs.yml': config, ...files });
    this.checker = new DocsChecker({ fileSystem: this.files, clock: new TestClock(), ...deps });
  }

  /** Problems as lines: severity, code, page, marked text, message, suggestions. */
  async problemLines(): Promise<readonly string[]> {
    const site = await this.reader.read();
    const problems = await this.checker.check(site);
    return Promise.all(problems.map(problem => this.#line(problem)));
  }

  async #line({ code, file, message, range, severity, suggestions }: Problem): Promise<string> {
    const text = new TextDecoder().decode(await this.files.readFile(file ?? ''));
    const line = text.split('\n')[range.start.line] ?? '';
    const written = line.slice(range.start.character, range.end.character);
    const suggested = suggestions ? ` -> ${suggestions.join(' or ')}` : '';
    const page = (file ?? '').slice(at('docs/').length);
    return `${severity} ${code} ${page} <${written}> ${message}${suggested}`;
  }
}

const page = async (
  text: string,
  others: Readonly<Record<string, string>> = {},
  options?: ConstructorParameters<typeof CheckedSite>[1],
): Promise<readonly string[]> =>
  new CheckedSite({ 'docs/index.md': text, ...others }, options).problemLines();

describe('broken link or image', () => {
  it('is reported with a suggestion', async () => {
    expect(
      await page('# A\n\n[a](guide/instal.md#x)\n\n![b](ship.png)\n', {
        'docs/guide/install.md': '# I',
        'docs/img/ship.png': '',
      }),
    ).toEqual([
      "warning page-image-missing index.md <ship.png> The target 'ship.png' is not found among documentation files. -> img/ship.png",
      "warning page-link-missing index.md <guide/instal.md#x> The target 'guide/instal.md' is not found among documentation files. -> guide/install.md#x",
    ]);
  });

  it('is marked at its target in a definition', async () => {
    expect(await page('[a][r] [r]\n\n[r]: none.md\n')).toEqual(
      Array(2).fill(
        "warning page-link-missing index.md <none.md> The target 'none.md' is not found among documentation files.",
      ),
    );
  });

  it('gets a suggestion with another case or encoding', async () => {
    const lines = await page('[a](Guide.md) [b](my%20gude.md)', {
      'docs/guide.md': '',
      'docs/my guide.md': '',
    });
    expect(lines.map(line => line.split(' -> ')[1])).toEqual(['guide.md', 'my%20guide.md']);
  });
});

describe('very many broken links', () => {
  const check = async (count: number): Promise<readonly Problem[]> => {
    const many = (line: (index: number) => string): string =>
      Array.from({ length: count }, (_, index) => line(index)).join('\n\n');
    const text = `${many(index => `# Head ${index}`)}\n\n${many(index => `[a](#hea-${index})`)}\n`;
    const { checker, reader } = new CheckedSite({ 'docs/index.md': text });
    return checker.check(await reader.read());
  };

  it('are reported fast on a page with many anchors', async () => {
    const problems = await check(1000);
    expect(problems).toHaveLength(1000);
    expect(problems[7]?.suggestions?.[0]).toBe('#head-7');
    expect(await growth(check, 400)).toBeLessThan(LINEAR);
  });
});

describe("HTML that MkDocs doesn't convert", () => {
  it('is resolved from the address of the published page', async () => {
    const others = { 'docs/other.md': '', 'docs/sub/page.md': '<a href="../../other/">a</a>' };
    expect(
      await page('<a href="other/">a</a> <img src="a.png">', { ...others, 'docs/a.png': '' }),
    ).toEqual([]);
    expect(
      await page('', {
        ...others,
        'docs/sub/page.md': '<a href="../other.md">a</a> <img src="none.png">',
      }),
    ).toEqual([
      "info page-image-missing sub/page.md <none.png> Links in HTML aren't rewritten: 'none.png' resolves to 'sub/page/none.png', which the site doesn't have.",
      "info page-link-missing sub/page.md <../other.md> Links in HTML aren't rewritten: '../other.md' resolves to 'sub/other.md', which the site doesn't have. -> ../../other/",
    ]);
  });

  it('is not checked for targets outside of the site', async () => {
    expect(
      await page('<a href="../other-site/">a</a> <a href="/x">b</a> <a href="x:y">c</a>'),
    ).toEqual([]);
  });
});

describe('anchor', () => {
  it('is searched in the current target page', async () => {
    const site = new CheckedSite({
      'docs/index.md': '[a](more.md#first-step) [b](#here)',
      'docs/more.md': '## First steps',
    });
    expect(await site.problemLines()).toEqual([
      "info page-anchor-missing index.md <more.md#first-step> The doc 'more.md' does not contain an anchor '#first-step'. -> more.md#first-steps",
      "info page-anchor-missing index.md <#here> There is no anchor '#here' on this page.",
    ]);
    await site.change({
      'docs/more.md': '## First step',
      'docs/index.md': '[a](more.md#first-step)',
    });
    site.checker.invalidate([at('docs/more.md'), at('docs/index.md')]);
    expect(await site.problemLines()).toEqual([]);
  });

  it('can come from an included file', async () => {
    const site = new CheckedSite({
      'docs/index.md': '--8<-- "part.md"\n\n[a](#part)',
      'part.md': '## Part',
    });
    expect(await site.problemLines()).toEqual([]);
    await site.change({ 'part.md': '## Other' });
    site.checker.invalidate([at('part.md')]);
    expect(await site.problemLines()).toEqual([
      "info page-anchor-missing index.md <#part> There is no anchor '#part' on this page.",
    ]);
  });

  it('that is duplicated is reported at later occurrences', async () => {
    expect(await page('## A {#x}\n\n## B {#x}\n\n<a id="x"></a>\n\n## C\n\n## C\n')).toEqual(
      Array(2).fill(
        "warning duplicate-heading-id index.md <x> The id 'x' is used more than once. Links lead to the first element.",
      ),
    );
  });

  it('duplicated by HTML and a heading is reported', async () => {
    const twice = "The id 'steps' is used more than once. Links lead to the first element.";
    const expected = [`warning duplicate-heading-id index.md <steps> ${twice}`];
    expect(await page('## Steps\n\nA\n\n<p id="steps">a</p>\n')).toEqual(expected);
    expect(await page('<p id="steps">a</p>\n\nA\n\n## Steps\n')).toEqual(expected);
    // Directly above its heading, it has the same target.
    expect(await page('<a id="steps"></a>\n\n## Steps\n')).toEqual([]);
    expect(await page('## <a id="steps"></a>Steps\n')).toEqual([]);
    // Python-Markdown avoids ids of attribute lists for headings.
    expect(await page('## Steps\n\n## Other {#steps}\n\nA[^1]\n\n[^1]: B\n')).toEqual([]);
  });
});

describe('include of a page', () => {
  const text = '--8<-- "none.md"\n\n--8<-- "../outside.md"\n';

  it('must exist', async () => {
    expect(await page(text)).toEqual([
      `warning page-include-missing index.md <--8<-- "none.md"> The included file or section "none.md" doesn't exist`,
      'warning page-include-outside index.md <--8<-- "../outside.md"> "../outside.md" is outside the folders that this site may include',
    ]);
  });

  it('is an error if the site requires it', async () => {
    const config =
      'site_name: A\nmarkdown_extensions:\n  - pymdownx.snippets:\n      check_paths: true\n';
    const found = await page(text, {}, { config });
    expect(found.map(line => line.split(' ')[0])).toEqual(['error', 'error']);
  });

  it('gets the problems of an included file that is not published', async () => {
    expect(await page('--8<-- "part.md"\n', { 'part.md': 'x\n\n[a](none.md)' })).toEqual([
      'warning page-link-missing index.md <--8<-- "part.md"> The target \'none.md\' is not found among documentation files.',
    ]);
  });
});

it('addresses of entities and their docs are looked up in the catalog', async () => {
  const text =
    '[a](/catalog/default/component/ferry) [b](/docs/default/Component/ferry/x/) [c](/catalog/default/api/gone) [d](/create)';
  const hasEntity = (ref: string): boolean => ref === 'component:default/ferry';
  expect(await page(text, {}, { hasEntity })).toEqual([
    "info page-entity-missing index.md </catalog/default/api/gone> The entity api:default/gone isn't in the catalog.",
    "info page-link-absolute index.md </create> The absolute link '/create' is left as it is.",
  ]);
});

it('pages that are not built are not checked', async () => {
  const config = 'site_name: A\ndraft_docs: draft.md\n';
  expect(await page('# A', { 'docs/draft.md': '[a](none.md)' }, { config })).toEqual([]);
});

it('a check can be aborted and started again', async () => {
  const site = new CheckedSite({ 'docs/index.md': '[a](b.md)', 'docs/c.md': '[a](b.md)' });
  const built = await site.reader.read();
  const abort = new AbortController();
  const checking = site.checker.check(built, { signal: abort.signal, onPage: () => abort.abort() });
  await expect(checking).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  expect(await site.problemLines()).toHaveLength(2);
});
