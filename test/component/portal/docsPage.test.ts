import { expect } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import { violationsInThemes, violationsOf } from '../support/axe';
import { type OpenedPortal, test } from '../support/portalPage';
import { shop, shopDocs } from '../support/shopDocs';

const features = `# Features

Text with [a link](guide/setup.md#second), [a heading](#tabs), [nothing](gone.md), [the web](https://example.com/) and
[an entity](/catalog/default/component/shop).

!!! warning "Mind the step"
    It is steep.

??? note "Closed"
    ### Inside

    Hidden.

## Tabs

=== "First"
    One

=== "Second"
    Two

    #### Below the second

| Left | Right |
| :--- | ----: |
| a    | 1     |

\`\`\`yaml title="a.yaml" hl_lines="1"
kind: Component
\`\`\`

\`\`\`mermaid
flowchart LR
  A[Order] --> B[Ship]
\`\`\`

- [x] Done
- [ ] Open

![A dot](dot.svg) ![A picture that is gone](gone.png)
`;

const files = shopDocs(features);

test('renders a page like TechDocs', async ({ open }) => {
  const { page } = await open({
    page: shop,
    files,
    viewport: { width: 1200, height: 1400 },
  });
  await page.getByRole('heading', { name: 'Features', level: 1 }).waitFor();
  await page.locator('.docs-diagram img').waitFor();
  await page.locator('img[alt="A dot"][src^="data:image/svg"]').waitFor();
  expect(await violationsInThemes(page)).toEqual([]);
});

test("lists the demo's docs and opens them", async ({ open }) => {
  const { page } = await open({ page: { page: 'docs' } });
  const handbook = page.getByRole('heading', { name: 'Crew Handbook' });
  await handbook.getByRole('link').click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  const pages = page.getByRole('navigation', { name: 'Pages of Crew Handbook' });
  await pages.getByText('Sailing').click();
  await pages.getByRole('link', { name: 'Glossary' }).click();
  await page.getByRole('heading', { name: 'Glossary', level: 1 }).waitFor();
  expect(await violationsOf(page)).toEqual([]);
});

test('lists docs by title and filters them by text', async ({ open }) => {
  const { page } = await open({ page: { page: 'docs' } });
  const titles = page.locator('.docs-site-card h2');
  await titles.first().waitFor();
  const all = await titles.allInnerTexts();
  expect(all).toEqual(all.toSorted(new Intl.Collator('en').compare));
  await page.getByText('How we build, how we sail').waitFor();
  await page.getByRole('searchbox', { name: 'Filter docs' }).fill('boiler room');
  await expect.poll(() => titles.allInnerTexts()).toEqual(['platform']);
  await page.getByRole('status').getByText('1 site').waitFor();
  expect(await violationsInThemes(page)).toEqual([]);
  await page.getByRole('searchbox', { name: 'Filter docs' }).fill('nothing like that');
  await page.getByText('No docs match the filter.').waitFor();
});

test.for([900, 1280, 1920])(
  'limits lines to a readable length at %i px',
  async (width, { open }) => {
    const line = 'A sentence of ordinary words that goes on and on for the reader. ';
    const { page } = await open({
      page: shop,
      files: shopDocs(`# Features\n\n${line.repeat(10)}\n`),
      viewport: { width, height: 800 },
    });
    const text = page.getByText('A sentence');
    await text.waitFor();
    const { height, lineHeight } = await text.evaluate(paragraph => ({
      height: paragraph.getBoundingClientRect().height,
      lineHeight: Number.parseFloat(getComputedStyle(paragraph).lineHeight),
    }));
    const characters = (line.length * 10) / Math.round(height / lineHeight);
    expect(characters).toBeGreaterThan(60);
    expect(characters).toBeLessThan(82);
    // The title alone is no table of contents, and leaves its room to the text.
    expect(await page.getByRole('navigation', { name: 'On this page' }).count()).toBe(0);
    const edit = await page.getByRole('link', { name: 'Edit' }).boundingBox();
    const title = await page.getByRole('heading', { level: 1 }).boundingBox();
    expect(Math.abs((edit?.y ?? 0) - (title?.y ?? 0))).toBeLessThan(20);
  },
);

test('scrolls a linked heading below the bar and highlights it', async ({ open }) => {
  const picture = '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="700"/>';
  const text = 'Text.\n\n'.repeat(60);
  const { page } = await open({
    page: { ...shop, anchor: 'there' },
    files: {
      ...shopDocs(
        `# Features\n\n![Large](large.svg)\n\n\`\`\`mermaid\nflowchart TD\n  A --> B --> C\n\`\`\`\n\n## There\n\n${text}`,
      ),
      'shop/docs/large.svg': picture,
    },
  });
  const heading = page.getByRole('heading', { name: 'There' });
  await page.locator('.is-revealed').waitFor();
  expect(await heading.getAttribute('class')).toContain('is-revealed');
  await page.locator('.docs-diagram img').waitFor();
  const top = (): Promise<number> =>
    heading.evaluate(element => Math.round(element.getBoundingClientRect().top));
  await expect.poll(top).toBe(45);
});

test('follows links to pages, headings and entities and explains broken ones', async ({ open }) => {
  const { page, calls } = await open({ page: shop, files });
  const broken = page.getByRole('link', { name: 'nothing' });
  await expect.poll(() => broken.getAttribute('title')).toBe("This page or file doesn't exist.");
  await page.getByRole('link', { name: 'a heading' }).click();
  await page.getByRole('link', { name: 'the web' }).click();
  await expect
    .poll(async () => (await calls()).find(({ method }) => method === 'portal/follow')?.params)
    .toEqual({ target: { type: 'url', url: 'https://example.com/' }, toSide: false });
  await page.getByRole('link', { name: 'a link' }).click();
  await page.getByRole('heading', { name: 'Setup', level: 1 }).waitFor();
  const second = page.getByRole('heading', { name: 'Second' });
  await expect.poll(async () => (await second.boundingBox())?.y).toBeLessThan(400);
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('link', { name: 'an entity' }).click();
  await page.getByRole('heading', { name: /shop/, level: 1 }).waitFor();
});

test('loads a missing image only after it is created', async ({ open }) => {
  const { page, write } = await open({ page: shop, files });
  const missing = page.locator('img[alt="A picture that is gone"]');
  await page.locator('img[alt="A dot"][src]').waitFor();
  await expect.poll(() => missing.getAttribute('class')).toBe('is-broken');
  expect(await missing.getAttribute('src')).toBeNull();
  expect(await missing.getAttribute('title')).toBe("This image doesn't exist in the docs folder.");
  const requests = await page.evaluate(() => window.fakeHost.requests);
  expect(requests.filter(method => method === 'portal/getDocsPicture')).toHaveLength(1);
  await write('docs/gone.png', 'a picture');
  await expect
    .poll(() => missing.getAttribute('src'))
    .toBe(`data:image/png;base64,${btoa('a picture')}`);
  expect(await missing.getAttribute('title')).toBeNull();
});

test('reloads only the image that was saved', async ({ open }) => {
  const { page, write } = await open({
    page: shop,
    files: {
      ...files,
      'docs/other.svg': files['docs/dot.svg'],
      'docs/index.md': '# Two\n\n![A dot](dot.svg) ![Other](other.svg)\n',
    },
  });
  const dot = page.locator('img[alt="A dot"][src]');
  await page.locator('img[alt="Other"][src]').waitFor();
  const before = await dot.getAttribute('src');
  await write('docs/dot.svg', files['docs/dot.svg'].replaceAll('9', '18'));
  await expect.poll(() => dot.getAttribute('src')).not.toBe(before);
  const requests = await page.evaluate(() => window.fakeHost.requests);
  expect(requests.filter(method => method === 'portal/getDocsPicture')).toHaveLength(3);
});

test('explains a broken link on focus until its target exists', async ({ open }) => {
  const { page, write } = await open({ page: shop, files });
  const broken = page.getByRole('link', { name: 'nothing' });
  await broken.focus();
  const shown = (): Promise<string> =>
    broken.evaluate(link => getComputedStyle(link, '::after').content);
  expect(await shown()).toContain("This page or file doesn't exist.");
  await write('docs/gone.md', '# Not gone\n');
  await expect.poll(() => broken.getAttribute('title')).toBeNull();
  expect(await shown()).toBe('none');
  await broken.press('Enter');
  await page.getByRole('heading', { name: 'Not gone', level: 1 }).waitFor();
});

test('requests the page again only after changes that affect it', async ({ open }) => {
  const { page, write } = await open({ page: { ...shop, path: 'index.md' }, files });
  await page.getByRole('heading', { name: 'Features', level: 1 }).waitFor();
  await write('docs/index.md', features.replace('It is steep.', 'It is very steep.'));
  await page.getByText('very steep').waitFor();
  const changes = await page.evaluate(() =>
    window.fakeHost.notifications.filter(({ method }) => method === 'portal/changed'),
  );
  expect(changes.at(-1)?.params).toEqual({ pages: [{ site: 'file:///work', path: 'index.md' }] });
  const requests = (): Promise<number> =>
    page.evaluate(
      () => window.fakeHost.requests.filter(method => method === 'portal/getDocsPage').length,
    );
  const show = (path: string): Promise<void> =>
    page.evaluate(shown => window.fakeHost.notify('portal/show', shown), { ...shop, path });
  const askedAfter = async (pages: unknown): Promise<number> => {
    const before = await requests();
    await page.evaluate(what => window.fakeHost.notify('portal/changed', { pages: what }), pages);
    // Messages keep their order, so the next page is requested after that.
    await show('guide/setup.md');
    await page.getByRole('heading', { name: 'Setup', level: 1 }).waitFor();
    const count = (await requests()) - before;
    await show('index.md');
    await page.getByRole('heading', { name: 'Features', level: 1 }).waitFor();
    return count;
  };
  expect(await askedAfter([{ site: 'file:///work', path: 'guide/setup.md' }])).toBe(1);
  expect(await askedAfter([{ site: 'file:///other', path: 'index.md' }])).toBe(1);
  expect(await askedAfter([{ site: 'file:///work', path: 'index.md' }])).toBe(2);
});

test('shows the navigation around a page that is too large', async ({ open }) => {
  const { page } = await open({
    page: { ...shop, path: 'guide/setup.md' },
    files: { ...files, 'docs/guide/setup.md': `# Setup\n\n${'Text. '.repeat(900_000)}` },
  });
  await page.getByText('This page is too large to show.').waitFor();
  // The section of the page is open.
  await page.getByRole('link', { name: 'Setup' }).waitFor();
  expect(await violationsOf(page)).toEqual([]);
});

test('reports a site without pages', async ({ open }) => {
  const { page } = await open({
    page: { page: 'docs', site: 'file:///work' },
    files: { 'mkdocs.yml': 'site_name: Empty\n' },
  });
  await page.getByText('This site has no pages yet.').waitFor();
  expect(await violationsOf(page)).toEqual([]);
});

test('updates changed text and keeps unchanged elements', async ({ open }) => {
  const { page, write } = await open({ page: shop, files });
  await page.getByText('Second', { exact: true }).click();
  await page.getByText('Two').waitFor();
  await page.evaluate(() => {
    const table = document.querySelector('callboard-docs-article table');
    if (table) table.id = 'seen';
  });
  await write('docs/index.md', features.replace('It is steep.', 'It is *very* steep.'));
  await page.getByText('very', { exact: true }).waitFor();
  expect(await page.locator('#seen').count()).toBe(1);
  await page.getByText('Two').waitFor();
});

const start = `# Edits

One.

<script>gone()</script>

<x-y><p>Two</p><p>Three</p></x-y>

Text data-line="1" of a line.

\`\`\`yaml
kind: Component
\`\`\`

![A dot](dot.svg) ![Gone](gone.png)

<img src="gone.png" alt="By itself">

| a |
| - |
| b |

Last[^1].

[^1]: A footnote.
`;

test('renders the same after edits as a fresh page', async ({ open }) => {
  const edits: readonly ((text: string) => string)[] = [
    text => text.replace('One.', 'One.\n\nOne and a half.'),
    text => text.replace('data-line="1"', 'data-line="2"'),
    text => text.replace('<p>Two</p>', '<p>Two</p><p>Two and a half</p>'),
    text => text.replace(/\| a \|[^]*\| b \|\n/, ''),
    text => text.replace('<script>gone()</script>\n\n', ''),
    text => `---\ntitle: x\n---\n\n${text}`,
    text => text.replace('kind: Component', 'kind: API\nspec: {}'),
    text => text.replace('Last[^1]', 'First of the last.\n\nLast[^1]'),
    text => text.replace('# Edits\n', '# Edits\n\n## More\n'),
  ];
  const shown = async (text: string): Promise<OpenedPortal> => {
    const opened = await open({
      page: { ...shop, path: 'index.md' },
      files: { ...files, 'docs/index.md': text },
    });
    await opened.page.locator('img[alt="A dot"][src]').waitFor();
    return opened;
  };
  const read = ({ page }: OpenedPortal): Promise<string> =>
    page.locator('callboard-docs-article').innerHTML();
  const edited = await shown(start);
  let text = start;
  for (const edit of edits) {
    text = edit(text);
    const before = await read(edited);
    await edited.write('docs/index.md', text);
    // Each is shown by itself, since what comes next builds on it.
    await expect.poll(() => read(edited)).not.toBe(before);
  }
  const fresh = await shown(text);
  await fresh.page.locator('.docs-picture-note').nth(1).waitFor();
  const expected = await read(fresh);
  await expect.poll(() => read(edited)).toBe(expected);
  expect(expected).toContain('Two and a half');
});

test('opens the tab or details block that hides a linked heading', async ({ open }) => {
  const { page } = await open({ page: { ...shop, anchor: 'inside' }, files });
  await page.getByRole('heading', { name: 'Inside' }).waitFor();
  await page
    .getByRole('navigation', { name: 'On this page' })
    .getByRole('link', { name: 'Below the second' })
    .click();
  await page.getByRole('heading', { name: 'Below the second' }).waitFor();
});

test('scrolls with the Markdown editor and reports its own scrolling', async ({ open }) => {
  const { page, calls } = await open({ page: { ...shop, path: 'guide/setup.md' }, files });
  const scrolled = (): Promise<number> => page.evaluate(() => window.scrollY);
  const heading = page.getByRole('heading', { name: 'Second' });
  await heading.waitFor();
  const line = Number(await heading.getAttribute('data-line'));
  await page.evaluate(
    at =>
      window.fakeHost.notify('portal/revealLine', {
        site: 'file:///work',
        path: 'guide/setup.md',
        line: at,
      }),
    line,
  );
  await expect.poll(async () => Math.round((await heading.boundingBox())?.y ?? 0)).toBe(45);
  // The page has heard of it by then, and has had the frame in which it would tell.
  await page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  });
  expect((await calls()).filter(({ method }) => method === 'portal/scrolled')).toEqual([]);
  const before = await scrolled();
  await page.mouse.move(600, 400);
  const lastScroll = async (): Promise<unknown> =>
    (await calls()).findLast(({ method }) => method === 'portal/scrolled')?.params;
  const turnAndLook = async (): Promise<unknown> => {
    await page.mouse.wheel(0, -60);
    return lastScroll();
  };
  // A scroll right after the editor has moved the page is an echo of that.
  await expect
    .poll(turnAndLook)
    .toEqual({ site: 'file:///work', path: 'guide/setup.md', line: expect.any(Number) });
  expect((await lastScroll()) as { line: number }).toMatchObject({
    line: expect.toSatisfy((at: number) => at < line),
  });
  expect(await scrolled()).toBeLessThan(before);
});

test("scrolls to the editor's line after the page's text arrives", async ({ open }) => {
  const { page, write } = await open({ page: { ...shop, path: 'guide/setup.md' }, files });
  await page.getByRole('heading', { name: 'Second' }).waitFor();
  const before = files['docs/guide/setup.md'];
  const line = before.split('\n').length + 160;
  await page.evaluate(
    at =>
      window.fakeHost.notify('portal/revealLine', {
        site: 'file:///work',
        path: 'guide/setup.md',
        line: at,
      }),
    line,
  );
  await write(
    'docs/guide/setup.md',
    `${before}\n${'More.\n\n'.repeat(80)}## Late\n${'\nMore.\n'.repeat(40)}`,
  );
  const late = page.getByRole('heading', { name: 'Late' });
  await late.waitFor();
  await expect
    .poll(async () => Math.abs(((await late.boundingBox())?.y ?? 0) - 45))
    .toBeLessThan(60);

  // A page that the user scrolled elsewhere stays there.
  await page.mouse.move(600, 400);
  await page.mouse.wheel(0, -400);
  await expect.poll(async () => (await late.boundingBox())?.y ?? 0).toBeGreaterThan(300);
  const scrolled = await page.evaluate(() => window.scrollY);
  await write(
    'docs/guide/setup.md',
    `${before}\n${'More.\n\n'.repeat(80)}## Late\n${'\nMore.\n'.repeat(41)}`,
  );
  await expect.poll(() => page.getByText('More.', { exact: true }).count()).toBe(121);
  expect(await page.evaluate(() => window.scrollY)).toBe(scrolled);
});

test('renders diagrams with external programs and reports their errors', async ({ open }) => {
  const text = `# Drawn

\`\`\`graphviz neato out.svg
graph { a -- b }
\`\`\`

\`\`\`plantuml
A -> B
\`\`\`
`;
  const { page, write } = await open({
    page: shop,
    files: { ...files, 'docs/index.md': text },
  });
  const drawing = page.locator('img.docs-paper');
  await drawing.waitFor();
  expect(decodeURIComponent((await drawing.getAttribute('src')) ?? '')).toContain(
    '-Kneato graph {',
  );
  expect(await drawing.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(300);
  expect(await page.evaluate(() => 'wasHarmed' in window)).toBe(false);
  await page.getByText("PlantUML can't render this diagram: Syntax Error?").waitFor();
  await page.getByText('A -> B').waitFor();
  expect(await page.getByText('graph {').isVisible()).toBe(false);
  expect(await violationsInThemes(page)).toEqual([]);
  await page.screenshot({ path: inProject('out', 'e2e', 'diagrams.png') });

  await drawing.evaluate(image => image.classList.add('is-the-first'));
  await write('docs/index.md', `${text}\nMore.\n`);
  await page.getByText('More.').waitFor();
  expect(await page.locator('img.docs-paper.is-the-first').count()).toBe(1);

  await page.evaluate(() => (window.fakeHost.isTrusted = false));
  await write('docs/index.md', text.replace('a -- b', 'a -- c'));
  await page.getByText('Trust the workspace to render this diagram with Graphviz.').waitFor();
  await page.getByText('a -- c').waitFor();
  await page.evaluate(() => (window.fakeHost.isTrusted = true));
  await page.evaluate(() => window.fakeHost.notify('portal/changed', { pages: 'docs' }));
  await drawing.waitFor();
});

test('draws Mermaid diagrams under the content security policy, with room for labels', async ({
  open,
}) => {
  const flowchart = 'flowchart LR\n  a -->|A label| b -->|WWWWWWWWWWWW| c -->|iiiiiiiiiiii| d';
  const { page } = await open({
    page: { page: 'home' },
    files: shopDocs(
      [flowchart, 'mindmap\n  root\n    one', 'classDiagram\n  A <|-- B']
        .map(code => `\`\`\`mermaid\n${code}\n\`\`\`\n`)
        .join('\n'),
    ),
  });
  const errors: string[] = [];
  page.on('console', message => message.type() === 'error' && errors.push(message.text()));
  await page.evaluate(shown => window.fakeHost.notify('portal/show', shown), shop);
  await expect.poll(() => page.locator('.docs-diagram img').count()).toBe(3);
  expect(errors).toEqual([]);

  const source = await page.locator('.docs-diagram img').first().getAttribute('src');
  const drawing = await page.context().newPage();
  await drawing.setContent(decodeURIComponent(source?.replace(/^[^,]*,/, '') ?? ''));
  const gaps = await drawing.locator('.edgeLabel:has(text)').evaluateAll(labels =>
    labels.map(label => {
      const widthOf = (part: string): number =>
        (label.querySelector(part) as SVGGraphicsElement).getBBox().width;
      return Math.round(widthOf('rect.background') - widthOf('text'));
    }),
  );
  expect(gaps).toEqual([4, 4, 4]);
});
