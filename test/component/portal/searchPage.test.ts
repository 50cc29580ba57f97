import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import { violationsInThemes, violationsOf } from '../support/axe';
import { test } from '../support/portalPage';

const me = 'user:default/bruno.capstan';

const boxOf = (page: Page) => page.getByRole('combobox', { name: 'Search everything' });
const titles = (page: Page): Promise<string[]> =>
  page.locator('.search-result-link').allTextContents();
const focused = (page: Page): Promise<string | null | undefined> =>
  page.evaluate(() => document.activeElement?.textContent);

test('renders accessibly with and without results', async ({ open }) => {
  const { page } = await open({ page: { page: 'search' }, user: me });
  await page.getByRole('heading', { name: 'Search by Type' }).waitFor();
  await page.screenshot({ path: inProject('out', 'component', 'search-start.png') });
  expect(await violationsInThemes(page)).toEqual([]);
  await boxOf(page).fill('booking');
  await page.getByText(/^\d+ results in/).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.search-result-link:focus').waitFor();
  await page.screenshot({ path: inProject('out', 'component', 'search.png') });
  expect(await violationsInThemes(page)).toEqual([]);
  await boxOf(page).fill('booking kind:api -lifecycle:production in:docs ki');
  await page.getByText(/^No results for "/).waitFor();
  await page.getByRole('option').first().waitFor();
  await page.screenshot({ path: inProject('out', 'component', 'search-none.png') });
  expect(await violationsInThemes(page)).toEqual([]);
});

test('searches while typing and opens a result by keyboard', async ({ open }) => {
  const { page, calls } = await open({ page: { page: 'search' } });
  await page.locator('.search-query input:focus').waitFor();
  await page.keyboard.type('booking');
  await page.getByText('19 results in 3 ms').waitFor();
  await page.keyboard.press('ArrowDown');
  expect(await focused(page)).toBe('Booking API');
  await page.keyboard.press('ArrowDown');
  expect(await focused(page)).toBe('Booking Service');
  await page.keyboard.press('Alt+Enter');
  await expect
    .poll(async () => (await calls()).find(({ method }) => method === 'portal/follow')?.params)
    .toMatchObject({ target: { type: 'source', file: 'file:///work/booking/catalog-info.yaml' } });
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('h1').textContent()).toContain('Booking Service');
  await page.getByRole('button', { name: 'Back' }).click();
  await page.locator('.search-result-link:focus').waitFor();
  expect(await focused(page)).toBe('Booking Service');
  expect(await boxOf(page).inputValue()).toBe('booking');
});

test('focuses the first result when Enter precedes the results', async ({ open }) => {
  const { page } = await open({ page: { page: 'search' } });
  await page.getByText('Suggestions').waitFor();
  await page.evaluate(() => (window.fakeHost.search.isHeld = true));
  await boxOf(page).fill('timetable api');
  await page.keyboard.press('Enter');
  await page.evaluate(() => window.fakeHost.search.release());
  await page.locator('.search-result-link:focus').waitFor();
  expect(await titles(page)).toContain(await focused(page));
  expect(await focused(page)).toBe('Timetable API');
  await page.keyboard.press('ArrowUp');
  await page.locator('.search-query input:focus').waitFor();
});

test('names the field that matches outside title and text', async ({ open }) => {
  const { page } = await open({ page: { page: 'search', query: 'ptime01 python' } });
  const match = page.locator('.search-result-match').first();
  await expect
    .poll(() => page.locator('.search-result-match').allInnerTexts())
    .toEqual(['Tag python', 'Annotation pagerduty.com/service-id PTIME01']);
  expect(await match.locator('mark').innerText()).toBe('python');
  expect(await violationsInThemes(page)).toEqual([]);
  await page.screenshot({ path: inProject('out', 'component', 'search-fields.png') });
});

test('ignores the results of an outdated query', async ({ open }) => {
  const { page } = await open({ page: { page: 'search' } });
  await page.getByText('Suggestions').waitFor();
  await page.evaluate(() => (window.fakeHost.search.isHeld = true));
  const held = () => page.evaluate(() => window.fakeHost.search.heldQueries);
  // Queries typed in quick succession are searched once.
  for (const query of ['booking', 'vessel']) {
    await boxOf(page).fill(query);
    await expect.poll(held).toContain(query);
  }
  await page.evaluate(() => window.fakeHost.search.release());
  await page.getByText('results in').waitFor();
  expect((await titles(page)).join()).not.toContain('Booking Service');
});

test('pages by keys and restores the focused result on return', async ({ open }) => {
  const { page } = await open({ page: { page: 'search', query: '-kind:none' } });
  await page.getByText(/^1–20 of \d+$/).waitFor();
  await boxOf(page).press('PageDown');
  await page.getByText(/^21–40 of/).waitFor();
  await page.locator('.search-query input:focus').waitFor();
  await page.keyboard.press('ArrowDown');
  const first = await focused(page);
  expect(first).toBe((await titles(page))[0]);
  await page.keyboard.press('ArrowUp');
  await page.getByText(/^1–20 of/).waitFor();
  await page.locator('[data-index="19"] .search-result-link:focus').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.locator('[data-index="20"] .search-result-link:focus').waitFor();
  await page.keyboard.press('PageDown');
  await page.locator('[data-index="40"] .search-result-link:focus').waitFor();
  await page.keyboard.press('End');
  await page.locator('[data-index="59"] .search-result-link:focus').waitFor();
  await page.getByRole('button', { name: 'Home' }).click();
  await page.getByRole('button', { name: 'Back' }).click();
  await page.locator('[data-index="59"] .search-result-link:focus').waitFor();
});

test('shows the last page when fewer results remain', async ({ open }) => {
  const { page } = await open({ page: { page: 'search', query: 'booking', result: 500 } });
  await page.getByText('19 results in').waitFor();
  await page.locator('[data-index="18"] .search-result-link:focus').waitFor();
});

test('focuses the wanted result once the index has it', async ({ open }) => {
  const { page, write } = await open({ page: { page: 'home' } });
  const search = { page: 'search', query: 'booking', result: 500 } as const;
  await page.evaluate(shown => {
    window.fakeHost.search.become({ type: 'indexing', done: 0, total: undefined });
    window.fakeHost.notify('portal/show', shown);
  }, search);
  await page.locator('[data-index="18"] .search-result-link:focus').waitFor();
  await write(
    'more.yaml',
    'apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata: { name: booking-two }\nspec: { owner: booking }\n',
  );
  await page.evaluate(() => window.fakeHost.search.become({ type: 'ready' }));
  await page.getByText('20 results in').waitFor();
  await page.locator('[data-index="19"] .search-result-link:focus').waitFor();
});

test('adds and removes filters in the query and shows counts', async ({ open }) => {
  const { page } = await open({ page: { page: 'search', query: 'booking' } });
  const kind = page.getByRole('group', { name: 'Kind' });
  await kind.getByRole('checkbox', { name: 'APIs' }).check();
  await expect.poll(() => boxOf(page).inputValue()).toBe('kind:api booking');
  await page.getByText('1 result in').waitFor();
  await kind.getByRole('checkbox', { name: /^Components 1/ }).check();
  await page.getByText('2 results in').waitFor();
  await page.locator('input[data-key="kind:component"]:focus').waitFor();
  await kind.getByRole('checkbox', { name: 'APIs' }).uncheck();
  await expect.poll(() => boxOf(page).inputValue()).toBe('kind:component booking');
  await boxOf(page).fill('booking -kind:api');
  await kind.getByRole('button', { name: /APIs/ }).click();
  await expect.poll(() => boxOf(page).inputValue()).toBe('booking');
});

test('applies two filters that are selected at once', async ({ open }) => {
  const { page } = await open({ page: { page: 'search', query: 'booking' } });
  await page.getByText('19 results in').waitFor();
  await page.evaluate(() => {
    for (const key of ['kind:api', 'in:catalog']) {
      document.querySelector<HTMLElement>(`input[data-key="${key}"]`)?.click();
    }
  });
  await expect
    .poll(async () => (await boxOf(page).inputValue()).split(' ').sort())
    .toEqual(['booking', 'in:catalog', 'kind:api']);
});

test('completes a filter with Enter before completions arrive', async ({ open }) => {
  const { page } = await open({ page: { page: 'search' } });
  await page.locator('.search-query input:focus').waitFor();
  await page.evaluate(() => (window.fakeHost.search.isCompletingHeld = true));
  for (const [typed, completed] of [
    ['kind:ap', 'kind:api '],
    ['kind:nothing', 'kind:nothing'],
  ] as const) {
    await boxOf(page).fill('');
    await page.keyboard.type(typed);
    await page.keyboard.press('Enter');
    await page.evaluate(() => window.fakeHost.search.release());
    await expect.poll(() => boxOf(page).inputValue()).toBe(completed);
  }
});

test('completes filters with Enter and Tab', async ({ open }) => {
  const { page } = await open({ page: { page: 'search' } });
  await page.locator('.search-query input:focus').waitFor();
  await page.keyboard.type('kind:');
  await page.getByRole('option', { name: 'kind:api' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => boxOf(page).inputValue()).toBe('kind:component ');
  await page.getByText(/^\d+ results in/).waitFor();
  await page.keyboard.type('ow');
  await page.getByRole('option', { name: 'owner:me' }).waitFor();
  await page.keyboard.press('Tab');
  await expect.poll(() => boxOf(page).inputValue()).toBe('kind:component owner:me ');
});

test('completes typed text with keys pressed before completions arrive', async ({ open }) => {
  const { page } = await open({ page: { page: 'search' } });
  await page.locator('.search-query input:focus').waitFor();
  for (const keys of [['Tab'], ['ArrowDown', 'Enter']]) {
    await boxOf(page).fill('booking k');
    await page.getByRole('option', { name: 'kind:api' }).waitFor();
    await page.evaluate(() => (window.fakeHost.search.isCompletingHeld = true));
    await page.keyboard.type('in');
    for (const key of keys) await page.keyboard.press(key);
    await page.evaluate(() => window.fakeHost.search.release());
    await expect.poll(() => boxOf(page).inputValue()).toMatch(/^booking kind:[a-z]+ $/);
  }
});

test('searches for a word on Enter although a filter starts with it', async ({ open }) => {
  const { page } = await open({ page: { page: 'search' } });
  await page.locator('.search-query input:focus').waitFor();
  await page.keyboard.type('in');
  await page.getByRole('option', { name: 'in:docs' }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.search-result-link:focus').waitFor();
  expect(await boxOf(page).inputValue()).toBe('in');
});

test('opens by a key, and from Home with the typed text', async ({ open }) => {
  const { page } = await open({ page: { page: 'home' } });
  await page.getByRole('combobox', { name: 'Find an entity' }).fill('booking');
  await page.getByRole('link', { name: 'Search Everything' }).click();
  await page.getByText('19 results in').waitFor();
  await page.getByRole('checkbox', { name: 'Docs' }).focus();
  // Listens as the editor does, which then opens its own find.
  await page.evaluate(() => {
    window.addEventListener('keydown', ({ key, ctrlKey }) => {
      if (key === 'f' && ctrlKey) document.title = 'heard';
    });
  });
  for (const key of ['/', 'Control+f']) {
    await page.keyboard.press(key);
    expect(await page.title()).not.toBe('heard');
    await page.locator('.search-query input:focus').waitFor();
    await page.getByRole('checkbox', { name: 'Docs' }).focus();
  }
});

test('remembers recent and saved searches', async ({ open }) => {
  const { page } = await open({ page: { page: 'search', query: 'booking serv' } });
  await page.getByRole('button', { name: 'Save Search' }).click();
  await page.getByRole('button', { name: 'Remove from Saved Searches' }).waitFor();
  await boxOf(page).fill('booking api');
  await page.getByRole('link', { name: 'Booking API' }).click();
  await expect.poll(() => page.locator('h1').textContent()).toContain('Booking API');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  const recent = page.getByRole('region', { name: 'Recent Searches' });
  await recent.getByRole('button', { name: 'booking api', exact: true }).click();
  await expect.poll(() => boxOf(page).inputValue()).toBe('booking api');
  await page.getByRole('button', { name: 'Searches', exact: true }).click();
  await recent.getByRole('button', { name: 'Remove "booking api" from recent searches' }).click();
  await recent.waitFor({ state: 'hidden' });
  await page
    .getByRole('region', { name: 'Saved Searches' })
    .getByRole('button', { name: 'booking serv', exact: true })
    .click();
  await page.getByRole('button', { name: 'Remove from Saved Searches' }).click();
  await page.getByRole('button', { name: 'Save Search' }).waitFor();
});

test('shows indexing progress and updates results when ready', async ({ open }) => {
  const { page } = await open({ page: { page: 'search' } });
  await page.getByText('Suggestions').waitFor();
  const become = (done: number, total?: number): Promise<void> =>
    page.evaluate(
      ([read, all]) =>
        window.fakeHost.search.become({ type: 'indexing', done: read ?? 0, total: all }),
      [done, total],
    );
  await become(0);
  await page.getByText('Building the search index…').waitFor();
  await become(120, 400);
  await page.getByText('Building the search index: 120 of 400').waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await boxOf(page).fill('ferrymaster');
  await page.getByText('More results may appear').waitFor();
  await page.evaluate(() => window.fakeHost.search.become({ type: 'ready' }));
  await page.getByText('Check the spelling').waitFor();
});

test('suggests removing a filter when nothing matches', async ({ open }) => {
  const { page } = await open({ page: { page: 'search', query: 'booking kind:domain tag:rest' } });
  await page.getByRole('button', { name: 'Without kind:domain (1)' }).click();
  await expect.poll(() => boxOf(page).inputValue()).toBe('booking tag:rest');
  await page.getByText('1 result in').waitFor();
  await page.locator('.search-query input:focus').waitFor();
});

test('shows why a search failed and opens the log', async ({ open }) => {
  const { page, calls } = await open({ page: { page: 'search' } });
  await page.getByText('Suggestions').waitFor();
  // The page loads again by itself once the index is ready.
  await page.waitForFunction(() => window.fakeHost.search.state.type === 'ready');
  await page.locator('.search-progress').waitFor({ state: 'detached' });
  await page.evaluate(() => (window.fakeHost.search.failure = 'The index is away.'));
  await boxOf(page).fill('booking');
  await page.getByText('The index is away.', { exact: true }).waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Show Log' }).click();
  await expect
    .poll(async () => (await calls()).find(({ method }) => method === 'portal/follow')?.params)
    .toMatchObject({ target: { command: 'callboard.showLog' } });
  await page.evaluate(() => (window.fakeHost.search.failure = undefined));
  await page.getByRole('button', { name: 'Try Again' }).click();
  await page.getByText('19 results in').waitFor();
});

test('renders results as plain text', async ({ open }) => {
  const name = '<img src=x onerror=alert(1)>';
  const { page } = await open({
    page: { page: 'search', query: '<img' },
    files: { 'docs/index.md': `# ${name}\n\nA <script>alert(1)</script> of ${name}` },
  });
  await page.getByRole('link', { name }).waitFor();
  expect(await page.locator('.search-result img, .search-result script').count()).toBe(0);
});

test('shows filters on demand in a narrow window', async ({ open }) => {
  const { page } = await open({
    page: { page: 'search', query: 'booking' },
    viewport: { width: 500, height: 700 },
  });
  await page.getByText('19 results in').waitFor();
  const docs = page.getByRole('checkbox', { name: 'Docs' });
  expect(await docs.isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Filters' }).click();
  await docs.check();
  await page.getByText('13 results in').waitFor();
  await page.screenshot({ path: inProject('out', 'component', 'search-narrow.png') });
  expect(await violationsOf(page)).toEqual([]);
});

test('shows results from remote providers below its own', async ({ open }) => {
  const { page, calls } = await open({ page: { page: 'search' }, user: me });
  await boxOf(page).waitFor();
  await page.evaluate(() => {
    const result = (title: string) => ({
      type: 'Component · service',
      path: [],
      ref: undefined,
      facets: {},
      icon: 'chip',
      title: { text: title, marks: [[0, 7]] as const },
      snippet: undefined,
      score: 1,
      location: undefined,
      target: { type: 'url', url: 'https://acme.example/booking' } as const,
    });
    window.fakeHost.search.elsewhere = [
      { provider: { id: 'acme', title: 'Acme' }, results: [result('Booking elsewhere')] },
      {
        provider: { id: 'other', title: 'Other' },
        results: [],
        failure: 'Other does not answer.',
      },
      { provider: { id: 'silent', title: 'Silent' }, results: [] },
    ];
  });
  await boxOf(page).fill('booking');
  await page.getByRole('heading', { name: 'On Acme' }).waitFor();
  await page.getByText("Can't search Other: Other does not answer.").waitFor();
  // A slow provider doesn't delay the others.
  await page.getByText('Searching Silent…').waitFor();
  expect(await violationsInThemes(page)).toEqual([]);
  await page.getByRole('heading', { name: 'On Acme' }).scrollIntoViewIfNeeded();
  await page.screenshot({ path: inProject('out', 'component', 'search-elsewhere.png') });
  await page.getByRole('link', { name: 'Booking elsewhere' }).click();
  await expect
    .poll(async () => (await calls()).find(({ method }) => method === 'portal/follow')?.params)
    .toMatchObject({ target: { type: 'url', url: 'https://acme.example/booking' } });
});
