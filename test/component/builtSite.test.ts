import { extname } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { inProject } from '../../scripts/lib/project.mjs';
import { buildDocs, readFolderSite } from '../../src/features/techdocs/core';
import { NodeClock } from '../../src/platform/node';
import { fileUri, InMemoryFileSystem } from '../support/inMemoryFileSystem';
import { testBrowser } from '../support/openCallboard';
import { violationsOf } from './support/axe';
import { builtWebviews } from './support/builtWebviews';
import { codePage, measureCodeBlocks, VISIBLE_BLOCKS } from './support/codeBlocks';

const SITE = 'https://docs.test/shop/';

const files = {
  'mkdocs.yml': `site_name: Shop
markdown_extensions: [attr_list]
nav:
  - Home: index.md
  - Guide:
      - Setup: guide/setup.md
`,
  'docs/index.md': `# Shop

Text with a needle.

## Half { #50% }

\`\`\`yaml
kind: Component
\`\`\`

\`\`\`mermaid
flowchart LR
  accTitle: From order to shipping
  A[Order] --> B[Ship]
\`\`\`

- [x] Done
- [ ] Open
`,
  'docs/guide/setup.md': '# Setup\n\n## Second\n\nAnother needle.\n',
};

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

const opened: Page[] = [];
const built = buildSite(files);

afterAll(() => Promise.all(opened.map(page => page.context().close())));

interface SiteOptions {
  /** By path; default: `files`. */
  readonly files?: Readonly<Record<string, string>>;
  readonly address?: string;
  readonly colorScheme?: 'dark' | 'light';
  readonly forcedColors?: 'active' | 'none';
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** The first page of a built site, as a web server would serve it. */
async function openSite({
  files: sources,
  address = SITE,
  viewport = { width: 1400, height: 900 },
  ...media
}: SiteOptions = {}): Promise<{ readonly page: Page; readonly errors: readonly string[] }> {
  const context = await (await testBrowser()).newContext({ viewport, ...media });
  const page = await context.newPage();
  opened.push(page);
  const errors: string[] = [];
  page.on('pageerror', error => errors.push(error.message));
  const site = await (sources ? buildSite(sources) : built);
  await page.route(/^https?:/, async route => {
    const path = decodeURIComponent(new URL(route.request().url()).pathname).slice('/shop/'.length);
    const name = path === '' || path.endsWith('/') ? `${path}index.html` : path;
    const make = site.get(name);
    if (!make) return route.fulfill({ status: 404, body: '' });
    const contentType = contentTypes[extname(name)];
    return route.fulfill({ contentType, body: Buffer.from(await make()) });
  });
  await page.goto(address);
  return { page, errors };
}

async function buildSite(
  sources: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, () => Promise<Uint8Array>>> {
  const fileSystem = new InMemoryFileSystem();
  for (const [path, text] of Object.entries(sources)) fileSystem.write(`/work/${path}`, text);
  for (const [name, content] of await builtWebviews()) fileSystem.write(`/theme/${name}`, content);
  const deps = { fileSystem, clock: new NodeClock() };
  const site = await readFolderSite(fileUri('/work'), { ...deps, environment: new Map() });
  if (!site) throw new Error('There is no site');
  return (await buildDocs(site, { ...deps, theme: fileUri('/theme') }, { time: 0 })).files;
}

test.for([
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['contrast', { forcedColors: 'active' }],
] as const)(
  'renders a built site accessibly in each theme (%s)',
  async ([name, media], { task }) => {
    const { page, errors } = await openSite(media);
    await page.getByRole('img', { name: 'From order to shipping' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.screenshot({ path: inProject('out', 'component', `site-${name}.png`) });
    expect(errors, task.name).toEqual([]);
  },
);

test('searches a built site by keyboard', async () => {
  const { page, errors } = await openSite();
  await page.keyboard.press('/');
  await page.keyboard.type('needle');
  await page.getByText('2 found').waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.screenshot({ path: inProject('out', 'component', 'site-search.png') });
  await page.keyboard.press('Escape');
  expect(await page.getByText('2 found').isVisible()).toBe(false);
  await page.getByRole('searchbox').fill('another needle');
  await page.getByText('1 found').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Second' }).waitFor();
  expect(page.url()).toBe(`${SITE}guide/setup/#second`);
  expect(errors).toEqual([]);
});

test('opens the navigation of a built site from a button in narrow windows', async () => {
  const { page, errors } = await openSite({ viewport: { width: 500, height: 800 } });
  const button = page.getByRole('banner').getByRole('button');
  expect(await violationsOf(page)).toEqual([]);
  await button.focus();
  await page.keyboard.press('Enter');
  expect(await button.getAttribute('aria-expanded')).toBe('true');
  expect(await page.evaluate(() => document.activeElement?.closest('nav') !== null)).toBe(true);
  expect(await violationsOf(page)).toEqual([]);
  await page.screenshot({ path: inProject('out', 'component', 'site-drawer.png') });
  await page.keyboard.press('Escape');
  expect(await button.getAttribute('aria-expanded')).toBe('false');
  expect(await button.evaluate(element => element === document.activeElement)).toBe(true);
  expect(errors).toEqual([]);
});

test('offers to copy code only where the browser allows it', async () => {
  const { page } = await openSite();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy to clipboard' }).first().click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('kind: Component\n');
  const insecure = await openSite({ address: SITE.replace('https:', 'http:') });
  await insecure.page.getByRole('img', { name: 'From order to shipping' }).waitFor();
  expect(await insecure.page.getByRole('button', { name: 'Copy to clipboard' }).count()).toBe(0);
  expect(insecure.errors).toEqual([]);
});

test('applies the styles of a built site to its elements only', async () => {
  const { page } = await openSite({
    files: {
      'mkdocs.yml': `site_name: Shop
repo_url: https://github.com/example/shop
edit_uri: edit/main/docs/
`,
      'docs/index.md': `# Shop

<table><tr><td markdown="block">

\`\`\`ts title="a.ts" linenums="1"
use();
\`\`\`

</td></tr></table>

!!! danger "Mind"
    !!! note inline end "Beside"
        Note
    Text

[Start](index.md){ .md-button }

<div class="grid cards" markdown>

- One
- Two

</div>
`,
    },
  });
  const styles = await page.evaluate(() => {
    const of = (selector: string, property: string): string =>
      getComputedStyle(document.querySelector(selector) ?? document.head).getPropertyValue(
        property,
      );
    const left = (text: string): number =>
      [...document.querySelectorAll('li, p')]
        .find(element => element.textContent?.trim() === text)
        ?.getBoundingClientRect().left ?? 0;
    return {
      cell: of('td:not(.code, .linenos)', 'padding-left') !== '0px',
      code: [of('td.code', 'padding-left'), of('td.code', 'border-left-width')],
      isLikeLink: of('.md-content__button', 'color') === of('.md-button', 'color'),
      beside: left('Text') < left('Note'),
      cards: left('One') < left('Two'),
      button: of('.md-button', 'display'),
    };
  });
  expect(styles).toEqual({
    cell: true,
    code: ['0px', '0px'],
    isLikeLink: false,
    beside: true,
    cards: true,
    button: 'inline-block',
  });
});

test.for(['table', 'inline', 'pymdownx-inline'])(
  "shows a code block's title above it and line numbers beside it (%s)",
  async style => {
    const { page } = await openSite({
      files: {
        'mkdocs.yml': `site_name: Shop
markdown_extensions:
  - pymdownx.highlight: { linenums_style: ${style} }
`,
        'docs/index.md': codePage,
      },
    });
    await page.screenshot({
      path: inProject('out', 'component', `site-code-${style}.png`),
      fullPage: true,
    });
    expect(await measureCodeBlocks(page)).toEqual({ blocks: VISIBLE_BLOCKS, faults: [] });
  },
);
