import { expect } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import { instanceSiteId } from '../../../src/api';
import { violationsInThemes, violationsOf } from '../support/axe';
import { hostileMarkup } from '../support/hostileMarkup';
import { hostileVectors } from '../support/hostileVectors';
import { test } from '../support/portalPage';

const SHOP = 'component:default/shop';
const site = instanceSiteId({ sourceId: 'acme', entityRef: SHOP });
const first = { page: 'docs', site } as const;

const files = {
  'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  annotations: { backstage.io/techdocs-ref: 'url:https://git.example.com/acme/shop' }
spec: { type: service, lifecycle: production, owner: team-a }
`,
};

const nav = (root: string): string => `<nav class="md-nav md-nav--primary"><ul class="md-nav__list">
<li class="md-nav__item"><a href="${root}" class="md-nav__link"><span class="md-ellipsis">Welcome</span></a></li>
<li class="md-nav__item md-nav__item--nested"><label class="md-nav__link"><span class="md-ellipsis">Guides</span></label>
<nav class="md-nav"><ul><li class="md-nav__item"><a href="${root}guides/setup/" class="md-nav__link">Set it up</a></li></ul></nav></li>
</ul></nav>`;

const material = (
  root: string,
  content: string,
): string => `<!doctype html><html><head><title>x</title>
<link rel="stylesheet" href="${root}assets/main.css"></head><body>
<header class="md-header">HEADER OF THE THEME</header>${nav(root)}
<div class="md-content"><article class="md-content__inner md-typeset">
<a class="md-content__button" href="https://example.com/edit">EDIT OF THE THEME</a>
${content}</article></div><footer class="md-footer">FOOTER OF THE THEME</footer></body></html>`;

const anchor = (id: string): string =>
  `<a class="headerlink" href="#${id}" title="Permanent link">&para;</a>`;

const served = {
  [SHOP]: {
    site_name: 'Shop docs',
    'index.html': material(
      './',
      `<h1 id="welcome">Welcome${anchor('welcome')}</h1>
<p>Go on with <a href="guides/setup/#before">what comes before</a>, or <a href="../nowhere/../../../../../../x">nowhere</a>.</p>
<div class="admonition tip"><p class="admonition-title">Tip</p><p>Read it.</p></div>
<p><img alt="A dot" src="img/dot.png"></p>
<div class="highlight"><pre><span></span><code>npm start
</code></pre></div>`,
    ),
    'guides/setup/index.html': material(
      '../../',
      `<h1 id="set-it-up">Set it up</h1>${'<p>Text.</p>'.repeat(60)}
<h2 id="before">Before${anchor('before')}</h2><p>Have a marmoset at hand.</p>${'<p>Text.</p>'.repeat(60)}`,
    ),
    'img/dot.png': 'dot',
    'search/search_index.json': JSON.stringify({
      docs: [
        { location: '', title: 'Welcome', text: 'Read it.' },
        { location: 'guides/setup/', title: 'Set it up', text: '' },
        { location: 'guides/setup/#before', title: 'Before', text: 'Have a marmoset at hand.' },
      ],
    }),
  },
};

test('shows docs built by a Backstage', async ({ open }) => {
  const { page } = await open({ page: first, files, served });
  await page.getByRole('heading', { name: 'Welcome', level: 1 }).waitFor();
  await page.getByRole('link', { name: 'Acme' }).waitFor();
  expect(await page.getByText(/OF THE THEME/).count()).toBe(0);
  expect(await page.getByRole('link', { name: 'Edit' }).count()).toBe(0);
  await expect
    .poll(() => page.getByRole('img', { name: 'A dot' }).getAttribute('src'))
    .toBe(`data:image/png;base64,${btoa('dot')}`);
  expect(await violationsInThemes(page)).toEqual([]);
  await page.screenshot({ path: inProject('out', 'component', 'served-docs.png') });
});

test('navigates between pages and to a heading', async ({ open }) => {
  const { page } = await open({ page: first, files, served });
  await page.getByRole('link', { name: 'what comes before' }).click();
  const heading = page.getByRole('heading', { name: 'Before' });
  await expect.poll(async () => (await heading.boundingBox())?.y).toBeLessThan(400);
  await page.getByRole('navigation', { name: 'Pages of Shop docs' }).getByText('Welcome').click();
  await page.getByRole('heading', { name: 'Welcome', level: 1 }).waitFor();
});

test('searches docs built by a Backstage', async ({ open }) => {
  const { page } = await open({ page: first, files, served });
  await page.getByRole('heading', { name: 'Welcome', level: 1 }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('marmoset');
  await page.getByRole('option', { name: /Before/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Set it up', level: 1 }).waitFor();
});

test("shows docs built by a Backstage on their entity's page", async ({ open }) => {
  const docs = { page: 'entity', entityRef: SHOP, tab: 'docs' } as const;
  const { page } = await open({ page: docs, files, served });
  await page.getByRole('heading', { name: 'Welcome', level: 1 }).waitFor();
  await page.getByRole('link', { name: 'what comes before' }).click();
  await page.getByRole('heading', { name: 'Set it up', level: 1 }).waitFor();
});

test('asks the server to build missing docs on confirmation', async ({ open }) => {
  const { page, calls } = await open({ page: first, files, served: { [SHOP]: {} } });
  await page.getByText("Acme hasn't built these docs yet.").waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Build on the Server' }).click();
  await expect
    .poll(async () => (await calls()).map(({ method }) => method))
    .toContain('portal/buildDocs');
});

test("doesn't run, load or navigate to anything from built docs", async ({ open }) => {
  const corpus = [...hostileMarkup, ...hostileVectors];
  const texts = Object.fromEntries(
    corpus.map((markup, at) => [
      `page-${at}/index.html`,
      material('../', `<h1>Hostile</h1>${markup}`),
    ]),
  );
  const { page, calls } = await open({
    page: { ...first, path: 'page-0/' },
    files,
    served: { [SHOP]: { site_name: 'Hostile', ...texts } },
  });
  const requests: string[] = [];
  page.on('request', request => requests.push(request.url()));
  await page.evaluate(() => {
    window.ran = [];
    window.pwned = () => window.ran.push('pwned');
  });
  const { origin } = new URL(page.url());
  const bad = await page.evaluate(
    async ([id, count]) => {
      const bad: string[] = [];
      for (let at = 0; at < count; at++) {
        const path = `page-${at}/`;
        window.fakeHost.notify('portal/show', { page: 'docs', site: id, path });
        const isShown = (): boolean =>
          document.querySelector(`callboard-docs-article[data-path="${path}"] > *`) !== null ||
          document.querySelector('.state-failed') !== null;
        while (!isShown()) await new Promise(requestAnimationFrame);
        const article = document.querySelector('callboard-docs-article');
        for (const element of article?.querySelectorAll<HTMLElement>('*') ?? []) {
          if (
            /^(script|style|iframe|object|embed|link|meta|base|form|template)$/i.test(
              element.localName,
            )
          )
            bad.push(`${path} ${element.localName}`);
          for (const { name, value } of element.attributes) {
            if (/^on|^style$/i.test(name) && !element.closest('.docs-diagram'))
              bad.push(`${path} ${name}`);
            if (/^[^a-z]*(javascript|vbscript|data:text|command):/i.test(value))
              bad.push(`${path} ${value}`);
          }
          if (element.matches('a, summary, label, input, [tabindex]'))
            element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
        }
      }
      return bad;
    },
    [site, corpus.length] as const,
  );
  expect(bad).toEqual([]);
  expect(await page.evaluate(() => window.ran)).toEqual([]);
  expect(requests.filter(url => !url.startsWith(origin) && !url.startsWith('data:'))).toEqual([]);
  const followed = (await calls()).filter(({ method }) => method === 'portal/follow');
  const urls = JSON.stringify(followed).match(/"url":"[^"]*/g) ?? [];
  expect(urls.filter(url => !url.includes('"https://'))).toEqual([]);
});
