import { expect } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import { violationsInThemes, violationsOf } from '../support/axe';
import { codePage, measureCodeBlocks, VISIBLE_BLOCKS } from '../support/codeBlocks';
import { test } from '../support/portalPage';
import { manyTexts, shop, shopDocs } from '../support/shopDocs';

const files = shopDocs(`# Features

## Tabs

=== "First"
    One

=== "Second"
    Two

    #### Below the second

    At the end.
`);

test('has no single-key shortcuts if the user turns them off', async ({ open }) => {
  const { page } = await open({ page: shop, files, singleKeys: false });
  await page.getByRole('heading', { name: 'Features', level: 1 }).waitFor();
  const size = (): Promise<string> =>
    page.locator('.docs-article').evaluate(one => getComputedStyle(one).fontSize);
  const before = await size();
  await page.keyboard.press('/');
  await page.keyboard.press('+');
  const box = page.getByRole('combobox', { name: 'Search these docs' });
  expect(await box.evaluate(input => input === document.activeElement)).toBe(false);
  expect(await size()).toBe(before);
});

test('finds a heading across a site by keyboard', async ({ open }) => {
  const { page } = await open({ page: shop, files });
  await page.getByRole('heading', { name: 'Features', level: 1 }).waitFor();
  await page.keyboard.press('/');
  const box = page.getByRole('combobox', { name: 'Search these docs' });
  await expect.poll(() => box.evaluate(input => input === document.activeElement)).toBe(true);
  await page.keyboard.type('second', { delay: 5 });
  const found = page.getByRole('listbox', { name: 'Search these docs' }).getByRole('option');
  await page.getByRole('status').getByText('3 results').waitFor();
  // Results of the shorter prefixes appear and disappear before.
  await expect
    .poll(() => found.allInnerTexts())
    .toEqual([
      expect.stringMatching(/^Setup\s*Second\s*Here\./),
      expect.stringMatching(/^Home\s*Below the second/),
      expect.stringMatching(/^Home\s*Tabs\s*First Second One Two/),
    ]);
  expect(await violationsInThemes(page)).toEqual([]);
  await page.screenshot({ path: inProject('out', 'component', 'docs-search.png') });
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  const heading = page.getByRole('heading', { name: 'Second' });
  await expect.poll(async () => (await heading.boundingBox())?.y).toBeLessThan(400);
  const marked = (): Promise<readonly string[]> =>
    page.evaluate(() =>
      [...(CSS.highlights.get('docs-search') ?? [])].map(range => (range as Range).toString()),
    );
  await expect.poll(marked).toEqual(['Second']);
  await page.screenshot({ path: inProject('out', 'component', 'docs-found.png') });
  await page.getByRole('button', { name: 'Back' }).press('Escape');
  await expect.poll(marked).toEqual([]);
});

test('marks the heading and words of a result of the search page', async ({ open }) => {
  const words = ['second'];
  const { page } = await open({
    page: { ...shop, path: 'guide/setup.md', anchor: 'second', words },
    files,
  });
  const heading = page.locator('.is-found');
  expect(await heading.innerText()).toContain('Second');
  await page.screenshot({ path: inProject('out', 'component', 'docs-result.png') });
  expect(await violationsInThemes(page)).toEqual([]);
  await page.getByRole('heading', { name: 'Second' }).waitFor();
  await page.keyboard.press('Escape');
  await heading.waitFor({ state: 'detached' });
  expect(await page.evaluate(() => CSS.highlights.has('docs-search'))).toBe(false);
});

test('reports an empty search and finds newly written text', async ({ open }) => {
  const { page, write } = await open({ page: shop, files });
  const box = page.getByRole('combobox', { name: 'Search these docs' });
  await box.fill('unicorn');
  await page.getByText('Nothing found').waitFor();
  await box.press('Escape');
  expect(await page.getByText('Nothing found').count()).toBe(0);
  await write('docs/guide/setup.md', '# Setup\n\nWith a unicorn & <b>more</b>.\n');
  await box.fill('a unicorn');
  await page.getByRole('option').getByText('With a unicorn & more.').click();
  await page.getByRole('heading', { name: 'Setup', level: 1 }).waitFor();
});

test('scrolls to a result on the current page', async ({ open }) => {
  const { page } = await open({ page: { ...shop, path: 'guide/setup.md' }, files });
  const heading = page.getByRole('heading', { name: 'Second' });
  const search = async (): Promise<void> => {
    await page.getByRole('combobox', { name: 'Search these docs' }).fill('second');
    await page.getByRole('option').first().click();
    await expect.poll(async () => (await heading.boundingBox())?.y).toBeLessThan(400);
  };
  await search();
  await page.evaluate(() => window.scrollTo(0, 0));
  await search();
});

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><rect width="400" height="200" fill="teal"/></svg>`;

test('shows an image in a full-window dialog', async ({ open }) => {
  const { page } = await open({
    page: shop,
    files: {
      ...files,
      'docs/plan.svg': drawing,
      'docs/index.md':
        '# Plans\n\n![The plan](plan.svg) ![A dot](dot.svg) [![Linked](plan.svg)](guide/setup.md)\n',
    },
  });
  const plan = page.getByRole('button', { name: 'The plan' });
  await plan.focus();
  expect(await violationsInThemes(page)).toEqual([]);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'The plan' });
  await dialog.getByText('Fit', { exact: true }).waitFor();
  expect(await violationsInThemes(page)).toEqual([]);
  await page.screenshot({ path: inProject('out', 'component', 'docs-lightbox.png') });
  const image = dialog.getByRole('img');
  const width = async (): Promise<number> => Math.round((await image.boundingBox())?.width ?? 0);
  await expect.poll(width).toBe(400);
  await page.keyboard.press('+');
  await expect.poll(width).toBe(500);
  await dialog.getByText('125 %').waitFor();
  await page.keyboard.press('-');
  await page.keyboard.press('-');
  await expect.poll(width).toBe(320);
  await page.keyboard.press('0');
  await expect.poll(width).toBe(400);
  // Focus stays in the dialog.
  for (let key = 0; key < 8; key++) {
    await page.keyboard.press('Tab');
    const isOutside = await page.evaluate(() => {
      const active = document.activeElement;
      return active !== document.body && active?.closest('dialog') === null;
    });
    expect(isOutside).toBe(false);
  }
  await page.keyboard.press('Escape');
  await expect.poll(() => dialog.count()).toBe(0);
  await expect.poll(() => plan.evaluate(element => element === document.activeElement)).toBe(true);
  // Small images and linked images aren't buttons.
  expect(await page.locator('callboard-docs-article img[role=button]').count()).toBe(1);
  await plan.click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => dialog.count()).toBe(0);
});

test('handles Escape in the image dialog before the page', async ({ open }) => {
  const { page } = await open({
    page: shop,
    files: {
      ...files,
      'docs/plan.svg': drawing,
      'docs/index.md': '# Plans\n\n![The plan](plan.svg)\n',
    },
  });
  const isMarked = (): Promise<boolean> => page.evaluate(() => CSS.highlights.has('docs-search'));
  await page.getByRole('combobox', { name: 'Search these docs' }).fill('plans');
  await page.getByRole('option').first().click();
  await expect.poll(isMarked).toBe(true);
  await page.getByRole('button', { name: 'The plan' }).click();
  const dialog = page.getByRole('dialog', { name: 'The plan' });
  await dialog.getByText('Fit', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => dialog.count()).toBe(0);
  expect(await isMarked()).toBe(true);
  await page.keyboard.press('Escape');
  await expect.poll(isMarked).toBe(false);
});

test('ignores Enter during IME composition', async ({ open }) => {
  const { page } = await open({ page: shop, files });
  const box = page.getByRole('combobox', { name: 'Search these docs' });
  await box.fill('second');
  await page.getByRole('option').first().waitFor();
  const press = (isComposing: boolean): Promise<boolean> =>
    box.evaluate(
      (input, composing) =>
        input.dispatchEvent(
          new KeyboardEvent('keydown', {
            key: 'Enter',
            isComposing: composing,
            bubbles: true,
            cancelable: true,
          }),
        ),
      isComposing,
    );
  expect(await press(true)).toBe(true);
  expect(await box.inputValue()).toBe('second');
  expect(await press(false)).toBe(false);
  await page.getByRole('heading', { name: 'Setup', level: 1 }).waitFor();
});

test('edits a page by a key, which can be turned off', async ({ open }) => {
  for (const [singleKeys, title, edits] of [
    [true, 'Edit (E)', 1],
    [false, null, 0],
  ] as const) {
    const { page, calls } = await open({ page: shop, files, singleKeys });
    const edit = page.getByRole('link', { name: 'Edit' });
    await edit.waitFor();
    expect(await edit.getAttribute('title')).toBe(title);
    await page.keyboard.press('e');
    await page.getByRole('combobox', { name: 'Search these docs' }).pressSequentially('ee');
    await expect
      .poll(async () => (await calls()).filter(({ method }) => method === 'portal/editDocs').length)
      .toBe(edits);
  }
});

test('changes the text size by buttons and keys and remembers it', async ({ open }) => {
  const { page } = await open({ page: { ...shop, path: 'guide/setup.md' }, files });
  const text = page.locator('.docs-article p').first();
  const size = (): Promise<number> =>
    text.evaluate(element => parseFloat(getComputedStyle(element).fontSize));
  await text.waitFor();
  const usual = await size();
  await page.getByRole('button', { name: 'Larger Text' }).click();
  await expect.poll(size).toBeCloseTo(usual * 1.1);
  const heading = page.getByRole('heading', { name: 'Second' });
  await heading.evaluate(element => element.scrollIntoView());
  const before = (await heading.boundingBox())?.y ?? 0;
  await page.keyboard.press('+');
  await expect.poll(size).toBeCloseTo(usual * 1.25);
  expect(Math.abs(((await heading.boundingBox())?.y ?? 0) - before)).toBeLessThan(30);
  await page.locator('.docs-nav').getByRole('link', { name: 'Home' }).click();
  await page.getByRole('heading', { name: 'Features', level: 1 }).waitFor();
  await expect.poll(size).toBeCloseTo(usual * 1.25);
  for (let key = 0; key < 10; key++) await page.keyboard.press('+');
  expect(await page.getByRole('button', { name: 'Larger Text' }).isDisabled()).toBe(true);
  await page.keyboard.press('0');
  await expect.poll(size).toBeCloseTo(usual);
  await page.keyboard.press('-');
  await expect.poll(size).toBeCloseTo(usual * 0.9);
  // The size is still there after leaving the page and returning.
  await page.getByRole('button', { name: 'Home' }).click();
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('heading', { name: 'Features', level: 1 }).waitFor();
  await expect.poll(size).toBeCloseTo(usual * 0.9);
});

test('marks the current section in the table of contents', async ({ open }) => {
  const { page } = await open({ page: { ...shop, path: 'guide/setup.md' }, files });
  const toc = page.getByRole('navigation', { name: 'On this page' });
  const marked = (): Promise<readonly string[]> =>
    toc.locator('[aria-current=location]').allInnerTexts();
  await expect.poll(marked).toEqual(['Setup']);
  await toc.getByRole('link', { name: 'Second' }).click();
  await expect.poll(marked).toEqual(['Second']);
  expect(await violationsOf(page)).toEqual([]);
  await page.screenshot({ path: inProject('out', 'component', 'docs-section.png') });
  await page.mouse.move(600, 400);
  await page.mouse.wheel(0, -2_000);
  await expect.poll(marked).toEqual(['First']);
});

test('scales code with the surrounding text', async ({ open }) => {
  const code = '# Use `one`\n\nText with `two`.\n\n```text\nthree\n```\n';
  const { page } = await open({ page: shop, files: { ...files, 'docs/index.md': code } });
  const sizes = (): Promise<readonly number[]> =>
    page
      .locator('.docs-article code')
      .evaluateAll(all => all.map(element => parseFloat(getComputedStyle(element).fontSize)));
  await expect.poll(async () => (await sizes()).length).toBe(3);
  const [inHeading = 0, inText = 0, block = 0] = await sizes();
  expect(inHeading).toBeGreaterThan(1.5 * inText);
  await page.getByRole('button', { name: 'Larger Text' }).click();
  await expect
    .poll(async () => (await sizes()).map(size => size.toFixed(2)))
    .toEqual([inHeading, inText, block].map(size => (size * 1.1).toFixed(2)));
});

test('lists the entities with these docs and their owner', async ({ open }) => {
  const owned = (name: string): string => `---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: ${name}, annotations: { backstage.io/techdocs-ref: dir:. } }
spec: { type: service, lifecycle: experimental, owner: team-a }
`;
  const { page } = await open({
    page: shop,
    files: {
      ...files,
      'catalog-info.yaml': ['a', 'b', 'c', 'd'].map(owned).join(''),
      'teams.yaml':
        'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: { name: team-a, title: The A Team }\nspec: { type: team, children: [] }\n',
    },
  });
  const header = page.getByRole('group', { name: 'Entities with these docs' });
  await header.getByText('2 more').click();
  expect(await header.innerText()).toMatch(
    /a\s*Component\s*Owner\s*The A Team\s*Lifecycle\s*experimental/,
  );
  expect(await violationsInThemes(page)).toEqual([]);
  await page.screenshot({ path: inProject('out', 'component', 'docs-entities.png') });
  await header.getByRole('link', { name: /^d/ }).click();
  await page.getByRole('heading', { name: /^d\b/, level: 1 }).waitFor();
});

const remote = {
  ...files,
  'docs/index.md':
    '# Badges\n\n![Build](https://img.example.com/build.png) ![Other](https://other.example.com/b.png)\n\n![None](gone.png)\n',
};

test("doesn't load images from the web and says why", async ({ open }) => {
  const { page } = await open({ page: shop, files: remote });
  const requests: string[] = [];
  page.on('request', request => requests.push(request.url()));
  const reason = "Not loaded: img.example.com isn't in the setting callboard.docs.imageHosts.";
  await page.getByText(reason).waitFor();
  expect(await page.locator('img[alt=Build]').getAttribute('title')).toBe(reason);
  expect(await violationsInThemes(page)).toEqual([]);
  await page.screenshot({ path: inProject('out', 'component', 'docs-remote.png') });
  expect(requests.filter(url => url.includes('example.com'))).toEqual([]);
});

test('loads images from the hosts in `callboard.docs.imageHosts`', async ({ open }) => {
  const { page } = await open({
    page: { page: 'home' },
    files: remote,
    pictureHosts: ['img.example.com'],
  });
  const calls: string[] = [];
  await page.route('**/*.png', async route => {
    const request = route.request();
    calls.push(`${request.url()} ${request.headers()['referer'] ?? 'without a referrer'}`);
    await route.fulfill({ contentType: 'image/svg+xml', body: drawing });
  });
  await page.evaluate(to => window.fakeHost.notify('portal/show', to), shop);
  const build = page.locator('img[alt=Build]');
  await expect
    .poll(() => build.evaluate(image => (image as HTMLImageElement).naturalWidth))
    .toBe(400);
  expect(calls).toEqual(['https://img.example.com/build.png without a referrer']);
  await page.getByText("other.example.com isn't in the setting").waitFor();
});

test("reports an image that the host doesn't have", async ({ open }) => {
  const { page } = await open({ page: { page: 'home' }, files: remote, pictureHosts: ['*'] });
  await page.route('**/*.png', route => route.fulfill({ status: 404, body: '' }));
  await page.evaluate(to => window.fakeHost.notify('portal/show', to), shop);
  await page.getByText("img.example.com doesn't have this image.").waitFor();
});

test('keeps scroll position and focus of the navigation between pages', async ({ open }) => {
  const { page } = await open({
    page: { page: 'docs', site: 'file:///work', path: 'page-00.md' },
    files: {
      'mkdocs.yml': 'site_name: Many\n',
      ...Object.fromEntries(
        Array.from({ length: 60 }, (_, index) => {
          const name = String(index).padStart(2, '0');
          return [`docs/page-${name}.md`, `# Page ${name}\n\n## Same\n\n${manyTexts}`];
        }),
      ),
    },
  });
  const nav = page.locator('.docs-nav');
  const link = nav.getByRole('link', { name: 'Page 55' });
  await link.focus();
  const before = await nav.evaluate(element => element.scrollTop);
  expect(before).toBeGreaterThan(100);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Page 55', level: 1 }).waitFor();
  expect(await nav.evaluate(element => element.scrollTop)).toBe(before);
  expect(await link.evaluate(element => element === document.activeElement)).toBe(true);
  // An anchor of both pages is searched in the target page.
  await page.evaluate(() =>
    window.fakeHost.notify('portal/show', {
      page: 'docs',
      site: 'file:///work',
      path: 'page-20.md',
      anchor: 'same',
    }),
  );
  await page.getByRole('heading', { name: 'Page 20', level: 1 }).waitFor();
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('heading', { name: 'Page 55', level: 1 }).waitFor();
});

test.for(['table', 'inline', 'pymdownx-inline'])(
  "shows a code block's title above it and line numbers beside it (%s)",
  async (style, { open }) => {
    const { page } = await open({
      page: shop,
      files: {
        ...shopDocs(codePage),
        'mkdocs.yml': `site_name: Shop
markdown_extensions:
  - pymdownx.highlight: { linenums_style: ${style} }
`,
      },
      viewport: { width: 1200, height: 3000 },
    });
    await page.getByRole('heading', { name: 'Code', level: 1 }).waitFor();
    await page.screenshot({
      path: inProject('out', 'component', `docs-code-${style}.png`),
    });
    expect(await measureCodeBlocks(page)).toEqual({ blocks: VISIBLE_BLOCKS, faults: [] });
  },
);
