import { expect } from 'vitest';
import { hostileMarkup } from '../support/hostileMarkup';
import { hostileVectors } from '../support/hostileVectors';
import { test } from '../support/portalPage';

declare global {
  interface Window {
    ran: string[];
    pwned(): void;
  }
}

const corpora = { 'by kind': hostileMarkup, 'by what others have broken': hostileVectors };

test.for(Object.entries(corpora))(
  "doesn't run, load or navigate to anything from docs, %s",
  async ([, corpus], { open }) => {
    const paths = corpus.map((_, index) => `docs/page-${index}.md`);
    const files = Object.fromEntries(
      paths.map((path, index) => [path, `# Hostile\n\n${corpus[index] ?? ''}\n\nThe end.\n`]),
    );
    const { page, calls } = await open({
      page: { page: 'docs', site: 'file:///work', path: 'page-0.md' },
      files: { 'mkdocs.yml': 'site_name: Hostile\n', ...files },
    });
    const requests: string[] = [];
    page.on('request', request => requests.push(request.url()));
    await page.evaluate(() => {
      window.ran = [];
      window.pwned = () =>
        window.ran.push(document.querySelector('callboard-docs-article')?.innerHTML ?? '');
    });
    const { origin } = new URL(page.url());
    // All in the page: hundreds of round trips would take too long.
    const bad = await page.evaluate(async markups => {
      const bad: { markup: string; found: readonly string[] }[] = [];
      for (const [index, markup] of markups.entries()) {
        const path = `page-${index}.md`;
        window.fakeHost.notify('portal/show', { page: 'docs', site: 'file:///work', path });
        const shown = `callboard-docs-article[data-path="${path}"] > *`;
        while (!document.querySelector(shown)) await new Promise(requestAnimationFrame);
        const article = document.querySelector('callboard-docs-article');
        const found: string[] = [];
        for (const element of article?.querySelectorAll('*') ?? []) {
          if (
            /^(script|style|iframe|object|embed|link|meta|base|form|template|use|animate|set|foreignobject)$/i.test(
              element.localName,
            )
          )
            found.push(element.localName);
          for (const { name, value } of element.attributes) {
            if (/^on/i.test(name)) found.push(name);
            if (
              /^(href|xlink:href|src|action|formaction|background|ping|to|values)$/i.test(name) &&
              /^[^a-z]*(javascript|vbscript|data:text|file|command):/i.test(value)
            )
              found.push(`${name}=${value}`);
            // A name that scripts may look up.
            if (
              /^(id|name|for|usemap|aria-(owns|controls))$/i.test(name) &&
              !/^#?user-content-/.test(value)
            )
              found.push(`${name}=${value}`);
            // An address that isn't checked when it is followed, or that is loaded.
            if (/^(xlink:href|background)$/i.test(name) && !value.startsWith('#')) found.push(name);
            if (element instanceof SVGElement && element.localName !== 'a' && /https:/.test(value))
              found.push(`${name}=${value}`);
          }
          if (
            element instanceof HTMLElement &&
            element.getAttribute('style') !== null &&
            !element.closest('.docs-diagram')
          )
            found.push('style');
        }
        // Everything a reader may click.
        for (const element of article?.querySelectorAll<HTMLElement>(
          'a, summary, label, input, [tabindex]',
        ) ?? [])
          element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
        if (found.length) bad.push({ markup, found });
      }
      return bad;
    }, corpus);
    expect(bad).toEqual([]);
    // Text is also shown elsewhere: among the headings, and in search results.
    await page.getByRole('combobox', { name: 'Search these docs' }).fill('x');
    await page.getByRole('option').first().waitFor();
    const shown = page.locator('.docs-nav, .docs-toc, .docs-bar');
    expect(
      await shown.locator('img, svg, script, iframe, style, [onerror], [onclick]').count(),
    ).toBe(0);
    expect(await page.evaluate(() => Object.keys(window.fakeHost))).toContain('requests');
    expect(await page.evaluate(() => window.ran)).toEqual([]);
    expect(requests.filter(url => !url.startsWith(origin) && !url.startsWith('data:'))).toEqual([]);
    const followed = (await calls()).filter(({ method }) => method === 'portal/follow');
    const urls = JSON.stringify(followed).match(/"url":"[^"]*/g) ?? [];
    expect(urls.filter(url => !url.includes('"https://'))).toEqual([]);
  },
);

const impostor = `# Links

<div class="app-bar entity-box-list codicon codicon-close state-failed" role="note">Not the app</div>

<label for="callboard-main">A label</label> <input type="radio" name="app" checked> <img name="currentPage" id="body" alt="x">

[To the place](#location) [To the named one](#named) [To the links](#links)

=== "One"
    1

=== "Two"
    2

!!! tip
    A tip.

${'Text.\n\n'.repeat(60)}

## Location

<a name="named"></a>A place

<svg width="20" height="20"><defs><linearGradient id="red"><stop stop-color="red"/></linearGradient></defs>
<a xlink:href="https://example.com/"><text y="9">drawn</text></a>
<rect id="box" width="9" height="9" fill="url(#red)"/></svg>

<map name="m"><area href="https://example.com/" alt="area" coords="0,0,9,9"></map>
<img usemap="#m" alt="mapped" width="20" height="20">

${'Text.\n\n'.repeat(60)}
`;

test("keeps classes, names and links of docs apart from the app's", async ({ open }) => {
  const { page, calls } = await open({
    page: { page: 'docs', site: 'file:///work', path: 'index.md' },
    files: { 'mkdocs.yml': 'site_name: Hostile\n', 'docs/index.md': impostor },
  });
  const article = page.locator('callboard-docs-article');
  await page.getByText('Not the app').waitFor();
  expect(await page.getByText('Not the app').getAttribute('class')).toBeNull();
  expect(await page.getByText('A tip.').locator('..').getAttribute('class')).toBe('admonition tip');
  const foreign = await article.evaluate(root =>
    [...root.querySelectorAll('[id], [name], [for]')].flatMap(element =>
      ['id', 'name', 'for']
        .map(name => element.getAttribute(name))
        .filter(value => value !== null && !value.startsWith('user-content-')),
    ),
  );
  expect(foreign).toEqual([]);
  expect(await article.locator('rect').getAttribute('fill')).toBe('url(#user-content-red)');
  // Tabs still belong together.
  await page.getByText('Two', { exact: true }).click();
  await page.getByText('2', { exact: true }).waitFor();

  const place = page.getByRole('heading', { name: 'Location' });
  for (const [name, target] of [
    ['To the place', place],
    ['To the named one', page.getByText('A place')],
    ['To the links', page.getByRole('heading', { name: 'Links', level: 1 })],
  ] as const) {
    await page.getByRole('link', { name }).evaluate(link => (link as HTMLElement).click());
    await expect
      .poll(async () => Math.abs((await target.boundingBox())?.y ?? Infinity), { message: name })
      .toBeLessThan(100);
  }

  // The editor would follow a link that the page doesn't handle.
  const left = await article.evaluate(root => {
    const links = [...root.querySelectorAll('svg a text, area')];
    return links.filter(link =>
      link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true })),
    ).length;
  });
  expect(left).toBe(0);
  const followed = (await calls()).filter(({ method }) => method === 'portal/follow');
  expect(followed).toEqual([]);
});
