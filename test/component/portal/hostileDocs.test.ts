import { expect } from 'vitest';
import { hostileMarkup } from '../support/hostileMarkup';
import { test } from '../support/portalPage';

declare global {
  interface Window {
    ran: string[];
    pwned(): void;
  }
}

test('nothing runs, loads or is led to that docs say', async ({ open }) => {
  const paths = hostileMarkup.map((_, index) => `docs/page-${index}.md`);
  const files = Object.fromEntries(
    paths.map((path, index) => [path, `# Hostile\n\n${hostileMarkup[index] ?? ''}\n\nThe end.\n`]),
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
  const bad: { markup: string; found: readonly string[] }[] = [];
  for (const [index, markup] of hostileMarkup.entries()) {
    const path = `page-${index}.md`;
    await page.evaluate(
      to => window.fakeHost.notify('portal/show', { page: 'docs', site: 'file:///work', path: to }),
      path,
    );
    await page.locator(`callboard-docs-article[data-path="${path}"]`).waitFor();
    const found = await page.evaluate(() => {
      const article = document.querySelector('callboard-docs-article');
      const bad: string[] = [];
      for (const element of article?.querySelectorAll('*') ?? []) {
        if (
          /^(script|style|iframe|object|embed|link|meta|base|form|template|use|animate|set|foreignobject)$/i.test(
            element.localName,
          )
        )
          bad.push(element.localName);
        for (const { name, value } of element.attributes) {
          if (/^on/i.test(name)) bad.push(name);
          if (
            /^(href|xlink:href|src|action|formaction|background|ping|to|values)$/i.test(name) &&
            /^[^a-z]*(javascript|vbscript|data:text|file|command):/i.test(value)
          )
            bad.push(`${name}=${value}`);
        }
        if (
          element instanceof HTMLElement &&
          element.getAttribute('style') !== null &&
          !element.closest('.docs-diagram')
        )
          bad.push('style');
      }
      // What somebody who reads may touch.
      for (const element of article?.querySelectorAll<HTMLElement>(
        'a, summary, label, input, [tabindex]',
      ) ?? [])
        element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
      return bad;
    });
    if (found.length) bad.push({ markup, found });
  }
  expect(bad).toEqual([]);
  expect(await page.evaluate(() => window.ran)).toEqual([]);
  expect(requests.filter(url => !url.startsWith(origin) && !url.startsWith('data:'))).toEqual([]);
  const followed = (await calls()).filter(({ method }) => method === 'portal/follow');
  const urls = JSON.stringify(followed).match(/"url":"[^"]*/g) ?? [];
  expect(urls.filter(url => !url.includes('"https://'))).toEqual([]);
});
