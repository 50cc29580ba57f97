import { expect } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import { violationsOf } from '../support/axe';
import { test } from '../support/portalPage';

const themes = ['dark', 'light', 'contrast'] as const;

const manyTexts = 'Text.\n\n'.repeat(80);

const files = {
  'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  annotations:
    backstage.io/techdocs-ref: dir:.
spec: { type: service, lifecycle: production, owner: nobody }
`,
  'mkdocs.yml':
    'site_name: Shop\nnav:\n  - Home: index.md\n  - Guide:\n      - Setup: guide/setup.md\n',
  'docs/index.md': `# Features

## Tabs

=== "First"
    One

=== "Second"
    Two

    #### Below the second

    At the end.
`,
  'docs/guide/setup.md': `# Setup\n\n## First\n\n${manyTexts}\n\n## Second\n\nHere.\n\n${manyTexts}`,
  'docs/dot.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
};
const shop = { page: 'docs', site: 'file:///work' } as const;

test.for(themes)(
  'finds a place in the pages of a site by keyboard (%s)',
  async (theme, { open }) => {
    const { page } = await open({ page: shop, files, theme });
    await page.getByRole('heading', { name: 'Features', level: 1 }).waitFor();
    await page.keyboard.press('/');
    const box = page.getByRole('combobox', { name: 'Search these docs' });
    await expect.poll(() => box.evaluate(input => input === document.activeElement)).toBe(true);
    await page.keyboard.type('second', { delay: 5 });
    const found = page.getByRole('listbox', { name: 'Search these docs' }).getByRole('option');
    await page.getByRole('status').getByText('3 places').waitFor();
    expect(await found.allInnerTexts()).toEqual([
      expect.stringMatching(/^Setup\s*Second\s*Here\./),
      expect.stringMatching(/^Home\s*Below the second/),
      expect.stringMatching(/^Home\s*Tabs\s*First Second One Two/),
    ]);
    expect(await violationsOf(page)).toEqual([]);
    await page.screenshot({ path: inProject('out', 'component', `docs-search-${theme}.png`) });
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
    await page.screenshot({ path: inProject('out', 'component', `docs-found-${theme}.png`) });
    await page.getByRole('button', { name: 'Back' }).press('Escape');
    await expect.poll(marked).toEqual([]);
  },
);

test('says that nothing was found, and finds what is typed into a page', async ({ open }) => {
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

test('goes to a place of the page that is there already', async ({ open }) => {
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

const remote = {
  ...files,
  'docs/index.md':
    '# Badges\n\n![Build](https://img.example.com/build.png) ![Other](https://other.example.com/b.png)\n\n![None](gone.png)\n',
};

test.for(themes)('loads no picture of the web, and says why (%s)', async (theme, { open }) => {
  const { page } = await open({ page: shop, files: remote, theme });
  const requests: string[] = [];
  page.on('request', request => requests.push(request.url()));
  const reason = 'Not loaded: the setting callboard.docs.imageHosts does not name img.example.com.';
  await page.getByText(reason).waitFor();
  expect(await page.locator('img[alt=Build]').getAttribute('title')).toBe(reason);
  expect(await violationsOf(page)).toEqual([]);
  await page.screenshot({ path: inProject('out', 'component', `docs-remote-${theme}.png`) });
  expect(requests.filter(url => url.includes('example.com'))).toEqual([]);
});

test('loads pictures of the web from hosts that the setting names', async ({ open }) => {
  const { page } = await open({
    page: { page: 'home' },
    files: remote,
    pictureHosts: ['img.example.com'],
  });
  const asked: string[] = [];
  await page.route('**/*.png', async route => {
    const request = route.request();
    asked.push(`${request.url()} ${request.headers()['referer'] ?? 'without a referrer'}`);
    await route.fulfill({ contentType: 'image/svg+xml', body: drawing });
  });
  await page.evaluate(to => window.fakeHost.notify('portal/show', to), shop);
  const build = page.locator('img[alt=Build]');
  await expect
    .poll(() => build.evaluate(image => (image as HTMLImageElement).naturalWidth))
    .toBe(400);
  expect(asked).toEqual(['https://img.example.com/build.png without a referrer']);
  await page.getByText('does not name other.example.com').waitFor();
});

test('says that a host has no such picture', async ({ open }) => {
  const { page } = await open({ page: { page: 'home' }, files: remote, pictureHosts: ['*'] });
  await page.route('**/*.png', route => route.fulfill({ status: 404, body: '' }));
  await page.evaluate(to => window.fakeHost.notify('portal/show', to), shop);
  await page.getByText('img.example.com has no such picture.').waitFor();
});
